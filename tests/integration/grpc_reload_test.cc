// A reload as gRPC's callers see it: what is gone is unknown, what runs goes on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "grpc/health/v1/health.grpc.pb.h"
#include "grpc/reflection/v1/reflection.grpc.pb.h"
#include "tests/fakes/grpc_caller.h"
#include "tests/fakes/running_portico.h"
#include "tests/fakes/scripted_upstream.h"

namespace portico {
namespace {

namespace fs = std::filesystem;
using fakes::Gate;
using fakes::GrpcCaller;
using fakes::RunningPortico;
using fakes::Script;
using fakes::ScriptedUpstream;
using grpc::StatusCode;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

constexpr char kNorthflank[] = "northflank.jobs.v1.JobsService";
constexpr char kListTasks[] = "backstage.scaffolder.v1.TasksService/ListTasks";
constexpr char kEvents[] = "backstage.scaffolder.v1.TasksService/GetTaskEventStream";
constexpr char kFile[] = "scaffolder-tasks.yaml";

// A folder with the three built-in files, which a test may change.
class GrpcReloadTest : public testing::Test {
 protected:
  GrpcReloadTest() {
    fs::create_directories(folder_);
    for (const char* file : {kFile, "render-workflow-tasks-beta.yaml", "northflank-jobs.yaml"}) {
      fs::copy_file(fs::path("capabilities") / file, folder_ / file,
                    fs::copy_options::overwrite_existing);
    }
    RunningPortico::Options options{upstream_.base_uri()};
    // All three would have to be loaded for the base URIs of all three.
    options.configure = [this](server::ServeOptions& serve) {
      serve.capabilities = {folder_.string()};
      serve.base_uris.resize(1);
      serve.watch = false;
    };
    portico_ = std::make_unique<RunningPortico>(options);
    caller_ = std::make_unique<GrpcCaller>(portico_->address());
    HealthCheckRequest request;
    request.set_service(kNorthflank);
    stub_ = grpc::health::v1::Health::NewStub(caller_->channel());
    watch_ = stub_->Watch(&context_, request);
    EXPECT_EQ(NextHealth(), HealthCheckResponse::SERVING);
  }
  ~GrpcReloadTest() override { context_.TryCancel(); }

  // Of Northflank's service, whose file comes and goes: each reload is seen by it.
  HealthCheckResponse::ServingStatus NextHealth() {
    HealthCheckResponse response;
    return watch_->Read(&response) ? response.status() : HealthCheckResponse::UNKNOWN;
  }
  void TakeNorthflankAway() {
    fs::remove(folder_ / "northflank-jobs.yaml");
    portico_->server().Reload();
    EXPECT_EQ(NextHealth(), HealthCheckResponse::SERVICE_UNKNOWN);
  }

  // What reflection lists, on a stream of its own.
  std::vector<std::string> ReflectedServices() {
    namespace v1 = grpc::reflection::v1;
    const auto stub = v1::ServerReflection::NewStub(caller_->channel());
    grpc::ClientContext context;
    const auto stream = stub->ServerReflectionInfo(&context);
    v1::ServerReflectionRequest question;
    question.set_list_services("");
    v1::ServerReflectionResponse answer;
    EXPECT_TRUE(stream->Write(question) && stream->Read(&answer));
    context.TryCancel();
    std::vector<std::string> names;
    for (const auto& service : answer.list_services_response().service()) {
      names.push_back(service.name());
    }
    return names;
  }

  const fs::path folder_ =
      fs::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name();
  ScriptedUpstream upstream_;
  std::unique_ptr<RunningPortico> portico_;
  std::unique_ptr<GrpcCaller> caller_;
  std::unique_ptr<grpc::health::v1::Health::Stub> stub_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<HealthCheckResponse>> watch_;
};

TEST_F(GrpcReloadTest, AServiceGoesAndComesBackWithItsFile) {
  TakeNorthflankAway();
  constexpr char kListJobs[] = "northflank.jobs.v1.JobsService/ListJobs";
  EXPECT_EQ(caller_->Call(kListJobs, "{}").status.error_code(), StatusCode::UNIMPLEMENTED);
  upstream_.OnAny(Script::Respond(200, R"({"tasks":[]})"));
  EXPECT_TRUE(caller_->Call(kListTasks, "{}").status.ok());
  fs::copy_file("capabilities/northflank-jobs.yaml", folder_ / "northflank-jobs.yaml");
  portico_->server().Reload();
  EXPECT_EQ(NextHealth(), HealthCheckResponse::SERVING);
  EXPECT_NE(caller_->Call(kListJobs, "{}").status.error_code(), StatusCode::UNIMPLEMENTED);
}

TEST_F(GrpcReloadTest, ReflectionFollowsIt) {
  EXPECT_THAT(ReflectedServices(), testing::Contains(kNorthflank));
  TakeNorthflankAway();
  EXPECT_THAT(ReflectedServices(), testing::Not(testing::Contains(kNorthflank)));
  EXPECT_THAT(ReflectedServices(), testing::Contains("backstage.scaffolder.v1.TasksService"));
}

TEST_F(GrpcReloadTest, AnEventStreamGoesOnThroughIt) {
  const auto go = std::make_shared<Gate>();
  upstream_.OnAny(Script::EventStream()
                      .Chunk("data: {\"id\":1}\n\n")
                      .Await(go)
                      .Chunk("data: {\"id\":2}\n\n")
                      .LastChunk());
  const auto stream = caller_->Open(kEvents, R"({"task_id":"t"})");
  EXPECT_TRUE(stream->Next().has_value());
  TakeNorthflankAway();
  go->Open();
  EXPECT_TRUE(stream->Next().has_value());
  EXPECT_EQ(stream->Next(), std::nullopt);
  EXPECT_TRUE(stream->Finish().status.ok());
}

}  // namespace
}  // namespace portico
