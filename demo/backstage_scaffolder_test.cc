// Each quirk of the recorded scaffolder is a claim here.
#include "demo/backstage_scaffolder.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "demo/json.h"
#include "demo/manual_schedule.h"
#include "demo/recorded_exchange.h"

namespace portico::demo {
namespace {

using Answer = std::shared_ptr<RecordedAnswer>;

class BackstageTest : public testing::Test {
 protected:
  explicit BackstageTest(bool strict_vendor = false)
      : scaffolder_({.token = "secret", .strict_vendor = strict_vendor}, &schedule_) {}

  Answer Call(const std::string& method, const std::string& path, const std::string& body = "",
              const std::string& authorization = "Bearer secret",
              const std::string& content_type = "application/json") {
    Request request;
    request.method = method;
    request.target = "/api/scaffolder" + path;
    request.authorization = authorization;
    request.content_type = content_type;
    request.body = body;
    return Send([this](const Request& r,
                       std::unique_ptr<Exchange> e) { scaffolder_.Handle(r, std::move(e)); },
                request);
  }

  std::string Create(const std::string& name, const std::string& values = "{}",
                     const std::string& authorization = "Bearer secret") {
    const Answer answer = Call(
        "POST", "/v2/tasks",
        absl::StrCat(R"({"templateRef":"template:default/)", name, R"(","values":)", values, "}"),
        authorization);
    EXPECT_EQ(answer->status, 201) << answer->body;
    return ParseJson(answer->body).value_or(Json::object()).value("id", "");
  }

  std::string StatusOf(const std::string& id) {
    return (*ParseJson(Call("GET", "/v2/tasks/" + id)->body))["status"];
  }

  // The events of a task as "type stepId status message", the id and ANSI colours
  // left out, long stack traces cut.
  std::vector<std::string> EventsOf(const std::string& id) {
    std::vector<std::string> lines;
    const Json events = *ParseJson(Call("GET", "/v2/tasks/" + id + "/logs")->body);
    for (const Json& event : events) {
      const Json& body = event["body"];
      std::string message = body["message"];
      message = message.substr(0, message.find("\n    at "));
      lines.push_back(absl::StrCat(
          event["type"].get<std::string>(), " ", Dump(body.value("stepId", Json("-"))), " ",
          body.value("status", "-"), " ",
          absl::StrReplaceAll(message, {{"\x1b[32minfo\x1b[39m: ", ""}, {"\n", ""}, {id, "ID"}})));
    }
    return lines;
  }

  ManualSchedule schedule_;
  BackstageScaffolder scaffolder_;
};

class StrictBackstageTest : public BackstageTest {
 protected:
  StrictBackstageTest() : BackstageTest(/*strict_vendor=*/true) {}
};

constexpr absl::Duration kRun = absl::Seconds(10);  // more than quick and failing take

std::string ErrorBody(const std::string& name, const std::string& message,
                      const std::string& method, const std::string& url, int status) {
  return absl::StrCat(R"({"error":{"name":")", name, R"(","message":)", Quote(message),
                      R"(},"request":{"method":")", method, R"(","url":")", url,
                      R"("},"response":{"statusCode":)", status, "}}");
}

TEST_F(BackstageTest, RefusesCallsWithoutABearer) {
  for (const char* authorization : {"", "Basic YTpi"}) {
    const Answer answer = Call("GET", "/v2/tasks", "", authorization);
    EXPECT_EQ(answer->status, 401);
    EXPECT_EQ(answer->body,
              ErrorBody("AuthenticationError", "Missing credentials", "GET", "/v2/tasks", 401));
    EXPECT_FALSE(absl::StrContains(answer->lines, "WWW-Authenticate"));
  }
}

TEST_F(BackstageTest, RefusesAWrongBearerInOtherWords) {
  EXPECT_EQ(Call("GET", "/v2/tasks", "", "Bearer nonsense")->body,
            ErrorBody("AuthenticationError", "Illegal token", "GET", "/v2/tasks", 401));
}

TEST_F(BackstageTest, AnswersUnknownPathsWithAnEmptyChunked404) {
  const struct {
    const char* method;
    const char* path;
  } rows[] = {{"GET", "/v2/nothing"},
              {"GET", "/v1/v2/tasks"},
              {"DELETE", "/v2/tasks/x"},
              {"POST", "/v2/tasks/x"},
              {"PUT", "/v2/tasks"},
              {"GET", "/v2/dry-run"},
              {"GET", "/v2/tasks/x/y"},
              {"GET", ""},
              {"GET", "/v2/tasks/x/events/1"},
              {"GET", "/v2/tasks/x/cancel"}};
  for (const auto& row : rows) {
    const Answer answer = Call(row.method, row.path);
    EXPECT_EQ(answer->status, 404) << row.path;
    EXPECT_TRUE(answer->chunked && answer->whole && answer->body.empty()) << row.path;
    EXPECT_FALSE(absl::StrContains(answer->lines, "Content-Type:")) << row.path;
  }
}

TEST_F(BackstageTest, WordsBadCreateBodiesAsRecorded) {
  const struct {
    const char* body;
    const char* message;
  } rows[] = {
      {R"({"templateRef":)", "Unexpected end of JSON input"},
      {R"({"values":{}})", "request/body must have required property 'templateRef'"},
      {R"({"templateRef":"quick"})", "request/body must have required property 'values'"},
      {"[1,2]", "request/body must be object"},
      {"", "request/body must have required property 'templateRef'"},
      {R"({"templateRef":1,"values":{}})", "request/body/templateRef must be string"},
      {R"({"templateRef":"quick","values":[]})", "request/body/values must be object"},
      {R"({"templateRef":"user:default/guest","values":{}})",
       "Invalid kind, only 'Template' kind is supported"},
      {R"({"templateRef":"a:b:c/d/e","values":{}})",
       "Invalid kind, only 'Template' kind is supported"},
  };
  for (const auto& row : rows) {
    const Answer answer = Call("POST", "/v2/tasks", row.body);
    EXPECT_EQ(answer->status, 400);
    EXPECT_EQ(answer->body, ErrorBody("InputError", row.message, "POST", "/v2/tasks", 400));
  }
  EXPECT_EQ(Call("POST", "/v2/tasks", "hello", "Bearer secret", "text/plain")->body,
            ErrorBody("InputError", "unsupported media type text/plain", "POST", "/v2/tasks", 400));
  EXPECT_EQ(Call("POST", "/v2/dry-run", std::string(11 * 1024 * 1024, ' '))->body,
            ErrorBody("InputError", "request entity too large", "POST", "/v2/dry-run", 400));
}

TEST_F(BackstageTest, AnswersAnUnknownTemplateWith404) {
  for (const char* ref : {"template:default/none", "none"}) {
    const Answer answer =
        Call("POST", "/v2/tasks", absl::StrCat(R"({"templateRef":")", ref, R"(","values":{}})"));
    EXPECT_EQ(answer->body, ErrorBody("NotFoundError", "Template template:default/none not found",
                                      "POST", "/v2/tasks", 404));
  }
}

TEST_F(BackstageTest, AnswersValuesThatBreakTheSchemaInTheSecondShape) {
  const Answer answer =
      Call("POST", "/v2/tasks",
           R"({"templateRef":"template:default/quick","values":{"name":"NOT OK","seconds":"x"}})");
  EXPECT_EQ(answer->status, 400);
  const Json body = *ParseJson(answer->body);
  EXPECT_EQ(body.size(), 1);
  EXPECT_EQ(body["errors"][0]["stack"],
            "instance.name does not match pattern \"^[a-z][a-z0-9-]*$\"");
  EXPECT_EQ(body["errors"][1]["property"], "instance.seconds");
}

TEST_F(BackstageTest, TakesShortReferencesSecretsAndUnknownProperties) {
  for (const char* body :
       {R"({"templateRef":"quick","values":{"name":"x"}})",
        R"({"templateRef":"TEMPLATE:quick","values":{"name":"x"},"zzz":1})",
        R"({"templateRef":"quick","values":{"name":"x"},"secrets":{"k":"v"}})"}) {
    EXPECT_EQ(Call("POST", "/v2/tasks", body)->status, 201) << body;
  }
}

TEST_F(BackstageTest, RunsQuickWithTheRecordedEvents) {
  const std::string id = Create("quick", R"({"name":"alpha","seconds":2})");
  schedule_.Advance(kRun);
  EXPECT_EQ(StatusOf(id), "completed");
  EXPECT_EQ(EventsOf(id),
            (std::vector<std::string>{
                R"(log "-" - Starting up task with 3 steps)",
                R"(log "hello" processing Beginning step Say hello)",
                R"(log "hello" - {  "message": "hello alpha"})", R"(log "hello" - hello alpha)",
                R"(log "hello" completed Finished step Say hello)",
                R"(log "pause" processing Beginning step Pause)",
                R"(log "pause" completed Finished step Pause)",
                R"(log "bye" processing Beginning step Say bye)",
                R"(log "bye" - {  "message": "bye alpha",  "listWorkspace": true})",
                R"(log "bye" - bye alpha)", R"(log "bye" - Workspace:)",
                R"(log "bye" completed Finished step Say bye)",
                R"(completion "-" - Run completed with status: completed)"}));
}

TEST_F(BackstageTest, WritesFramesByteForByteAsRecorded) {
  const std::string id = Create("quick", R"({"name":"alpha"})");
  schedule_.Advance(kRun);
  const Answer stream = Call("GET", "/v2/tasks/" + id + "/eventstream");
  ASSERT_EQ(stream->chunks.size(), 13);
  EXPECT_EQ(
      stream->chunks[1],
      absl::StrCat("event: log\ndata: {\"id\":2,\"isTaskRecoverable\":false,\"taskId\":\"", id,
                   "\",\"body\":{\"message\":\"Beginning step Say "
                   "hello\",\"stepId\":\"hello\",\"status\":\"processing\"},\"type\":\"log\","
                   "\"createdAt\":\"2026-11-21T22:39:20.000Z\"}\n\n"));
  EXPECT_TRUE(absl::StrContains(stream->chunks[2],
                                R"("message":"\u001b[32minfo\u001b[39m: {\n  \"message\": )"));
  EXPECT_EQ(stream->chunks[12],
            absl::StrCat(
                "event: completion\ndata: {\"id\":13,\"isTaskRecoverable\":false,\"taskId\":\"", id,
                "\",\"body\":{\"message\":\"Run completed with status: completed\",\"output\":{"
                "\"links\":[{\"title\":\"Result\",\"url\":\"https://example.invalid/alpha\"}],"
                "\"text\":[{\"title\":\"Done\",\"content\":\"made "
                "alpha\"}]}},\"type\":\"completion\",\"createdAt\":\"2026-11-21T22:39:22.000Z\"}"
                "\n\n"));
  EXPECT_TRUE(stream->whole);
  EXPECT_TRUE(absl::StrContains(stream->lines, "Content-Type: text/event-stream\r\n"));
  EXPECT_TRUE(absl::StrContains(stream->lines, "Cache-Control: no-cache\r\n"));
}

TEST_F(BackstageTest, AnswersATaskInTheRecordedShape) {
  const std::string id = Create("slow", R"({"note":"n"})");
  schedule_.Advance(absl::Seconds(2));
  EXPECT_EQ(
      absl::StrReplaceAll(Call("GET", "/v2/tasks/" + id)->body, {{id, "ID"}}),
      R"x({"id":"ID","spec":{"apiVersion":"scaffolder.backstage.io/v1beta3","steps":[{"id":"first","name":"First","action":"debug:log","input":{"message":"about to wait ${{ parameters.note }}"}},{"id":"long","name":"Long wait","action":"debug:wait","input":{"seconds":120}},{"id":"last","name":"Last","action":"debug:log","input":{"message":"never reached when cancelled"}}],"output":{},"parameters":{"note":"n"},"user":{},"templateInfo":{"entityRef":"template:default/slow","baseUrl":"file:///app/catalog/entities.yaml","entity":{"metadata":{"namespace":"default","annotations":{"backstage.io/managed-by-location":"file:/app/catalog/entities.yaml","backstage.io/managed-by-origin-location":"file:/app/catalog/entities.yaml"},"name":"slow","title":"Slow","description":"long enough to cancel (a 120 s wait in the second of three steps)","uid":"3638c298-e30f-462e-82f4-4b31cfee262b","etag":"dc9b930f59c136b579a7fbef09f6e41796bfb42b"}}}},"status":"processing","createdAt":"2026-11-21T22:39:20.000Z","lastHeartbeatAt":"2026-11-21T22:39:22.000Z"})x");
}

TEST_F(BackstageTest, FailsWithAStackTraceInTheLog) {
  const std::string id = Create("failing");
  schedule_.Advance(kRun);
  EXPECT_EQ(StatusOf(id), "failed");
  const std::vector<std::string> events = EventsOf(id);
  ASSERT_EQ(events.size(), 8);
  EXPECT_EQ(events[6],
            "log \"boom\" failed Error: Waiting duration is longer than the maximum threshold of 0 "
            "hours, 10 minutes, 0 seconds");
  EXPECT_EQ(events[7], "completion \"-\" - Run completed with status: failed");
  EXPECT_TRUE(absl::StrContains(Call("GET", "/v2/tasks/" + id + "/events")->body,
                                R"(\n    at Object.handler ()"));
}

TEST_F(BackstageTest, KeepsTheHeadUntilTheFirstEvent) {
  const std::string id = Create("slow");
  const Answer stream = Call("GET", "/v2/tasks/" + id + "/eventstream");
  EXPECT_EQ(stream->status, 0);
  schedule_.Advance(absl::Seconds(2));
  EXPECT_EQ(stream->status, 200);
  const std::size_t seen = stream->chunks.size();
  const Answer late = Call("GET", absl::StrCat("/v2/tasks/", id, "/eventstream?after=", seen));
  schedule_.Advance(absl::Seconds(40));
  EXPECT_EQ(late->status, 0) << "idle: no head, no heartbeat";
  EXPECT_EQ(stream->chunks.size(), seen);
}

TEST_F(BackstageTest, PollsItsStoreEachSecond) {
  const std::string id = Create("quick", R"({"name":"alpha"})");
  const Answer stream = Call("GET", "/v2/tasks/" + id + "/eventstream");
  schedule_.Advance(absl::Milliseconds(999));
  EXPECT_FALSE(EventsOf(id).empty());
  EXPECT_EQ(stream->chunks.size(), 0) << "the events are there, but not polled";
  schedule_.Advance(absl::Milliseconds(1));
  EXPECT_EQ(stream->chunks.size(), 6);
  schedule_.Advance(absl::Seconds(2));
  EXPECT_EQ(stream->chunks.size(), 13);
  EXPECT_TRUE(stream->whole);
}

TEST_F(BackstageTest, ResendsTheCompletionWhateverAfterSays) {
  const std::string id = Create("quick", R"({"name":"alpha"})");
  schedule_.Advance(kRun);
  const struct {
    const char* after;
    int frames;
  } rows[] = {{"3", 10}, {"12", 1}, {"13", 1}, {"999999", 1}, {"abc", 1}, {"-1", 13}, {"", 13}};
  for (const auto& row : rows) {
    const Answer stream =
        Call("GET", absl::StrCat("/v2/tasks/", id, "/eventstream?zzz=1&after=", row.after));
    EXPECT_EQ(stream->chunks.size(), row.frames) << row.after;
    EXPECT_TRUE(absl::StartsWith(stream->chunks.back(), "event: completion\n")) << row.after;
  }
}

TEST_F(BackstageTest, NumbersEventsAcrossTasks) {
  Create("quick", R"({"name":"one","seconds":0})");
  schedule_.Advance(kRun);
  const std::string second = Create("quick", R"({"name":"two","seconds":0})");
  schedule_.Advance(kRun);
  EXPECT_EQ((*ParseJson(Call("GET", "/v2/tasks/" + second + "/events")->body))[0]["id"], 14);
}

TEST_F(BackstageTest, EndsACancelledTaskAsFailed) {
  const std::string id = Create("slow");
  schedule_.Advance(absl::Seconds(2));
  const Answer stream = Call("GET", "/v2/tasks/" + id + "/eventstream");
  EXPECT_EQ(Call("POST", "/v2/tasks/" + id + "/cancel")->body, R"({"status":"cancelled"})");
  EXPECT_EQ(StatusOf(id), "processing") << "still, just after the cancel";
  schedule_.Advance(absl::Seconds(2));
  EXPECT_EQ(StatusOf(id), "failed");
  const std::vector<std::string> events = EventsOf(id);
  ASSERT_EQ(events.size(), 10);
  EXPECT_EQ(events[6], R"(cancelled "long" cancelled Step long has been cancelled.)");
  EXPECT_EQ(events[7],
            R"(log "long" failed Error: Step long (Long wait) of task ID has been cancelled.)");
  EXPECT_EQ(events[8], R"(log "last" skipped Skipping step last because a previous step failed)");
  EXPECT_EQ(events[9], R"(completion "-" - Run completed with status: failed)");
  EXPECT_TRUE(stream->whole);
  EXPECT_EQ(stream->chunks.size(), 10);
}

TEST_F(BackstageTest, AlwaysSaysCancelled) {
  const std::string id = Create("quick", R"({"name":"alpha","seconds":0})");
  schedule_.Advance(kRun);
  const Answer answer = Call("POST", "/v2/tasks/" + id + "/cancel", "{}");
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, R"({"status":"cancelled"})");
  EXPECT_EQ(StatusOf(id), "completed");
  EXPECT_EQ(EventsOf(id).back(), R"(cancelled "bye" cancelled Step bye has been cancelled.)")
      << "after the completion";
  EXPECT_EQ(Call("GET", "/v2/tasks/" + id + "/eventstream")->chunks.size(), 14);
}

TEST_F(BackstageTest, QueuesTasksBeyondTenWorkers) {
  for (std::size_t i = 0; i < StepRunner::kWorkers; ++i) Create("slow");
  const std::string queued = Create("quick", R"({"name":"alpha","seconds":0})");
  schedule_.Advance(absl::Seconds(5));
  EXPECT_EQ(StatusOf(queued), "open");
  EXPECT_TRUE((*ParseJson(Call("GET", "/v2/tasks/" + queued)->body))["lastHeartbeatAt"].is_null());
  schedule_.Advance(absl::Seconds(130));
  EXPECT_EQ(StatusOf(queued), "completed");
}

TEST_F(BackstageTest, KeepsACancelledQueuedTaskOpenWithANumberForItsStep) {
  for (std::size_t i = 0; i < StepRunner::kWorkers; ++i) Create("slow");
  const std::string queued = Create("slow");
  const Answer stream = Call("GET", "/v2/tasks/" + queued + "/eventstream");
  Call("POST", "/v2/tasks/" + queued + "/cancel");
  schedule_.Advance(absl::Seconds(5));
  EXPECT_EQ(StatusOf(queued), "open");
  ASSERT_EQ(stream->chunks.size(), 1);
  EXPECT_TRUE(absl::StrContains(
      stream->chunks[0],
      R"("body":{"message":"Step 0 has been cancelled.","stepId":0,"status":"cancelled"})"));
  EXPECT_FALSE(stream->whole);
  schedule_.Advance(absl::Seconds(130));
  EXPECT_EQ(StatusOf(queued), "failed") << "once a worker takes it";
  EXPECT_TRUE(stream->whole);
}

TEST_F(BackstageTest, AnswersUnknownTasksWith404EscapesAndAll) {
  const struct {
    const char* method;
    const char* url;
    const char* id;
  } rows[] = {{"GET", "/v2/tasks/00000000-0000-4000-8000-000000000000",
               "00000000-0000-4000-8000-000000000000"},
              {"POST", "/v2/tasks/x/cancel", "x"},
              {"GET", "/v2/tasks/x/eventstream", "x"},
              {"GET", "/v2/tasks/x/events", "x"},
              {"GET", "/v2/tasks/not%20a%20uuid", "not a uuid"},
              {"GET", "/v2/tasks/a%2Fb", "a/b"}};
  for (const auto& row : rows) {
    EXPECT_EQ(Call(row.method, row.url)->body,
              ErrorBody("NotFoundError", absl::StrCat("No task with id '", row.id, "' found"),
                        row.method, row.url, 404));
  }
  EXPECT_EQ(Call("GET", "/v2/tasks/%E0%A4%A")->body,
            ErrorBody("InputError", "malformed uri'", "GET", "/v2/tasks/%E0%A4%A", 400));
  EXPECT_EQ(Call("GET", "/v2/tasks/")->body, R"({"tasks":[],"totalTasks":0})")
      << "an empty id is the list";
}

TEST_F(BackstageTest, HoldsEventsForThirtySeconds) {
  const std::string id = Create("slow");
  schedule_.Advance(absl::Seconds(2));
  const Answer answer = Call("GET", "/v2/tasks/" + id + "/events?after=6");
  schedule_.Advance(absl::Milliseconds(29'900));
  EXPECT_FALSE(answer->whole);
  schedule_.Advance(absl::Milliseconds(100));
  EXPECT_EQ(answer->body, "[]");
  EXPECT_EQ(Call("GET", "/v2/tasks/" + id + "/events?after=abc")->body,
            ErrorBody("InputError", "request/query/after must be integer", "GET",
                      "/v2/tasks/" + id + "/events?after=abc", 400));
}

TEST_F(BackstageTest, AnswersAHeldRequestWithTheNextEvents) {
  const std::string id = Create("slow");
  schedule_.Advance(absl::Seconds(2));
  const Answer answer = Call("GET", "/v2/tasks/" + id + "/events?after=6");
  Call("POST", "/v2/tasks/" + id + "/cancel");
  schedule_.Advance(absl::Seconds(1));
  const Json events = *ParseJson(answer->body);
  ASSERT_GE(events.size(), 1);
  EXPECT_EQ(events[0]["type"], "cancelled");
}

TEST_F(BackstageTest, ServesLogsAtOnceThoughTheVendorHasNone) {
  const std::string id = Create("slow");
  EXPECT_EQ(Call("GET", "/v2/tasks/" + id + "/logs")->body, "[]");
  schedule_.Advance(absl::Seconds(2));
  EXPECT_EQ(ParseJson(Call("GET", "/v2/tasks/" + id + "/logs?after=4")->body)->size(), 2);
}

TEST_F(StrictBackstageTest, Answers404ToLogsAsTheVendorDoes) {
  const std::string id = Create("slow");
  const Answer answer = Call("GET", "/v2/tasks/" + id + "/logs");
  EXPECT_EQ(answer->status, 404);
  EXPECT_TRUE(answer->chunked && answer->body.empty());
}

TEST_F(BackstageTest, NamesTheCreatorOnlyOfAUsersTask) {
  const std::string service = Create("slow");
  const std::string guest = Create("slow", "{}", "Bearer secret-guest");
  EXPECT_FALSE(ParseJson(Call("GET", "/v2/tasks/" + service)->body)->contains("createdBy"));
  const Json task = *ParseJson(Call("GET", "/v2/tasks/" + guest)->body);
  EXPECT_EQ(task["createdBy"], "user:default/guest");
  EXPECT_EQ(task["spec"]["user"]["ref"], "user:default/guest");
}

TEST_F(BackstageTest, ForgetsReadersThatGoAway) {
  const std::string id = Create("slow");
  const Answer stream = Call("GET", "/v2/tasks/" + id + "/eventstream");
  const Answer poll = Call("GET", "/v2/tasks/" + id + "/events");
  EXPECT_EQ(scaffolder_.readers().waiting(), 2);
  stream->GoAway();
  poll->GoAway();
  EXPECT_EQ(scaffolder_.readers().waiting(), 0);
  schedule_.Advance(kRun);
  EXPECT_TRUE(stream->chunks.empty());
}

TEST_F(BackstageTest, TicksAtASteadyInterval) {
  const std::string id = Create("ticker", R"({"count":3,"interval_ms":250})");
  const Answer stream = Call("GET", "/v2/tasks/" + id + "/eventstream");
  schedule_.Advance(absl::Milliseconds(200));  // the start
  EXPECT_EQ(stream->chunks.size(), 2) << "told at once, not at the poll";
  schedule_.Advance(absl::Milliseconds(250));
  EXPECT_TRUE(absl::StrContains(stream->chunks.back(), R"("message":"tick 1")"));
  schedule_.Advance(absl::Milliseconds(500));
  EXPECT_EQ(stream->chunks.size(), 7);
  EXPECT_TRUE(stream->whole);
}

TEST_F(BackstageTest, LetsTickersRunBesideTheWorkers) {
  for (std::size_t i = 0; i < StepRunner::kWorkers; ++i) Create("slow");
  const std::string id = Create("ticker", R"({"count":0,"interval_ms":1})");
  schedule_.Advance(absl::Seconds(1));
  EXPECT_EQ(StatusOf(id), "completed");
}

TEST_F(BackstageTest, ChecksDryRunBodiesInTheRecordedOrder) {
  const struct {
    const char* body;
    const char* message;
  } rows[] = {
      {"{}", "request/body must have required property 'template'"},
      {R"({"template":"template:default/quick","values":{},"directoryContents":[]})",
       "request/body/template must be object"},
      {R"({"template":{},"values":{}})",
       "request/body must have required property 'directoryContents'"},
      {R"({"template":{"kind":"Nope"},"values":{},"directoryContents":[]})",
       "Input template is not a template"},
      {R"({"template":{"kind":"Template","spec":{}},"values":{},"directoryContents":[{}]})",
       "request/body/directoryContents/0 must have required property 'path'"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(Call("POST", "/v2/dry-run", row.body)->body,
              ErrorBody("InputError", row.message, "POST", "/v2/dry-run", 400));
  }
}

TEST_F(BackstageTest, AnswersADryRunsFailuresByKind) {
  const std::string start = R"({"template":{"kind":"Template","spec":{"steps":[{"action":")";
  EXPECT_EQ(Call("POST", "/v2/dry-run",
                 start + R"(no:such:action"}]}},"values":{},"directoryContents":[]})")
                ->status,
            404);
  EXPECT_EQ(
      Call(
          "POST", "/v2/dry-run",
          start +
              R"(debug:log"}]}},"values":{},"directoryContents":[{"path":"../x","base64Content":""}]})")
          ->status,
      403);
  EXPECT_EQ(
      Call("POST", "/v2/dry-run", start + R"(debug:log"}]}},"values":{},"directoryContents":[]})")
          ->status,
      200);
}

}  // namespace
}  // namespace portico::demo
