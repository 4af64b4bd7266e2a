// Runs every case of cases/ through every door, against an upstream that
// answers as the case says.
#include <gtest/gtest.h>

#include "server/plan_loader.h"
#include "tests/conformance/case.h"
#include "tests/conformance/grpc_conformance_door.h"
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
  }
  static void TearDownTestSuite() {
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
};

ScriptedUpstream* ConformanceTest::upstream_ = nullptr;
RunningPortico* ConformanceTest::portico_ = nullptr;
std::shared_ptr<const plan::Plan>* ConformanceTest::plan_ = nullptr;
GrpcConformanceDoor* ConformanceTest::grpc_ = nullptr;
RestConformanceDoor* ConformanceTest::rest_ = nullptr;

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

INSTANTIATE_TEST_SUITE_P(Cases, ConformanceTest, testing::ValuesIn(AllCases()),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace portico::conformance
