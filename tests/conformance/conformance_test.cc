// Runs every case of cases/ through every door, against an upstream that
// answers as the case says.
#include <gtest/gtest.h>

#include "server/plan_loader.h"
#include "tests/conformance/case.h"
#include "tests/conformance/grpc_conformance_door.h"
#include "tests/conformance/mcp_conformance_door.h"
#include "tests/conformance/rest_conformance_door.h"
#include "tests/fakes/running_portico.h"
#include "tests/fakes/scripted_upstream.h"

namespace portico::conformance {
namespace {

using fakes::RunningPortico;
using fakes::Script;
using fakes::ScriptedUpstream;

std::vector<Case> AllCases() {
  std::vector<Case> cases;
  for (const char* file : {"backstage", "render", "northflank", "failures"}) {
    for (Case& read : ReadCases(std::string("tests/conformance/cases/") + file + ".json")) {
      cases.push_back(std::move(read));
    }
  }
  return cases;
}

class ConformanceTest : public testing::TestWithParam<Case> {
 protected:
  // One Portico and one upstream for all cases of the file.
  static void SetUpTestSuite() {
    upstream_ = new ScriptedUpstream();
    portico_ = new RunningPortico(RunningPortico::Options{upstream_->base_uri()});
    capability::Findings findings;
    plan_ = new std::shared_ptr<const plan::Plan>(server::LoadPlan({}, &findings));
    grpc_ = new GrpcConformanceDoor(**plan_, portico_->address());
    rest_ = new RestConformanceDoor(**plan_, portico_->rest_address());
    mcp_ = new McpConformanceDoor(**plan_, portico_->mcp_address());
  }
  static void TearDownTestSuite() {
    delete mcp_;
    delete rest_;
    delete grpc_;
    delete plan_;
    delete portico_;
    delete upstream_;
  }

  static void Answer(const Case& given) {
    upstream_->OnAny(
        Script::Respond(given.status, given.answer,
                        "Content-Type: " + given.content_type + "\r\n" + given.headers));
  }

  static void ExpectRequest(const Case& given, std::size_t before) {
    const auto requests = upstream_->requests();
    if (given.want_method.empty()) {
      EXPECT_EQ(requests.size(), before) << "the upstream must not be asked";
      return;
    }
    ASSERT_EQ(requests.size(), before + 1);
    EXPECT_EQ(requests.back().method, given.want_method);
    EXPECT_EQ(requests.back().target, given.want_target);
    EXPECT_EQ(requests.back().Header("authorization"), "Bearer test-token");
    if (given.want_body.has_value()) {
      EXPECT_EQ(nlohmann::json::parse(requests.back().body), *given.want_body);
    } else {
      EXPECT_EQ(requests.back().body, "");
    }
  }

  static ScriptedUpstream* upstream_;
  static RunningPortico* portico_;
  static std::shared_ptr<const plan::Plan>* plan_;
  static GrpcConformanceDoor* grpc_;
  static RestConformanceDoor* rest_;
  static McpConformanceDoor* mcp_;
};

ScriptedUpstream* ConformanceTest::upstream_ = nullptr;
RunningPortico* ConformanceTest::portico_ = nullptr;
std::shared_ptr<const plan::Plan>* ConformanceTest::plan_ = nullptr;
GrpcConformanceDoor* ConformanceTest::grpc_ = nullptr;
RestConformanceDoor* ConformanceTest::rest_ = nullptr;
McpConformanceDoor* ConformanceTest::mcp_ = nullptr;

TEST_P(ConformanceTest, HoldsThroughGrpc) {
  const Case& given = GetParam();
  Answer(given);
  const std::size_t before = upstream_->requests().size();
  const Result got = grpc_->Call(given);
  ExpectRequest(given, before);
  EXPECT_EQ(got.code, given.want_code);
  EXPECT_EQ(got.reason, given.want_reason);
  if (given.want_json.has_value()) {
    EXPECT_EQ(got.json, given.want_json);
  }
  EXPECT_EQ(got.events, given.want_events);
}

// The upstream's status and bytes come through as they are, so that what gRPC finds
// unreadable is REST's to pass on.
TEST_P(ConformanceTest, HoldsThroughRest) {
  const Case& given = GetParam();
  Answer(given);
  const std::size_t before = upstream_->requests().size();
  const Result got = rest_->Call(given);
  ExpectRequest(given, before);
  if (!given.want_method.empty()) {
    EXPECT_EQ(rest_->response().Header("portico-source"), "upstream");
    EXPECT_EQ(rest_->response().status, given.status);
    EXPECT_EQ(rest_->response().body,
              given.status == 204 || given.status == 304 ? "" : given.answer);
    EXPECT_TRUE(rest_->response().whole);
  }
  if (given.want_reason == "UPSTREAM_MALFORMED_RESPONSE") return;
  EXPECT_EQ(got.code, given.want_code);
  EXPECT_EQ(got.reason, given.want_reason);
  EXPECT_EQ(got.events, given.want_events);
}

// Events whose data is JSON where it can be.
std::vector<nlohmann::json> WithParsedData(std::vector<nlohmann::json> events) {
  for (nlohmann::json& event : events) {
    nlohmann::json data =
        nlohmann::json::parse(event.at("data").get<std::string>(), nullptr, false);
    if (!data.is_discarded()) event["data"] = std::move(data);
  }
  return events;
}

// A model gets the upstream's own JSON, wrapped where it is no object, or words. A type
// that a typed service promises is not its concern.
TEST_P(ConformanceTest, HoldsThroughMcp) {
  const Case& given = GetParam();
  Answer(given);
  const std::size_t before = upstream_->requests().size();
  const Result got = mcp_->Call(given);
  ExpectRequest(given, before);
  const nlohmann::json answer = nlohmann::json::parse(given.answer, nullptr, false);
  if (given.want_reason == "UPSTREAM_MALFORMED_RESPONSE" && answer.is_array()) return;
  EXPECT_EQ(got.code == "OK", given.want_code == "OK") << got.reason;
  EXPECT_EQ(got.events, WithParsedData(given.want_events));
  if (got.code != "OK" || !got.json.has_value()) return;
  if (answer.is_discarded()) {
    EXPECT_EQ(got.json->at("result"), nullptr);
  } else {
    EXPECT_EQ(*got.json, answer.is_object() ? answer : nlohmann::json({{"result", answer}}));
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, ConformanceTest, testing::ValuesIn(AllCases()),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace portico::conformance
