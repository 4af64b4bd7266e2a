#include "server/grpc/reflection_answers.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

namespace portico::server {
namespace {

using google::protobuf::DescriptorPool;
using grpc::reflection::v1::ServerReflectionRequest;
using grpc::reflection::v1::ServerReflectionResponse;

constexpr char kService[] = "render.workflows.v1.WorkflowTasksService";

class ReflectionAnswersTest : public testing::Test {
 protected:
  ReflectionAnswersTest() : answers_(*DescriptorPool::generated_pool(), {kService, "b.Service"}) {}

  static std::vector<std::string> FilesOf(const ServerReflectionResponse& response) {
    std::vector<std::string> names;
    for (const std::string& bytes : response.file_descriptor_response().file_descriptor_proto()) {
      google::protobuf::FileDescriptorProto file;
      EXPECT_TRUE(file.ParseFromString(bytes));
      names.push_back(file.name());
    }
    return names;
  }

  const ReflectionAnswers answers_;
  ServerReflectionRequest request_;
};

TEST_F(ReflectionAnswersTest, ListsServicesInTheirOrder) {
  request_.set_list_services("");
  const ServerReflectionResponse response = answers_.Answer(request_);
  ASSERT_EQ(response.list_services_response().service_size(), 2);
  EXPECT_EQ(response.list_services_response().service(0).name(), kService);
}

TEST_F(ReflectionAnswersTest, ASymbolComesWithAllThatItsFileImports) {
  request_.set_file_containing_symbol(kService);
  const std::vector<std::string> files = FilesOf(answers_.Answer(request_));
  EXPECT_THAT(files, testing::Contains("google/api/http.proto"));
  EXPECT_THAT(files, testing::Contains("portico/v1/annotations.proto"));
  EXPECT_THAT(files, testing::Contains("google/protobuf/descriptor.proto"));
  EXPECT_EQ(std::set<std::string>(files.begin(), files.end()).size(), files.size());
}

TEST_F(ReflectionAnswersTest, AMethodIsASymbol) {
  request_.set_file_containing_symbol(std::string(kService) + ".GetTask");
  EXPECT_FALSE(FilesOf(answers_.Answer(request_)).empty());
}

TEST_F(ReflectionAnswersTest, FindsFilesByName) {
  request_.set_file_by_filename("google/api/http.proto");
  EXPECT_EQ(FilesOf(answers_.Answer(request_)).front(), "google/api/http.proto");
}

TEST_F(ReflectionAnswersTest, FindsExtensions) {
  auto* extension = request_.mutable_file_containing_extension();
  extension->set_containing_type("google.protobuf.MethodOptions");
  extension->set_extension_number(50671);
  EXPECT_EQ(FilesOf(answers_.Answer(request_)).front(), "portico/v1/annotations.proto");

  request_.set_all_extension_numbers_of_type("google.protobuf.MethodOptions");
  const auto numbers = answers_.Answer(request_).all_extension_numbers_response();
  EXPECT_EQ(numbers.base_type_name(), "google.protobuf.MethodOptions");
  EXPECT_THAT(numbers.extension_number(), testing::IsSupersetOf({50671, 72295728}));
}

TEST_F(ReflectionAnswersTest, UnknownNamesAreNotFound) {
  std::vector<ServerReflectionRequest> requests(4);
  requests[0].set_file_by_filename("no.proto");
  requests[1].set_file_containing_symbol("no.Symbol");
  requests[2].mutable_file_containing_extension()->set_containing_type("no.Type");
  requests[3].set_all_extension_numbers_of_type("no.Type");
  for (const ServerReflectionRequest& request : requests) {
    EXPECT_EQ(answers_.Answer(request).error_response().error_code(), 5)
        << request.ShortDebugString();
  }
}

TEST_F(ReflectionAnswersTest, ARequestWithoutAQuestionIsInvalid) {
  EXPECT_EQ(answers_.Answer(request_).error_response().error_code(), 3);
}

TEST_F(ReflectionAnswersTest, RepeatsHostAndRequest) {
  request_.set_host("h");
  request_.set_list_services("*");
  const ServerReflectionResponse response = answers_.Answer(request_);
  EXPECT_EQ(response.valid_host(), "h");
  EXPECT_EQ(response.original_request().list_services(), "*");
}

TEST(IsReflectionMethodTest, KnowsBothVersions) {
  EXPECT_TRUE(IsReflectionMethod("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"));
  EXPECT_TRUE(IsReflectionMethod("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"));
  EXPECT_FALSE(IsReflectionMethod("/grpc.reflection.v2.ServerReflection/ServerReflectionInfo"));
}

}  // namespace
}  // namespace portico::server
