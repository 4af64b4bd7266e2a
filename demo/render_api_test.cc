// Each habit of Render's API is a claim here.
#include "demo/render_api.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "demo/json.h"
#include "demo/manual_schedule.h"
#include "demo/recorded_exchange.h"

namespace portico::demo {
namespace {

using Answer = std::shared_ptr<RecordedAnswer>;

class RenderTest : public testing::Test {
 protected:
  Answer Call(const std::string& method, const std::string& path, const std::string& body = "",
              const std::string& accept = "*/*") {
    Request request;
    request.method = method;
    request.target = "/v1" + path;
    request.authorization = "Bearer secret";
    request.accept = accept;
    request.body = body;
    return Send(
        [this](const Request& r, std::unique_ptr<Exchange> e) { api_.Handle(r, std::move(e)); },
        request);
  }
  Json Get(const std::string& path) {
    const Answer answer = Call("GET", path);
    EXPECT_EQ(answer->status, 200) << answer->body;
    return ParseJson(answer->body).value_or(Json());
  }
  Answer Events(const std::string& query) {
    return Call("GET", "/task-runs/events" + query, "", "text/event-stream");
  }
  std::string Start(const std::string& task, const std::string& input = "[]") {
    const Answer answer =
        Call("POST", "/task-runs", absl::StrCat(R"({"task":")", task, R"(","input":)", input, "}"));
    EXPECT_EQ(answer->status, 202) << answer->body;
    return ParseJson(answer->body).value_or(Json::object()).value("id", "");
  }
  // The ids of a listing's items.
  std::vector<std::string> Ids(const std::string& path, const char* name) {
    std::vector<std::string> ids;
    for (const Json& item : Get(path)) ids.push_back(item[name]["id"]);
    return ids;
  }

  ManualSchedule schedule_;
  RenderApi api_{{.token = "secret"}, &schedule_};
};

using Strings = std::vector<std::string>;

TEST_F(RenderTest, RefusesCallsWithoutItsBearerWithIdAndMessage) {
  Request request;
  request.method = "GET";
  request.target = "/v1/tasks";
  const Answer answer =
      Send([this](const Request& r, std::unique_ptr<Exchange> e) { api_.Handle(r, std::move(e)); },
           request);
  EXPECT_EQ(answer->status, 401);
  const Json body = *ParseJson(answer->body);
  EXPECT_TRUE(body["id"].is_string() && body["message"].is_string() && body.size() == 2);
}

TEST_F(RenderTest, AnswersACreatedRunWith202AndNoInput) {
  const Answer answer =
      Call("POST", "/task-runs", R"({"task":"demo-workflow/echo","input":{"a":1}})");
  EXPECT_EQ(answer->status, 202);
  const Json run = *ParseJson(answer->body);
  EXPECT_EQ(run["status"], "pending");
  EXPECT_EQ(run["retries"], 0);
  EXPECT_EQ(run["attempts"], Json::array());
  EXPECT_EQ(run["rootTaskRunId"], run["id"]);
  EXPECT_FALSE(run.contains("input"));
}

TEST_F(RenderTest, RunsThroughPendingRunningAndCompleted) {
  const std::string id = Start("demo-workflow/echo", R"([1,"x",null])");
  schedule_.Advance(absl::Milliseconds(300));
  EXPECT_EQ(Get("/task-runs/" + id)["status"], "running");
  schedule_.Advance(absl::Seconds(1));
  const Json run = Get("/task-runs/" + id);
  EXPECT_EQ(run["status"], "completed");
  EXPECT_EQ(run["input"], *ParseJson(R"([1,"x",null])"));
  EXPECT_EQ(run["results"], run["input"]);
  EXPECT_EQ(run["attempts"][0]["status"], "completed");
  EXPECT_EQ(run["attempts"][0]["enqueuedAt"], "2026-11-21T22:39:20.000Z");
  EXPECT_EQ(run["startedAt"], "2026-11-21T22:39:20.200Z");
  EXPECT_EQ(run["completedAt"], "2026-11-21T22:39:20.700Z");
}

TEST_F(RenderTest, RetriesTheFailingTaskOnce) {
  const std::string id = Start("demo-workflow/fail");
  schedule_.Advance(absl::Seconds(5));
  const Json run = Get("/task-runs/" + id);
  EXPECT_EQ(run["status"], "failed");
  EXPECT_EQ(run["retries"], 1);
  EXPECT_EQ(run["attempts"].size(), 2);
  EXPECT_EQ(run["error"], "ValueError: this task always fails");
}

TEST_F(RenderTest, RefusesInputThatIsNeitherArrayNorObject) {
  for (const char* body :
       {R"({"task":"demo-workflow/echo","input":"s"})", R"({"task":"demo-workflow/echo"})",
        R"({"input":[]})", "{}", "[]", "", R"({"task":)"}) {
    EXPECT_EQ(Call("POST", "/task-runs", body)->status, 400) << body;
  }
  EXPECT_EQ(Call("POST", "/task-runs", R"({"task":"w/t","input":[]})")->status, 404);
}

TEST_F(RenderTest, CancelsWith204AndNoBody) {
  const std::string id = Start("demo-workflow/slow");
  schedule_.Advance(absl::Seconds(1));
  const Answer answer = Call("DELETE", "/task-runs/" + id);
  EXPECT_EQ(answer->status, 204);
  EXPECT_EQ(answer->body, "");
  EXPECT_EQ(answer->lines, "");
  EXPECT_EQ(Get("/task-runs/" + id)["status"], "canceled");
  EXPECT_EQ(schedule_.pending(), 0);
  EXPECT_EQ(Call("DELETE", "/task-runs/nope")->status, 404);
}

TEST_F(RenderTest, AnswersUnknownThingsWith404) {
  for (const char* path : {"/task-runs/x", "/tasks/x", "/nothing", "/tasks/x/y", ""}) {
    EXPECT_EQ(Call("GET", path)->status, 404) << path;
  }
  EXPECT_EQ(Call("PUT", "/task-runs")->status, 405);
  EXPECT_TRUE(absl::StrContains(Call("GET", "/task-runs/a%2Fb")->body, "task run a/b"));
}

TEST_F(RenderTest, ListsATopLevelArrayWithACursorPerItem) {
  const Json tasks = Get("/tasks");
  ASSERT_TRUE(tasks.is_array());
  EXPECT_EQ(tasks.size(), 6);
  EXPECT_TRUE(tasks[0]["cursor"].is_string());
  EXPECT_EQ(Get("/tasks/tsk-demo-workflow-greet")["name"], "greet");
}

TEST_F(RenderTest, PagesFromTheLastItemsCursor) {
  Strings seen;
  std::string query = "?limit=2";
  for (Json page = Get("/tasks" + query); !page.empty(); page = Get("/tasks" + query)) {
    EXPECT_LE(page.size(), 2);
    for (const Json& item : page) seen.push_back(item["task"]["id"]);
    query = absl::StrCat("?limit=2&cursor=", page.back()["cursor"].get<std::string>());
  }
  EXPECT_EQ(seen, Ids("/tasks", "task"));
}

TEST_F(RenderTest, TakesLimitsFromOneToAHundredAndTwentyByDefault) {
  for (int i = 0; i < 25; ++i) Start("demo-workflow/slow");
  EXPECT_EQ(Get("/task-runs").size(), 20);
  EXPECT_EQ(Get("/task-runs?limit=100").size(), 25);
  for (const char* limit : {"0", "101", "abc", "-1", ""}) {
    EXPECT_EQ(Call("GET", absl::StrCat("/task-runs?limit=", limit))->status, 400) << limit;
  }
}

TEST_F(RenderTest, RepeatsFiltersButJoinsOwnersByComma) {
  const std::string other = Start("other-workflow/echo");
  const std::string echo = Start("demo-workflow/echo");
  const std::string greet = Start("demo-workflow/greet");
  const struct {
    const char* query;
    Strings ids;
  } rows[] = {
      {"", {greet, echo, other}},
      {"?taskSlug=demo-workflow/echo&taskSlug=other-workflow/echo", {echo, other}},
      {"?taskSlug=demo-workflow/echo,other-workflow/echo", {}},
      {"?taskSlug=demo-workflow/echo:wfv-demo-workflow-1", {echo}},
      {"?taskSlug=demo-workflow/echo:other", {}},
      {"?ownerId=tea-other,tea-demo", {greet, echo, other}},
      {"?ownerId=tea-other", {other}},
      {"?ownerId=tea-demo&ownerId=tea-other", {other}},  // only the last one counts
      {"?workflowId=wfl-demo-workflow", {greet, echo}},
      {"?workflowVersionId=wfv-other-workflow-1", {other}},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(Ids(absl::StrCat("/task-runs", row.query), "taskRun"), row.ids) << row.query;
  }
}

TEST_F(RenderTest, ListsTheRunsOfARoot) {
  const std::string root = Start("demo-workflow/fan-out");
  Start("demo-workflow/echo");
  schedule_.Advance(absl::Seconds(5));
  EXPECT_EQ(Ids("/task-runs?rootTaskRunId=" + root, "taskRun").size(), 3);
  EXPECT_EQ(Get("/task-runs?rootTaskRunId=" + root)[0]["taskRun"]["parentTaskRunId"], root);
}

TEST_F(RenderTest, NeedsTaskRunIdsAndItsAcceptForEvents) {
  for (const char* query : {"", "?taskRunIds=", "?taskRunIds=,", "?taskRunIds[]=x"}) {
    EXPECT_EQ(Events(query)->status, 400) << query;
  }
  for (const char* accept : {"", "*/*", "application/json"}) {
    EXPECT_EQ(Call("GET", "/task-runs/events?taskRunIds=x", "", accept)->status, 400) << accept;
  }
}

TEST_F(RenderTest, StreamsRetryPingsAndUnnumberedEventsForEver) {
  const std::string id = Start("demo-workflow/greet", R"({"name":"Ada"})");
  const Answer stream = Events("?taskRunIds=" + id);
  EXPECT_EQ(stream->status, 200) << "the head does not wait for an event";
  EXPECT_EQ(stream->chunks, Strings{"retry: 2000\n\n"});
  schedule_.Advance(absl::Seconds(1));
  ASSERT_EQ(stream->chunks.size(), 2);
  const std::string start = "id: 0\nevent: task.completed\ndata: {\"id\":\"" + id + "\"";
  EXPECT_TRUE(absl::StartsWith(stream->chunks[1], start)) << stream->chunks[1];
  EXPECT_TRUE(absl::StrContains(stream->chunks[1], R"("results":["Hello, Ada"])"));
  EXPECT_TRUE(absl::EndsWith(stream->chunks[1], "}\n\n"));
  schedule_.Advance(absl::Seconds(50));
  EXPECT_EQ(stream->chunks.size(), 4);
  EXPECT_EQ(stream->chunks[3], ": ping\n\n");
  EXPECT_FALSE(stream->whole);
}

TEST_F(RenderTest, TellsFailuresAsTaskCompletedToo) {
  const std::string id = Start("demo-workflow/fail");
  const Answer stream = Events("?taskRunIds=" + id);
  schedule_.Advance(absl::Seconds(5));
  ASSERT_EQ(stream->chunks.size(), 2);
  EXPECT_TRUE(absl::StrContains(stream->chunks[1], "event: task.completed\n"));
  EXPECT_TRUE(absl::StrContains(stream->chunks[1], R"("status":"failed")"));
}

TEST_F(RenderTest, ReplaysOnlyCompletedAndFailedRuns) {
  const std::string done = Start("demo-workflow/echo");
  const std::string failed = Start("demo-workflow/fail");
  const std::string canceled = Start("demo-workflow/slow");
  Call("DELETE", "/task-runs/" + canceled);
  schedule_.Advance(absl::Seconds(5));
  const std::string comma = absl::StrCat("?taskRunIds=", canceled, ",", done, ",", failed);
  const std::string repeated = absl::StrCat("?taskRunIds=", done, "&taskRunIds=", failed);
  for (const std::string& query : {comma, repeated}) {
    EXPECT_EQ(Events(query)->chunks.size(), 3) << query;
  }
  EXPECT_EQ(Events("?taskRunIds=" + canceled)->chunks.size(), 1);
}

TEST_F(RenderTest, ForgetsStreamsWhoseCallerLeft) {
  const Answer stream = Events("?taskRunIds=x");
  EXPECT_EQ(api_.events().streams(), 1);
  stream->GoAway();
  EXPECT_EQ(api_.events().streams(), 0);
  EXPECT_EQ(schedule_.pending(), 0);
}

}  // namespace
}  // namespace portico::demo
