// Compositions through the Invoker: which requests go upstream, and what comes back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "core/invoke/failure_table.h"
#include "core/invoke/invoker.h"
#include "core/plan/compile_fixture.h"

namespace portico::invoke {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using upstream::Failure;
using upstream::Flow;

struct Answer {
  int status = 200;
  std::string body;
  Failure failure = Failure::kNone;
};

// Answers each request on a turn of its own, as engines do; what has no answer hangs.
class AnsweringClient final : public upstream::UpstreamClient {
 public:
  explicit AnsweringClient(loop::EventLoop& loop) : loop_(loop) {}

  std::unique_ptr<upstream::Exchange> Start(upstream::UpstreamRequest request,
                                            upstream::ResponseReceiver* receiver) override {
    const std::string line = absl::StrCat(request.method, " ", request.url.substr(20));
    requests.push_back(line);
    started.push_back(std::move(request));
    auto exchange = std::make_unique<Turn>(*this);
    const auto answer = answers.find(line);
    if (answer == answers.end()) {
      if (when_hanging) loop_.Post(std::move(when_hanging));
      return exchange;
    }
    exchange->timer = loop_.After(absl::ZeroDuration(), [receiver, given = answer->second] {
      if (given.failure == Failure::kNone) {
        receiver->OnHead({given.status, {{"content-type", "application/json"}, {"etag", "x"}}});
        if (!given.body.empty()) receiver->OnBody(given.body);
      }
      receiver->OnEnd({given.failure, "", true});
    });
    return exchange;
  }

  std::map<std::string, Answer> answers;
  std::vector<std::string> requests;
  std::vector<upstream::UpstreamRequest> started;
  absl::AnyInvocable<void() &&> when_hanging;
  int closed = 0;

 private:
  struct Turn final : upstream::Exchange {
    explicit Turn(AnsweringClient& client) : client(client) {}
    ~Turn() override { ++client.closed; }
    void Resume() override {}
    Flow Send(absl::string_view) override { return Flow::kContinue; }
    void FinishBody() override {}
    AnsweringClient& client;
    std::unique_ptr<loop::Timer> timer;
  };
  loop::EventLoop& loop_;
};

constexpr char kYard[] = R"(ikanos: 1.0.0-beta5
capability:
  consumes:
  - namespace: yard
    baseUri: https://yard.example
    resources:
    - path: /ships/{imo_number}
      operations: [{name: get-ship, method: GET}]
    - path: /crew
      operations:
      - name: list-crew
        method: GET
        inputParameters: [{name: rank, in: query}, {name: ship, in: query, type: array}]
    - path: /voyages
      operations: [{name: add, method: POST, inputParameters: [{name: voyage, in: body}]}]
  exposes:
  - type: mcp
    namespace: tools1
    tools:
    - name: t
)";

constexpr char kCrew[] = R"(      inputParameters:
        imo: {type: string}
        rank: {type: string, required: false}
      steps:
        get-ship: {type: call, call: yard.get-ship, with: {imo_number: '{{imo}}'}}
        list-crew: {type: call, call: yard.list-crew, with: {ship: $.get-ship.crew}}
        resolve: {type: lookup, index: list-crew, match: id, lookupValue: $.get-ship.crew,
                  outputParameters: [name]}
        captain: {type: lookup, index: list-crew, match: id, lookupValue: $.get-ship.captain,
                  outputParameters: [name]}
      mappings:
      - {target: ship.name, value: $.get-ship.vessel_name}
      - {target: ship.length, value: $.get-ship.dims.length}
      - {target: crew, value: $.resolve}
      - {target: captain, value: $.captain.name}
)";

// `tool`: its lines, six spaces before each.
class CompositionTest : public testing::Test, public OutcomeReceiver {
 protected:
  void Load(const std::string& tool) {
    compiled_ = plan::CompileText(absl::StrCat(kYard, tool));
    ASSERT_NE(compiled_.plan, nullptr) << testing::PrintToString(compiled_.findings);
    credentials_ = std::make_unique<upstream::Credentials>(
        compiled_.plan->upstreams(), [](const std::string&) { return std::nullopt; });
    invoker_ = std::make_unique<Invoker>(loop_, *compiled_.plan, *credentials_, client_, health_,
                                         InvokerOptions{});
  }

  Call CallWith(std::vector<std::vector<std::string>> arguments) {
    Call call;
    call.operation = compiled_.plan->tools().at(0).operation;
    call.arguments.parameters = std::move(arguments);
    return call;
  }

  // Starts on the loop, and runs it until the outcome or the test stops it.
  void Run(Call call) {
    loop_.Post([this, call = std::move(call)]() mutable {
      invocation_ = invoker_->Start(std::move(call), this, &refusal_);
      if (invocation_ == nullptr) loop_.Stop();
      started_ = true;
    });
    loop_.Run();
  }

  std::optional<CallError> Error() const {
    const plan::Operation& operation = *compiled_.plan->tools().at(0).operation;
    return ErrorOf(outcome_, operation, compiled_.plan->UpstreamOf(operation), absl::Now());
  }

  Flow OnEvent(const upstream::SseEvent&) override { return Flow::kContinue; }
  void OnOutcome(Outcome outcome) override {
    EXPECT_TRUE(started_) << "never from inside Start";
    outcome_ = std::move(outcome);
    invocation_.reset();
    loop_.Stop();
  }

  loop::EventLoop loop_;
  AnsweringClient client_{loop_};
  upstream::UpstreamHealth health_{1, [](std::size_t) {}};
  plan::Compiled compiled_;
  std::unique_ptr<upstream::Credentials> credentials_;
  std::unique_ptr<Invoker> invoker_;
  std::unique_ptr<Invocation> invocation_;
  CallError refusal_;
  Outcome outcome_;
  bool started_ = false;
};

TEST_F(CompositionTest, StepsRunOneAfterTheOther) {
  Load(kCrew);
  client_.answers = {
      {"GET /ships/a%2Fb",
       {200, R"({"vessel_name":"Star","dims":{"length":100.50},"crew":["c1","c2"]})"}},
      {"GET /crew?ship=c1&ship=c2", {200, R"([{"id":"c2","name":"Bo"},{"id":"c1","name":"An"}])"}}};
  Run(CallWith({{"a/b"}, {}}));
  EXPECT_THAT(client_.requests, ElementsAre("GET /ships/a%2Fb", "GET /crew?ship=c1&ship=c2"));
  EXPECT_EQ(Error(), std::nullopt);
  EXPECT_EQ(outcome_.head.status, 200);
  // The captain is not known: the lookup finds nothing, and its target is left out.
  EXPECT_EQ(outcome_.body,
            R"({"ship":{"name":"Star","length":100.50},"crew":[{"name":"An"},{"name":"Bo"}]})");
  EXPECT_EQ(invoker_->in_flight(), 0u);
}

TEST_F(CompositionTest, AStepThatFailsIsNamedAndEndsTheCall) {
  Load(kCrew);
  client_.answers = {{"GET /ships/1", {404, R"({"message":"no ship"})"}}};
  Run(CallWith({{"1"}, {}}));
  EXPECT_EQ(client_.requests.size(), 1u);
  const auto error = Error();
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->reason, "UPSTREAM_NOT_FOUND");
  EXPECT_EQ(error->metadata.at("step"), "get-ship");
  EXPECT_EQ(error->metadata.at("operation"), "yard.get-ship");
  EXPECT_EQ(error->metadata.at("http_status"), "404");
  EXPECT_EQ(error->message, "step get-ship: GET /ships/{imo_number} answered 404: no ship");
  EXPECT_EQ(*outcome_.head.Find(kStepHeader), "get-ship");
  EXPECT_EQ(outcome_.head.Find("etag"), nullptr);
}

TEST_F(CompositionTest, AnExchangeThatBreaksIsNamedToo) {
  Load(kCrew);
  client_.answers = {{"GET /ships/1", {200, R"({"crew":[]})"}},
                     {"GET /crew", {0, "", Failure::kConnectionLost}}};
  Run(CallWith({{"1"}, {}}));
  EXPECT_EQ(Error()->reason, "UPSTREAM_CONNECTION_LOST");
  EXPECT_EQ(Error()->metadata.at("step"), "list-crew");
}

TEST_F(CompositionTest, WhatIsNotJsonCannotBeLookedInto) {
  Load(kCrew);
  client_.answers = {{"GET /ships/1", {200, "<html>"}}};
  Run(CallWith({{"1"}, {}}));
  EXPECT_EQ(Error()->reason, "UPSTREAM_MALFORMED_RESPONSE");
  EXPECT_THAT(Error()->message, HasSubstr("step get-ship: "));
}

TEST_F(CompositionTest, AnEmptyAnswerIsNull) {
  Load(kCrew);
  client_.answers = {{"GET /ships/1", {204, ""}}, {"GET /crew", {200, "[]"}}};
  Run(CallWith({{"1"}, {}}));
  EXPECT_EQ(outcome_.body, R"({"ship":{"name":null,"length":null}})");
}

TEST_F(CompositionTest, BadArgumentsAreRefusedBeforeAnythingIsSent) {
  Load(kCrew);
  for (const std::vector<std::string>& imo : {std::vector<std::string>{}, {".."}, {"a\nb"}}) {
    EXPECT_EQ(invoker_->Start(CallWith({imo, {}}), this, &refusal_), nullptr);
    EXPECT_EQ(refusal_.reason, "INVALID_FIELD");
    EXPECT_EQ(refusal_.violations.at(0).field, "imo");
  }
  EXPECT_TRUE(client_.requests.empty());
}

TEST_F(CompositionTest, AValueThatCannotGoIntoAPathFailsItsStep) {
  Load(R"(      steps:
      - {name: all, call: yard.list-crew}
      - {name: ship, call: yard.get-ship, with: {imo_number: '{{all.first}}'}}
      mappings: [{target: a, value: $.ship}]
)");
  client_.answers = {{"GET /crew", {200, R"({"first":null})"}}};
  Run(CallWith({}));
  EXPECT_EQ(Error()->reason, "INVALID_FIELD");
  EXPECT_THAT(Error()->message, HasSubstr("step ship: imo_number: is required"));
  EXPECT_EQ(client_.requests.size(), 1u);
}

TEST_F(CompositionTest, AShapedCallKeepsItsStatus) {
  Load(
      "      call: yard.add\n      outputParameters:\n"
      "      - {type: object, properties: {id: {type: number, mapping: $.v}}}\n");
  client_.answers = {{"POST /voyages", {201, R"({"v":9007199254740993})"}}};
  Call call = CallWith({});
  call.arguments.body = R"({"n":1.0})";
  call.arguments.send_body = true;
  Run(std::move(call));
  EXPECT_EQ(client_.started.at(0).body, R"({"n":1.0})");
  EXPECT_EQ(outcome_.head.status, 201);
  EXPECT_EQ(outcome_.body, R"({"id":9007199254740993})");
}

TEST_F(CompositionTest, WithoutMappingsTheLastStepAnswers) {
  Load("      steps: [{name: a, call: yard.list-crew}, {name: b, call: yard.list-crew}]\n");
  client_.answers = {{"GET /crew", {200, "[ 1.0 ]"}}};
  Run(CallWith({}));
  EXPECT_EQ(outcome_.body, "[ 1.0 ]");
}

TEST_F(CompositionTest, OutputsMayLookIntoTheSteps) {
  Load(
      "      steps: [{name: a, call: yard.list-crew}]\n"
      "      outputParameters: [{name: n, mapping: '$.a[0].name'}, {name: a}]\n");
  client_.answers = {{"GET /crew", {200, R"([{"name":"x"}])"}}};
  Run(CallWith({}));
  EXPECT_EQ(outcome_.body, R"({"n":"x","a":[{"name":"x"}]})");
}

TEST_F(CompositionTest, CopiesOfAnAnswerHaveALimit) {
  // Ninety lists around each other: each holds all 30,000 numbers, and so does its copy.
  std::string body = std::string(90, '[');
  for (int i = 0; i < 30'000; ++i) body += i == 0 ? "1" : ",1";
  body += std::string(90, ']');
  Load(
      "      steps: [{name: a, call: yard.list-crew}]\n"
      "      mappings: [{target: all, value: '$.a..*'}]\n");
  client_.answers = {{"GET /crew", {200, body}}};
  Run(CallWith({}));
  ASSERT_TRUE(Error().has_value());
  EXPECT_EQ(Error()->reason, "UPSTREAM_RESPONSE_TOO_LARGE");
  EXPECT_TRUE(Error()->do_not_retry);
  EXPECT_THAT(Error()->message, HasSubstr("copies more than 2000000 values"));
}

TEST_F(CompositionTest, AMockAnswersWithoutAnUpstream) {
  Load(
      "      inputParameters: {imo: {type: string}}\n"
      "      outputParameters: {imo: {type: string, value: '{{imo}}'}, l: {const: [1]}}\n");
  Run(CallWith({{"I\"1"}}));
  EXPECT_TRUE(client_.requests.empty());
  EXPECT_EQ(outcome_.body, R"({"imo":"I\"1","l":[1]})");
  EXPECT_EQ(Error(), std::nullopt);
}

TEST_F(CompositionTest, InputsComeFromTheMembersOfABody) {
  Load(
      "      inputParameters:\n        n: {type: number, in: body}\n"
      "      outputParameters: {n: {type: number, value: '{{n}}'}}\n");
  Call call = CallWith({{}});
  call.arguments.body = R"({"n":1.50})";
  call.arguments.send_body = true;
  Run(std::move(call));
  EXPECT_EQ(outcome_.body, R"({"n":1.50})");
}

TEST_F(CompositionTest, ABodyThatIsNoObjectIsRefused) {
  Load(
      "      inputParameters:\n        n: {type: number, in: body, required: false}\n"
      "      outputParameters: {n: {type: number, value: '{{n}}'}}\n");
  Call call = CallWith({{}});
  call.arguments.body = "[1]";
  call.arguments.send_body = true;
  EXPECT_EQ(invoker_->Start(std::move(call), this, &refusal_), nullptr);
  EXPECT_EQ(refusal_.violations.at(0).field, "body");
}

TEST_F(CompositionTest, TheDeadlineIsThatOfTheWhole) {
  Load(kCrew);
  client_.answers = {{"GET /ships/1", {200, "{}"}}, {"GET /crew", {200, "[]"}}};
  Call call = CallWith({{"1"}, {}});
  call.deadline = absl::Now() + absl::Seconds(7);
  const absl::Time deadline = call.deadline;
  Run(std::move(call));
  for (const upstream::UpstreamRequest& request : client_.started) {
    EXPECT_EQ(request.deadline, deadline);
  }
}

TEST_F(CompositionTest, OnlyWhatBelongsToTheCallIsPassedOn) {
  Load("      steps: [{name: a, call: yard.list-crew}]\n");
  client_.answers = {{"GET /crew", {200, "[]"}}};
  Call call = CallWith({});
  call.headers = {{"traceparent", "t"}, {"if-none-match", "e"}, {"accept-encoding", "br"}};
  Run(std::move(call));
  ASSERT_EQ(client_.started.at(0).headers.size(), 1u);
  EXPECT_EQ(client_.started[0].headers[0].name, "traceparent");
}

TEST_F(CompositionTest, CancellingClosesTheStepUnderWay) {
  Load(kCrew);
  client_.answers = {{"GET /ships/1", {200, "{}"}}};
  client_.when_hanging = [this] {
    EXPECT_EQ(client_.closed, 1);
    invocation_.reset();
    EXPECT_EQ(client_.closed, 2);
    loop_.Stop();
  };
  Run(CallWith({{"1"}, {}}));
  EXPECT_EQ(client_.requests.size(), 2u);
  EXPECT_EQ(outcome_.head.status, 0);
  EXPECT_EQ(invoker_->in_flight(), 0u);
}

// Takes a relayed response; stops the loop at its end.
class Relayed final : public upstream::ResponseReceiver {
 public:
  explicit Relayed(loop::EventLoop& loop) : loop_(loop) {}
  void OnHead(upstream::ResponseHead given) override {
    head = std::move(given);
    if (leave_at_head) Leave();
  }
  Flow OnBody(absl::string_view bytes) override {
    body.append(bytes.data(), bytes.size());
    if (leave_at_body) Leave();
    if (pause) loop_.Post([this] { exchange->Resume(); });
    return pause || leave_at_body ? Flow::kPause : Flow::kContinue;
  }
  void OnEnd(upstream::ExchangeEnd given) override {
    end = std::move(given);
    exchange.reset();
    loop_.Stop();
  }
  bool leave_at_head = false;
  bool leave_at_body = false;
  bool pause = false;
  upstream::ResponseHead head;
  std::string body;
  std::optional<upstream::ExchangeEnd> end;
  std::unique_ptr<upstream::Exchange> exchange;

 private:
  void Leave() {
    exchange.reset();
    loop_.Post([this] { loop_.Stop(); });
  }
  loop::EventLoop& loop_;
};

class ComposedRelayTest : public CompositionTest {
 protected:
  void RunRelay(Call call) {
    loop_.Post([this, call = std::move(call)]() mutable {
      relayed_.exchange = invoker_->Relay(std::move(call), &relayed_, &refusal_);
    });
    loop_.Run();
  }
  Relayed relayed_{loop_};
};

TEST_F(ComposedRelayTest, TheAnswerIsAResponse) {
  Load(kCrew);
  client_.answers = {{"GET /ships/1", {200, R"({"vessel_name":"S"})"}}, {"GET /crew", {200, "[]"}}};
  RunRelay(CallWith({{"1"}, {}}));
  EXPECT_EQ(relayed_.head.status, 200);
  EXPECT_EQ(*relayed_.head.Find("content-type"), "application/json");
  EXPECT_EQ(relayed_.body, R"({"ship":{"name":"S","length":null}})");
  EXPECT_EQ(relayed_.end->failure, Failure::kNone);
}

TEST_F(ComposedRelayTest, AReceiverThatPausesHearsTheEndWhenItGoesOn) {
  relayed_.pause = true;
  Load("      outputParameters: {a: {type: string, value: x}}\n");
  RunRelay(CallWith({}));
  EXPECT_EQ(relayed_.body, R"({"a":"x"})");
  EXPECT_TRUE(relayed_.end.has_value());
}

TEST_F(ComposedRelayTest, AStepsRefusalPassesThroughWithItsName) {
  Load(kCrew);
  client_.answers = {{"GET /ships/1", {404, R"({"message":"no"})"}}};
  RunRelay(CallWith({{"1"}, {}}));
  EXPECT_EQ(relayed_.head.status, 404);
  EXPECT_EQ(*relayed_.head.Find(kStepHeader), "get-ship");
  EXPECT_EQ(relayed_.body, R"({"message":"no"})");
}

TEST_F(ComposedRelayTest, ABrokenStepEndsTheExchange) {
  Load(kCrew);
  client_.answers = {{"GET /ships/1", {0, "", Failure::kConnect}}};
  RunRelay(CallWith({{"1"}, {}}));
  EXPECT_EQ(relayed_.head.status, 0);
  EXPECT_EQ(relayed_.end->failure, Failure::kConnect);
  EXPECT_EQ(relayed_.end->detail, "step get-ship");
}

TEST_F(ComposedRelayTest, TheReceiverMayGoAtTheHead) {
  relayed_.leave_at_head = true;
  Load("      outputParameters: {a: {type: string, value: x}}\n");
  RunRelay(CallWith({}));
  EXPECT_EQ(relayed_.body, "");
  EXPECT_FALSE(relayed_.end.has_value());
}

TEST_F(ComposedRelayTest, TheReceiverMayGoAtTheBody) {
  relayed_.leave_at_body = true;
  Load("      outputParameters: {a: {type: string, value: x}}\n");
  RunRelay(CallWith({}));
  EXPECT_FALSE(relayed_.end.has_value());
}

}  // namespace
}  // namespace portico::invoke
