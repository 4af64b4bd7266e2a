// Every feature of the dialect that published files need, each with a file of dialect/:
// one Portico serves them all at once, and each call is held to the bytes that the
// upstream must get for it, through every door.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "server/plan_loader.h"
#include "tests/conformance/dialect_case.h"
#include "tests/fakes/grpc_caller.h"
#include "tests/fakes/http_caller.h"
#include "tests/fakes/mcp_messages.h"
#include "tests/fakes/running_portico.h"
#include "tests/fakes/scripted_upstream.h"

namespace portico::conformance {
namespace {

using fakes::HttpCaller;
using fakes::RunningPortico;
using fakes::Script;
using fakes::ScriptedUpstream;
using nlohmann::json;
using testing::HasSubstr;

constexpr char kFolder[] = "tests/conformance/dialect";

// Base URIs for all namespaces but the one that must have none.
server::BaseUris BaseUrisOf(const plan::Plan& plan, const std::string& base) {
  server::BaseUris uris;
  for (const plan::Upstream& upstream : plan.upstreams()) {
    if (upstream.space != "base-uri-unset") uris.emplace_back(upstream.space, base + "/api");
  }
  return uris;
}

// One upstream and one Portico for all cases.
struct House {
  House() {
    plan = server::LoadPlan({{kFolder}, {}, {}, {}, true}, &findings);
    portico = std::make_unique<RunningPortico>(
        RunningPortico::Options{"",
                                "test-token",
                                [this](server::ServeOptions& serve) {
                                  serve.capabilities = {kFolder};
                                  serve.base_uris = BaseUrisOf(*plan, upstream.base_uri());
                                  serve.allow_caller_authorization = true;
                                },
                                {"PORTICO_UNSET"}});
  }

  ScriptedUpstream upstream;
  capability::Findings findings;
  std::shared_ptr<const plan::Plan> plan;
  std::unique_ptr<RunningPortico> portico;
};

struct Said {
  bool ok = false;
  std::string code;    // gRPC's name, or REST's status
  std::string reason;  // empty by MCP, whose words are for models
  std::string words;
};

class DialectTest : public testing::TestWithParam<DialectCase> {
 protected:
  static void SetUpTestSuite() { house_ = new House(); }
  static void TearDownTestSuite() {
    delete house_;
    house_ = nullptr;
  }

  static void Answer(const DialectCase& given) {
    house_->upstream.OnAny(given.answer.empty() ? Script::Respond(given.status, "", "")
                                                : Script::Respond(given.status, given.answer));
  }

  static Said CallGrpc(const DialectCase& given) {
    for (const plan::Method& method : house_->plan->methods()) {
      if (method.operation->id == given.operation) return CallMethod(given, method);
    }
    ADD_FAILURE() << "no RPC serves " << given.operation;
    return {};
  }

  static Said CallMethod(const DialectCase& given, const plan::Method& method) {
    json request = json::object();
    for (const auto& [name, value] : given.arguments.items()) {
      bool found = false;
      for (const plan::FieldBinding& binding : method.fields) {
        if (method.operation->parameters[binding.parameter].name != name) continue;
        request[binding.field->json_name()] = value;
        found = true;
      }
      EXPECT_TRUE(found) << method.path << " has no field for " << name;
    }
    if (given.body.has_value()) request["body"] = *given.body;
    fakes::GrpcCaller caller(house_->portico->address(), &house_->plan->descriptors());
    const fakes::GrpcAnswer answer = caller.Call(method.path.substr(1), request.dump());
    return {answer.status.ok(),
            absl::StatusCodeToString(static_cast<absl::StatusCode>(answer.status.error_code())),
            answer.error_info().reason(), answer.status.error_message()};
  }

  static Said CallRest(const DialectCase& given) {
    const std::vector<std::string> line = absl::StrSplit(given.rest, ' ');
    HttpCaller caller(house_->portico->rest_address());
    caller.Request(line.at(0), line.at(1), given.rest_fields, given.rest_body);
    const auto response = caller.ReadResponse(line.at(0) == "HEAD");
    const json problem = json::parse(response.body, nullptr, false);
    return {response.Header("portico-source") == "upstream", absl::StrCat(response.status),
            problem.is_object() ? problem.value("reason", "") : "", response.body};
  }

  static Said CallMcp(const DialectCase& given) {
    const std::string space = given.operation.substr(0, given.operation.find('.'));
    HttpCaller caller(house_->portico->mcp_address());
    caller.Request(
        "POST", "/mcp/" + space, "",
        fakes::McpRequest("tools/call", {{"name", given.tool}, {"arguments", given.mcp}}).dump());
    const auto response = caller.ReadResponse();
    const json reply = json::parse(response.body, nullptr, false);
    if (!reply.is_object() || !reply.contains("result")) {
      ADD_FAILURE() << response.status << " " << response.body;
      return {};
    }
    const json& result = reply.at("result");
    return {result.at("isError") == false, "", "", result.at("content").at(0).at("text")};
  }

  static void Expect(const DialectCase& given, Said (*call)(const DialectCase&)) {
    Answer(given);
    const std::size_t before = house_->upstream.requests().size();
    const Said said = call(given);
    const auto requests = house_->upstream.requests();
    if (given.refusal.has_value()) {
      EXPECT_FALSE(said.ok);
      EXPECT_THAT(said.words, HasSubstr(given.refusal->says));
      EXPECT_EQ(requests.size(), before) << "the upstream must not be asked";
      return;
    }
    EXPECT_TRUE(said.ok) << said.words;
    ASSERT_EQ(requests.size(), before + 1) << said.words;
    const fakes::RecordedRequest& request = requests.back();
    EXPECT_EQ(request.method, given.request->method);
    EXPECT_EQ(request.target, given.request->target);
    EXPECT_EQ(request.body, given.request->body);
    for (const auto& [name, value] : given.request->headers) {
      EXPECT_EQ(request.Header(name), value) << name;
      if (value.has_value()) {
        EXPECT_THAT(request.head, HasSubstr(absl::StrCat("\r\n", name, ": ")));
      }
    }
  }

  static House* house_;
};

House* DialectTest::house_ = nullptr;

TEST_P(DialectTest, HoldsThroughGrpc) {
  const DialectCase& given = GetParam();
  Expect(given, &CallGrpc);
  if (!given.refusal.has_value()) return;
  const Said said = CallGrpc(given);
  EXPECT_EQ(said.code, given.refusal->code);
  EXPECT_EQ(said.reason, given.refusal->reason);
}

TEST_P(DialectTest, HoldsThroughRest) {
  const DialectCase& given = GetParam();
  if (given.rest.empty()) {  // its route is another operation's
    for (const plan::Route& route : house_->plan->routes()) {
      EXPECT_NE(route.operation->id, given.operation);
    }
    return;
  }
  Expect(given, &CallRest);
  if (!given.refusal.has_value()) return;
  const Said said = CallRest(given);
  EXPECT_EQ(said.code, absl::StrCat(given.refusal->status));
  EXPECT_EQ(said.reason, given.refusal->reason);
}

TEST_P(DialectTest, HoldsThroughMcp) { Expect(GetParam(), &CallMcp); }

INSTANTIATE_TEST_SUITE_P(Cases, DialectTest,
                         testing::ValuesIn(ReadDialectCases(absl::StrCat(kFolder, "/cases.json"))),
                         [](const auto& info) { return info.param.name; });

using DialectFilesTest = DialectTest;

TEST_F(DialectFilesTest, EveryFeatureHasACase) {
  std::set<std::string> features;
  for (const DialectCase& one : ReadDialectCases(absl::StrCat(kFolder, "/cases.json"))) {
    features.insert(one.name.substr(0, 3));
  }
  for (int feature = 1; feature <= 36; ++feature) {
    EXPECT_EQ(features.count(absl::StrCat(feature < 10 ? "F0" : "F", feature)), 1u) << feature;
  }
}

TEST_F(DialectFilesTest, NoFeatureMakesAFileFail) {
  EXPECT_FALSE(capability::HasErrors(house_->findings));
  std::string all;
  for (const auto& finding : house_->findings) absl::StrAppend(&all, ToString(finding), "\n");
  EXPECT_THAT(all, HasSubstr("17-clear-text.yaml:9: warning: capability.consumes[0].baseUri: is "
                             "http: the secret"));
  EXPECT_THAT(all, HasSubstr("is already served from tests/conformance/dialect/29-one-route.yaml"));
}

// The key must not come back where Portico tells of a failure.
TEST_F(DialectFilesTest, AKeyInTheQueryStaysOutOfEveryAnswer) {
  house_->upstream.OnAny(Script().Reset());
  DialectCase given;
  given.operation = "api-key-query.get-weather";
  given.rest = "GET /v1/weather";
  given.tool = "get-weather";
  given.mcp = json::object();
  given.arguments = json::object();
  for (auto* call : {&CallGrpc, &CallRest, &CallMcp}) {
    const Said said = call(given);
    EXPECT_FALSE(said.ok);
    EXPECT_NE(said.words, "");
    EXPECT_THAT(said.words, testing::Not(HasSubstr("test-token")));
  }
}

// Dialect rule 8: a stream that no file promises. REST passes it on, a tool collects it,
// and a unary RPC has to say that it cannot.
TEST_F(DialectFilesTest, AStreamThatNobodyPromisedIsServedWhereItCanBe) {
  house_->upstream.OnAny(Script::EventStream()
                             .Chunk("event: log\ndata: {\"line\":1}\n\n")
                             .Chunk("data: {\"line\":2}\n\n")
                             .LastChunk());
  DialectCase given;
  given.operation = "no-authentication.get-public";
  given.rest = "GET /v1/public";
  given.tool = "get-public";
  given.mcp = json::object();
  given.arguments = json::object();
  const Said rest = CallRest(given);
  EXPECT_TRUE(rest.ok);
  EXPECT_EQ(rest.words, "event: log\ndata: {\"line\":1}\n\ndata: {\"line\":2}\n\n");
  const Said mcp = CallMcp(given);
  EXPECT_TRUE(mcp.ok) << mcp.words;
  EXPECT_EQ(json::parse(mcp.words).at("events").size(), 2u) << mcp.words;
  const Said grpc = CallGrpc(given);
  EXPECT_FALSE(grpc.ok);
  EXPECT_EQ(grpc.reason, "UPSTREAM_MALFORMED_RESPONSE");
  EXPECT_THAT(grpc.words, HasSubstr("event stream"));
}

}  // namespace
}  // namespace portico::conformance
