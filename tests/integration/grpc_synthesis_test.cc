// A capability that no hand-written service knows, called over gRPC by a client that
// knows only what reflection tells.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "grpc/health/v1/health.grpc.pb.h"
#include "tests/fakes/grpc_caller.h"
#include "tests/fakes/reflected_descriptors.h"
#include "tests/fakes/running_portico.h"
#include "tests/fakes/scripted_upstream.h"

namespace portico {
namespace {

using fakes::GrpcAnswer;
using fakes::GrpcCaller;
using fakes::RecordedRequest;
using fakes::ReflectedDescriptors;
using fakes::RunningPortico;
using fakes::Script;
using fakes::ScriptedUpstream;
using grpc::StatusCode;
using nlohmann::json;

constexpr char kService[] = "pet_shop.v1.PetShopService";

class GrpcSynthesisTest : public testing::Test {
 protected:
  GrpcSynthesisTest()
      : portico_({"", "test-token",
                  [this](server::ServeOptions& options) {
                    options.capabilities = {"tests/capabilities/pet-shop.yaml"};
                    options.base_uris = {{"pet-shop", upstream_.base_uri() + "/api"}};
                  }}),
        descriptors_(portico_.address(), kService),
        caller_(portico_.address(), &descriptors_.pool()) {}

  GrpcAnswer Call(const std::string& method, const std::string& request) {
    return caller_.Call(std::string(kService) + "/" + method, request);
  }
  // What the call answers, as JSON; its status when it fails.
  json AnswerOf(const std::string& method, const std::string& request) {
    const GrpcAnswer answer = Call(method, request);
    if (!answer.status.ok()) return answer.status.error_message();
    return json::parse(answer.json);
  }
  RecordedRequest LastRequest() const { return upstream_.requests().back(); }

  ScriptedUpstream upstream_;
  RunningPortico portico_;
  ReflectedDescriptors descriptors_;
  GrpcCaller caller_;
};

TEST_F(GrpcSynthesisTest, EveryTypeOfJsonIsAnAnswer) {
  for (const char* body : {R"([{"id":1},null,"x"])", R"({"a":{"b":[1.5]}})", "true", "12.5",
                           R"("text")", "[]", "{}", "0", R"("")"}) {
    upstream_.OnAny(Script::Respond(200, body));
    EXPECT_EQ(AnswerOf("GetPet", R"({"petId":"p"})"), json({{"result", json::parse(body)}}))
        << body;
  }
}

TEST_F(GrpcSynthesisTest, AJsonNullIsAnAnswerToo) {
  upstream_.OnAny(Script::Respond(200, "null"));
  const GrpcAnswer answer = Call("GetPet", R"({"petId":"p"})");
  EXPECT_EQ(answer.wire, std::string("\x0A\x02\x08\x00", 4));
}

TEST_F(GrpcSynthesisTest, WhatAValueWouldRoundStaysText) {
  upstream_.OnAny(Script::Respond(200, " [9007199254740993, 1e400] "));
  EXPECT_EQ(AnswerOf("GetPet", R"({"petId":"p"})"),
            json({{"unmodeledJson", "[9007199254740993, 1e400]"}}));
}

TEST_F(GrpcSynthesisTest, NothingIsTheEmptyMessage) {
  upstream_.OnAny(Script().Send("HTTP/1.1 204 No Content\r\n\r\n"));
  const GrpcAnswer answer = Call("DeletePet", R"({"petId":"p"})");
  EXPECT_TRUE(answer.status.ok()) << answer.status.error_message();
  EXPECT_EQ(answer.wire, "");
  EXPECT_EQ(answer.initial_metadata.find("x-upstream-status")->second, "204");
  EXPECT_EQ(LastRequest().method, "DELETE");
}

TEST_F(GrpcSynthesisTest, WhatIsNoJsonComesAsItsBytes) {
  upstream_.OnAny(
      Script::Respond(200, std::string("\x89PNG\0\xFF", 6), "Content-Type: image/png\r\n"));
  EXPECT_EQ(AnswerOf("GetPhoto", R"({"petId":"p"})"),
            json::parse(R"({"contentType":"image/png","raw":"iVBORwD/"})"));
}

TEST_F(GrpcSynthesisTest, JsonThatIsNoneIsAnError) {
  upstream_.OnAny(Script::Respond(200, "[1,"));
  const GrpcAnswer answer = Call("GetPet", R"({"petId":"p"})");
  EXPECT_EQ(answer.status.error_code(), StatusCode::INTERNAL);
  EXPECT_EQ(answer.error_info().reason(), "UPSTREAM_MALFORMED_RESPONSE");
  upstream_.OnAny(Script::Respond(200, "1],[2"));
  EXPECT_EQ(Call("GetPet", R"({"petId":"p"})").status.error_code(), StatusCode::INTERNAL);
}

TEST_F(GrpcSynthesisTest, FieldsTravelUnderTheirOwnNames) {
  upstream_.OnAny(Script::Respond(200, "[]"));
  AnswerOf("ListPets", R"({"status":["a","b c"],"limit":"0","price[max]":1.5,"$filter":"x eq 1",
                           "delete":false,"X-Api-Version":"7"})");
  EXPECT_EQ(LastRequest().target,
            "/api/pets?status=a&status=b%20c&limit=0&price[max]=1.5&$filter=x%20eq%201"
            "&delete=false");
  EXPECT_EQ(LastRequest().Header("x-api-version"), "7");
  AnswerOf("ListPets", "{}");
  EXPECT_EQ(LastRequest().target, "/api/pets");
}

TEST_F(GrpcSynthesisTest, TheBodyIsWhateverTheCallerSends) {
  upstream_.OnAny(Script::Respond(201, "{}"));
  for (const char* body : {R"({"name":"Rex","tags":[]})", R"(["a",{"b":null}])", R"("x")", "{}"}) {
    AnswerOf("CreatePet", std::string(R"({"body":)") + body + "}");
    EXPECT_EQ(LastRequest().body, body);
    EXPECT_EQ(LastRequest().Header("content-type"), "application/json");
  }
  AnswerOf("CreatePet", R"({"unmodeledJson":"{\"n\":9007199254740993}"})");
  EXPECT_EQ(LastRequest().body, R"({"n":9007199254740993})");
}

TEST_F(GrpcSynthesisTest, AProcedureSendsItsConstantsAndRenamesItsInputs) {
  upstream_.OnAny(Script::Respond(200, "[]"));
  AnswerOf("ListCheapPets", R"({"below":2})");
  EXPECT_EQ(LastRequest().target, "/api/cheap?price[max]=2&kind=small%20pets");
  AnswerOf("Adopt", R"({"petId":"p"})");
  EXPECT_EQ(LastRequest().body, R"({"by":"nobody"})");
}

TEST_F(GrpcSynthesisTest, ABodyGivenTwiceIsRefused) {
  const GrpcAnswer answer = Call("CreatePet", R"({"body":{},"unmodeledJson":"{}"})");
  EXPECT_EQ(answer.status.error_code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(answer.status.error_message(), testing::HasSubstr("unmodeled_json"));
  EXPECT_TRUE(upstream_.requests().empty());
}

TEST_F(GrpcSynthesisTest, AMissingParameterIsNamedAsItsField) {
  const GrpcAnswer answer = Call("GetPet", "{}");
  EXPECT_EQ(answer.status.error_code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(answer.status.error_message(), testing::HasSubstr("pet_id"));
}

TEST_F(GrpcSynthesisTest, ErrorsAreThoseOfTheUpstream) {
  upstream_.OnAny(Script::Respond(404, R"({"error":"no such pet"})"));
  const GrpcAnswer answer = Call("GetPet", R"({"petId":"p"})");
  EXPECT_EQ(answer.status.error_code(), StatusCode::NOT_FOUND);
  EXPECT_THAT(answer.status.error_message(), testing::HasSubstr("no such pet"));
}

TEST_F(GrpcSynthesisTest, EventsStreamWithTheirData) {
  upstream_.OnAny(Script::EventStream()
                      .Chunk("id: 1\nevent: sold\ndata: [1,{\"a\":null}]\n\n")
                      .Chunk("data: no json\n\n")
                      .Chunk("data: 9007199254740993\n\n")
                      .LastChunk());
  const auto stream = caller_.Open(std::string(kService) + "/WatchPets", "{}");
  EXPECT_EQ(json::parse(stream->Next().value_or("")), json::parse(R"({"id":"1","event":"sold",
      "data":"[1,{\"a\":null}]","result":[1,{"a":null}]})"));
  EXPECT_EQ(json::parse(stream->Next().value_or("")), json::parse(R"({"data":"no json"})"));
  EXPECT_EQ(json::parse(stream->Next().value_or("")),
            json::parse(R"({"data":"9007199254740993"})"));
  EXPECT_EQ(stream->Next(), std::nullopt);
  EXPECT_TRUE(stream->Finish().status.ok());
  EXPECT_EQ(LastRequest().Header("accept"), "text/event-stream");
}

TEST_F(GrpcSynthesisTest, HealthKnowsTheService) {
  const auto stub = grpc::health::v1::Health::NewStub(caller_.channel());
  grpc::health::v1::HealthCheckRequest request;
  request.set_service(kService);
  grpc::health::v1::HealthCheckResponse response;
  grpc::ClientContext context;
  ASSERT_TRUE(stub->Check(&context, request, &response).ok());
  EXPECT_EQ(response.status(), grpc::health::v1::HealthCheckResponse::SERVING);
}

TEST_F(GrpcSynthesisTest, ReflectionTellsComments) {
  const auto* method = descriptors_.pool().FindMethodByName(std::string(kService) + ".ListPets");
  ASSERT_NE(method, nullptr);
  google::protobuf::SourceLocation source;
  ASSERT_TRUE(method->GetSourceLocation(&source));
  EXPECT_EQ(source.leading_comments, " Lists the pets that are for sale.\n");
}

}  // namespace
}  // namespace portico
