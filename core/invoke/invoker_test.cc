#include "core/invoke/invoker.h"

#include <gtest/gtest.h>

#include <vector>

#include "absl/strings/substitute.h"
#include "absl/time/clock.h"
#include "core/capability/capability_parser.h"
#include "core/plan/plan_compiler.h"

namespace portico::invoke {
namespace {

using upstream::Failure;
using upstream::Flow;

// Keeps what was asked of it; the test answers by hand.
class FakeClient final : public upstream::UpstreamClient {
 public:
  struct Started {
    upstream::UpstreamRequest request;
    upstream::ResponseReceiver* receiver;
    int resumed = 0;
    bool closed = false;
    std::string sent = {};
  };
  std::vector<std::unique_ptr<Started>> started;

  std::unique_ptr<upstream::Exchange> Start(upstream::UpstreamRequest request,
                                            upstream::ResponseReceiver* receiver) override {
    started.push_back(std::make_unique<Started>(Started{std::move(request), receiver}));
    return std::make_unique<FakeExchange>(*started.back());
  }

 private:
  class FakeExchange final : public upstream::Exchange {
   public:
    explicit FakeExchange(Started& started) : started_(started) {}
    ~FakeExchange() override { started_.closed = true; }
    void Resume() override { ++started_.resumed; }
    Flow Send(absl::string_view bytes) override {
      started_.sent.append(bytes.data(), bytes.size());
      return Flow::kContinue;
    }
    void FinishBody() override { started_.sent += "."; }

   private:
    Started& started_;
  };
};

class Recorder final : public OutcomeReceiver {
 public:
  Flow OnEvent(const upstream::SseEvent& event) override {
    events.push_back(std::string(event.data));
    return flow;
  }
  void OnOutcome(Outcome result) override {
    ++outcomes;
    outcome = std::move(result);
    invocation.reset();
  }
  std::vector<std::string> events;
  Flow flow = Flow::kContinue;
  int outcomes = 0;
  Outcome outcome;
  std::unique_ptr<Invocation> invocation;
};

constexpr char kCapability[] = R"(
naftiko: 1.0.0-alpha2
binds:
- namespace: env
  keys: {TASKS_KEY: TASKS_KEY}
capability:
  consumes:
  - type: http
    namespace: tasks
    baseUri: "$0"
    resources:
    - name: task
      path: /tasks/{id}
      operations:
      - {name: get, method: GET}
    - name: events
      path: /tasks/{id}/events
      operations:
      - name: events
        method: GET
        description: the event stream
        inputParameters:
        - {name: Accept, in: header, type: string, description: Must be `text/event-stream`.}
    authentication: {type: bearer, token: "{{env.TASKS_KEY}}"}
)";

// Keeps a relayed response as it came.
class RawRecorder final : public upstream::ResponseReceiver {
 public:
  void OnHead(upstream::ResponseHead head) override {
    status = head.status;
    if (const std::string* value = head.Find("location")) location = *value;
  }
  Flow OnBody(absl::string_view bytes) override {
    body.append(bytes.data(), bytes.size());
    return Flow::kContinue;
  }
  void OnSendable() override { ++sendable; }
  void OnEnd(upstream::ExchangeEnd result) override { end = std::move(result); }
  int status = 0;
  int sendable = 0;
  std::string body;
  std::string location;
  std::optional<upstream::ExchangeEnd> end;
};

constexpr char kKeyInQuery[] = R"(
naftiko: 1.0.0-alpha2
capability:
  consumes:
  - type: http
    namespace: tasks
    baseUri: "$0"
    resources:
    - {name: task, path: "/tasks/{id}", operations: [{name: get, method: GET}]}
    authentication: {type: apikey, key: api_key, value: "{{TASKS_KEY}}", placement: query}
)";

class InvokerTest : public testing::Test {
 protected:
  InvokerTest() : health_(1, [this](std::size_t) { ++health_changes_; }) {}

  Invoker& invoker() {
    if (invoker_ == nullptr) {
      capability::Findings findings;
      auto capability = capability::ParseCapability(
          "tasks.yaml", absl::Substitute(capability_, base_uri_), &findings);
      plan_ = plan::CompilePlan({*capability}, {}, &findings);
      credentials_ = std::make_unique<upstream::Credentials>(
          plan_->upstreams(), [this](const std::string&) { return token_; });
      invoker_ =
          std::make_unique<Invoker>(loop_, *plan_, *credentials_, client_, health_, options_);
    }
    return *invoker_;
  }

  // False when refused: see refusal_.
  bool Start(const char* operation, const char* id = "t1",
             absl::Time deadline = absl::InfiniteFuture()) {
    Call call;
    call.operation = invoker().plan().FindOperation(operation);
    call.deadline = deadline;
    call.arguments.parameters.resize(call.operation->parameters.size());
    call.arguments.parameters[0] = {id};
    recorder_.invocation = invoker().Start(std::move(call), &recorder_, &refusal_);
    return recorder_.invocation != nullptr;
  }

  // Runs the loop until all that was posted is done.
  void RunLoop() {
    auto stop = loop_.After(absl::Milliseconds(1), [this] { loop_.Stop(); });
    loop_.Run();
  }

  FakeClient::Started& exchange() { return *client_.started.back(); }

  loop::EventLoop loop_;
  const char* capability_ = kCapability;
  std::string base_uri_ = "http://api.example";
  std::optional<std::string> token_ = "t0ken";
  int health_changes_ = 0;
  upstream::UpstreamHealth health_;
  FakeClient client_;
  InvokerOptions options_;
  std::shared_ptr<const plan::Plan> plan_;
  std::unique_ptr<upstream::Credentials> credentials_;
  std::unique_ptr<Invoker> invoker_;
  Recorder recorder_;
  CallError refusal_;
};

TEST_F(InvokerTest, HandsBackTheWholeResponse) {
  ASSERT_TRUE(Start("tasks.get"));
  EXPECT_EQ(exchange().request.url, "http://api.example/tasks/t1");
  EXPECT_EQ(exchange().request.secrets[0].value, "Bearer t0ken");
  exchange().receiver->OnHead({200, {{"Content-Length", "7"}}});
  exchange().receiver->OnBody("{\"a\"");
  exchange().receiver->OnBody(":1}");
  exchange().receiver->OnEnd({});
  EXPECT_EQ(recorder_.outcomes, 1);
  EXPECT_EQ(recorder_.outcome.head.status, 200);
  EXPECT_EQ(recorder_.outcome.body, "{\"a\":1}");
  EXPECT_EQ(invoker().in_flight(), 0u);
}

TEST_F(InvokerTest, GivesUnaryCallsADeadlineOfItsOwn) {
  const absl::Time before = absl::Now();
  ASSERT_TRUE(Start("tasks.get"));
  EXPECT_GE(exchange().request.deadline, before + options_.default_deadline);
  EXPECT_LE(exchange().request.deadline, absl::Now() + options_.default_deadline);
  exchange().receiver->OnEnd({Failure::kDeadline, "", true});
  EXPECT_TRUE(recorder_.outcome.own_deadline);
}

TEST_F(InvokerTest, KeepsTheCallersDeadline) {
  const absl::Time deadline = absl::Now() + absl::Seconds(3);
  ASSERT_TRUE(Start("tasks.get", "t1", deadline));
  EXPECT_EQ(exchange().request.deadline, deadline);
}

TEST_F(InvokerTest, StreamsHaveNoDeadlineOfTheirOwn) {
  ASSERT_TRUE(Start("tasks.events"));
  EXPECT_TRUE(exchange().request.stream);
  EXPECT_EQ(exchange().request.deadline, absl::InfiniteFuture());
}

TEST_F(InvokerTest, HandsOnEventsAsTheyAreCompleted) {
  ASSERT_TRUE(Start("tasks.events"));
  exchange().receiver->OnHead({200, {{"content-type", "text/event-stream; charset=utf-8"}}});
  exchange().receiver->OnBody("id: 7\ndata: one\n\ndata: tw");
  EXPECT_EQ(recorder_.events, std::vector<std::string>{"one"});
  exchange().receiver->OnBody("o\n\n");
  EXPECT_EQ(recorder_.events, (std::vector<std::string>{"one", "two"}));
  exchange().receiver->OnEnd({Failure::kConnectionLost, "reset", true});
  EXPECT_EQ(recorder_.outcome.last_event_id, "7");
  EXPECT_EQ(recorder_.outcome.end.failure, Failure::kConnectionLost);
}

TEST_F(InvokerTest, PausesTheUpstreamWhenTheReceiverIsFull) {
  ASSERT_TRUE(Start("tasks.events"));
  exchange().receiver->OnHead({200, {{"content-type", "text/event-stream"}}});
  recorder_.flow = Flow::kPause;
  EXPECT_EQ(exchange().receiver->OnBody("data: x\n\n"), Flow::kPause);
  recorder_.invocation->Resume();
  EXPECT_EQ(exchange().resumed, 1);
}

TEST_F(InvokerTest, AnEventStreamForAUnaryCallEndsAtOnce) {
  ASSERT_TRUE(Start("tasks.get"));
  exchange().receiver->OnHead({200, {{"content-type", "text/event-stream"}}});
  EXPECT_EQ(exchange().receiver->OnBody("data: x\n\n"), Flow::kPause);
  EXPECT_EQ(recorder_.outcomes, 0) << "not from inside the engine's callback";
  RunLoop();
  EXPECT_EQ(recorder_.outcomes, 1);
  EXPECT_TRUE(exchange().closed);
  EXPECT_NE(recorder_.outcome.malformed, "");
}

TEST_F(InvokerTest, AnAnswerThatIsNoStreamEndsAStreamingCall) {
  ASSERT_TRUE(Start("tasks.events"));
  exchange().receiver->OnHead({200, {{"content-type", "application/json"}}});
  RunLoop();
  EXPECT_NE(recorder_.outcome.malformed, "");
}

TEST_F(InvokerTest, AStreamsErrorAnswerIsAnOrdinaryResponse) {
  ASSERT_TRUE(Start("tasks.events"));
  exchange().receiver->OnHead({404, {{"content-type", "application/json"}}});
  exchange().receiver->OnBody("{\"message\":\"no\"}");
  exchange().receiver->OnEnd({});
  EXPECT_EQ(recorder_.outcome.head.status, 404);
  EXPECT_EQ(recorder_.outcome.body, "{\"message\":\"no\"}");
}

TEST_F(InvokerTest, ErrorBodiesAreKeptShort) {
  ASSERT_TRUE(Start("tasks.get"));
  exchange().receiver->OnHead({500, {}});
  for (int i = 0; i < 100; ++i) exchange().receiver->OnBody(std::string(16 * 1024, 'x'));
  exchange().receiver->OnEnd({});
  EXPECT_EQ(recorder_.outcome.body.size(), 64u * 1024);
}

TEST_F(InvokerTest, AFailuresOwnWordsHoldNoCredential) {
  for (const int status : {200, 401}) {
    ASSERT_TRUE(Start("tasks.get"));
    exchange().receiver->OnHead({status, {}});
    exchange().receiver->OnBody("not t0ken");
    exchange().receiver->OnEnd({});
    EXPECT_EQ(recorder_.outcome.body, status == 200 ? "not t0ken" : "not ***");
  }
}

TEST_F(InvokerTest, DestroyingTheInvocationClosesTheExchange) {
  ASSERT_TRUE(Start("tasks.get"));
  recorder_.invocation.reset();
  EXPECT_TRUE(exchange().closed);
  EXPECT_EQ(recorder_.outcomes, 0);
  EXPECT_EQ(invoker().in_flight(), 0u);
}

TEST_F(InvokerTest, RefusesWhatCannotBeValid) {
  EXPECT_FALSE(Start("tasks.get", ".."));
  EXPECT_EQ(refusal_.reason, "INVALID_FIELD");
  EXPECT_TRUE(client_.started.empty());
}

TEST_F(InvokerTest, RefusesWithoutACredential) {
  token_ = std::nullopt;
  EXPECT_FALSE(Start("tasks.get"));
  EXPECT_EQ(refusal_.reason, "CREDENTIAL_NOT_CONFIGURED");
  EXPECT_NE(refusal_.message.find("TASKS_KEY"), std::string::npos);
  EXPECT_TRUE(client_.started.empty());
}

TEST_F(InvokerTest, RefusesWithoutABaseUri) {
  base_uri_ = "";
  EXPECT_FALSE(Start("tasks.get"));
  EXPECT_EQ(refusal_.reason, "BASE_URI_NOT_CONFIGURED");
  EXPECT_NE(refusal_.message.find("--upstream tasks="), std::string::npos);
}

TEST_F(InvokerTest, RefusesMoreThanItsShareInFlight) {
  options_.max_in_flight = 0;
  EXPECT_FALSE(Start("tasks.get"));
  EXPECT_EQ(refusal_.reason, "OVERLOADED");
}

TEST_F(InvokerTest, ReportsReachability) {
  for (int i = 0; i < upstream::UpstreamHealth::kFailuresUntilUnreachable; ++i) {
    ASSERT_TRUE(Start("tasks.get"));
    exchange().receiver->OnEnd({Failure::kConnect, "refused", false});
  }
  EXPECT_FALSE(health_.reachable(0));
  ASSERT_TRUE(Start("tasks.get"));
  exchange().receiver->OnHead({500, {}});
  exchange().receiver->OnEnd({});
  EXPECT_TRUE(health_.reachable(0)) << "a 500 is an answer";
  EXPECT_EQ(health_changes_, 2);
}

TEST_F(InvokerTest, RelaysAResponseUntouchedAndUnlimited) {
  Call call;
  call.operation = invoker().plan().FindOperation("tasks.get");
  call.arguments.parameters = {{"t1"}};
  call.headers = {{"accept-encoding", "br"}};
  RawRecorder raw;
  const auto relay = invoker().Relay(std::move(call), &raw, &refusal_);
  ASSERT_NE(relay, nullptr);
  EXPECT_TRUE(exchange().request.keep_encoding);
  EXPECT_GT(exchange().request.limits.body_bytes, std::size_t{1} << 40);
  ASSERT_EQ(exchange().request.headers.size(), 1u);
  EXPECT_EQ(exchange().request.headers[0].value, "br");
  exchange().receiver->OnHead({404, {}});
  exchange().receiver->OnBody("no such");
  exchange().receiver->OnBody(" task");
  exchange().receiver->OnEnd({});
  EXPECT_EQ(raw.status, 404);
  EXPECT_EQ(raw.body, "no such task");
  EXPECT_EQ(raw.end->failure, Failure::kNone);
}

TEST_F(InvokerTest, RelaysARequestsBodyAsItComes) {
  Call call;
  call.operation = invoker().plan().FindOperation("tasks.get");
  call.arguments.parameters = {{"t1"}};
  call.arguments.send_body = true;
  call.arguments.body_stream = {3};
  call.arguments.content_type = "application/json; charset=utf-8";
  RawRecorder raw;
  const auto relay = invoker().Relay(std::move(call), &raw, &refusal_);
  relay->Send("abc");
  relay->FinishBody();
  exchange().receiver->OnSendable();
  EXPECT_EQ(raw.sendable, 1);
  EXPECT_EQ(exchange().sent, "abc.");
  EXPECT_EQ(exchange().request.body_stream->length, 3u);
  EXPECT_FALSE(exchange().request.body.has_value());
  EXPECT_EQ(exchange().request.headers[0].value, "application/json; charset=utf-8");
  EXPECT_EQ(exchange().request.headers.size(), 1u) << "no encoding is asked for";
}

TEST_F(InvokerTest, AKeyInTheQueryDoesNotComeBackInARelayedHead) {
  capability_ = kKeyInQuery;
  Call call;
  call.operation = invoker().plan().FindOperation("tasks.get");
  call.arguments.parameters = {{"t1"}};
  RawRecorder raw;
  const auto relay = invoker().Relay(std::move(call), &raw, &refusal_);
  EXPECT_EQ(exchange().request.url, "http://api.example/tasks/t1?api_key=t0ken");
  exchange().receiver->OnHead(
      {301, {{"Location", "http://api.example/tasks/t1/?api_key=t0ken&x=1"}}});
  EXPECT_EQ(raw.location, "http://api.example/tasks/t1/?api_key=***&x=1");
}

TEST_F(InvokerTest, WithoutACallersDeadlineARelayIsBoundedByItsPauses) {
  Call call;
  call.operation = invoker().plan().FindOperation("tasks.get");
  call.arguments.parameters = {{"t1"}};
  RawRecorder raw;
  const auto relay = invoker().Relay(call, &raw, &refusal_);
  EXPECT_EQ(exchange().request.deadline, absl::InfiniteFuture());
  EXPECT_EQ(exchange().request.limits.stall, options_.default_deadline);
  call.deadline = absl::Now() + absl::Seconds(5);
  const auto bounded = invoker().Relay(call, &raw, &refusal_);
  EXPECT_EQ(exchange().request.deadline, call.deadline);
  EXPECT_EQ(exchange().request.limits.stall, absl::InfiniteDuration());
}

TEST_F(InvokerTest, ARelayCountsAsInFlightAndReportsReachability) {
  Call call;
  call.operation = invoker().plan().FindOperation("tasks.get");
  call.arguments.parameters = {{"t1"}};
  for (int i = 0; i < upstream::UpstreamHealth::kFailuresUntilUnreachable; ++i) {
    RawRecorder raw;
    auto relay = invoker().Relay(call, &raw, &refusal_);
    EXPECT_EQ(invoker().in_flight(), 1u);
    exchange().receiver->OnEnd({Failure::kConnect, "refused", false});
    relay.reset();
    EXPECT_TRUE(exchange().closed);
  }
  EXPECT_EQ(invoker().in_flight(), 0u);
  EXPECT_FALSE(health_.reachable(0));
}

}  // namespace
}  // namespace portico::invoke
