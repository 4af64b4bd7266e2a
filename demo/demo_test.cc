// The three stand-ins over real connections.
#include "demo/demo.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "demo/json.h"
#include "demo/test_client.h"

namespace portico::demo {
namespace {

class DemoTest : public testing::Test {
 protected:
  DemoTest() : demo_(*Demo::Start({.time_scale = 0.01})) {
    for (const auto& [name, uri] : demo_->base_uris()) uris_[name] = uri;
  }
  int PortOfApi(const std::string& name) { return PortOf(uris_.at(name)); }

  // Creates a scaffolder task and returns its path.
  std::string CreateTask(TestClient& client, const std::string& name, const std::string& values) {
    client.Request("POST", "/api/scaffolder/v2/tasks", "demo-token",
                   absl::StrCat(R"({"templateRef":")", name, R"(","values":)", values, "}"));
    const auto created = client.ReadResponse();
    EXPECT_EQ(created.status, 201) << created.body;
    return "/api/scaffolder/v2/tasks/" +
           ParseJson(created.body).value_or(Json::object()).value("id", "");
  }

  std::unique_ptr<Demo> demo_;
  std::map<std::string, std::string> uris_;
};

TEST_F(DemoTest, NamesABaseUriPerCapability) {
  ASSERT_EQ(uris_.size(), 3);
  EXPECT_TRUE(absl::EndsWith(uris_.at("scaffolder-tasks"), "/api/scaffolder"));
  EXPECT_TRUE(absl::EndsWith(uris_.at("render-workflow-tasks-beta"), "/v1"));
  EXPECT_TRUE(absl::EndsWith(uris_.at("northflank-jobs"), "/v1"));
}

TEST_F(DemoTest, RefusesOptionsThatMakeNoSense) {
  EXPECT_FALSE(Demo::Start({.time_scale = 0}).ok());
  EXPECT_FALSE(Demo::Start({.time_scale = -1}).ok());
  EXPECT_FALSE(Demo::Start({.token = ""}).ok());
}

TEST_F(DemoTest, StreamsATaskToItsEndAndKeepsTheConnection) {
  TestClient client(PortOfApi("scaffolder-tasks"));
  const std::string task = CreateTask(client, "quick", R"({"name":"alpha","seconds":2})");
  client.Request("GET", task + "/eventstream", "demo-token");
  const auto stream = client.ReadResponse();
  EXPECT_EQ(stream.status, 200);
  const std::vector<std::string> frames = absl::StrSplit(stream.body, "\n\n", absl::SkipEmpty());
  EXPECT_EQ(frames.size(), 13);
  EXPECT_TRUE(absl::StartsWith(frames.back(), "event: completion\ndata: {\"id\":13,"));
  client.Request("GET", task, "demo-token");
  const auto got = client.ReadResponse();
  EXPECT_TRUE(absl::StrContains(got.body, R"("status":"completed")"));
}

TEST_F(DemoTest, SendsVendorHeaders) {
  TestClient client(PortOfApi("scaffolder-tasks"));
  client.Request("GET", "/api/scaffolder/v2/tasks", "demo-token");
  const auto list = client.ReadResponse();
  EXPECT_EQ(list.body, R"({"tasks":[],"totalTasks":0})");
  for (const char* line :
       {"X-Powered-By: Express", "Content-Type: application/json; charset=utf-8",
        "Vary: Accept-Encoding", "ETag: W/\"1b-", "Keep-Alive: timeout=5", "Content-Length: 27"}) {
    EXPECT_TRUE(absl::StrContains(list.head, line)) << line;
  }
}

TEST_F(DemoTest, AnswersUnknownPathsWithABodyless404) {
  TestClient client(PortOfApi("scaffolder-tasks"));
  client.Request("GET", "/api/scaffolder/v2/nothing", "demo-token");
  EXPECT_TRUE(absl::StartsWith(client.ReadUntil("\r\n\r\n"), "HTTP/1.1 404 Not Found\r\n"));
  EXPECT_EQ(client.ReadBytes(5), "0\r\n\r\n");
}

TEST_F(DemoTest, TellsARunsEndOnAStreamThatStaysOpen) {
  TestClient client(PortOfApi("render-workflow-tasks-beta"));
  client.Request("POST", "/v1/task-runs", "demo-token",
                 R"({"task":"demo-workflow/greet","input":["Ada"]})");
  const auto created = client.ReadResponse();
  ASSERT_EQ(created.status, 202);
  const std::string id = (*ParseJson(created.body))["id"];
  client.Request("GET", "/v1/task-runs/events?taskRunIds=" + id, "demo-token", "",
                 "Accept: text/event-stream\r\n");
  client.ReadUntil("\r\n\r\n");
  EXPECT_EQ(client.ReadChunk(), "retry: 2000\n\n");
  EXPECT_TRUE(
      absl::StrContains(client.ReadChunk(), "event: task.completed\ndata: {\"id\":\"" + id));
  EXPECT_EQ(client.ReadChunk(), ": ping\n\n");
}

TEST_F(DemoTest, RunsAJob) {
  TestClient client(PortOfApi("northflank-jobs"));
  client.Request("POST", "/v1/projects/demo-project/jobs/send-invoices/run", "demo-token");
  const auto run = client.ReadResponse();
  EXPECT_EQ(run.status, 200);
  EXPECT_TRUE(absl::StrContains(run.body, R"("runName":"send-invoices-)"));
}

TEST_F(DemoTest, TellsAllReadersOfATickerEachTick) {
  constexpr int kReaders = 200;
  TestClient control(PortOfApi("scaffolder-tasks"));
  const std::string task = CreateTask(control, "ticker", R"({"count":3,"interval_ms":1000})");
  std::vector<std::unique_ptr<TestClient>> readers;
  for (int i = 0; i < kReaders; ++i) {
    readers.push_back(std::make_unique<TestClient>(PortOfApi("scaffolder-tasks")));
    readers.back()->Request("GET", task + "/eventstream", "demo-token");
  }
  for (const auto& reader : readers) {
    const std::string body = reader->ReadResponse().body;
    for (const char* tick : {"tick 1\"", "tick 2\"", "tick 3\"", "event: completion"}) {
      EXPECT_TRUE(absl::StrContains(body, tick)) << tick;
    }
  }
}

TEST_F(DemoTest, EndsWithStreamsOpen) {
  TestClient backstage(PortOfApi("scaffolder-tasks"));
  const std::string task = CreateTask(backstage, "slow", "{}");
  backstage.Request("GET", task + "/eventstream", "demo-token");
  TestClient render(PortOfApi("render-workflow-tasks-beta"));
  render.Request("GET", "/v1/task-runs/events?taskRunIds=x", "demo-token", "",
                 "Accept: text/event-stream\r\n");
  render.ReadUntil("retry: 2000");
  demo_.reset();
  render.ReadUntil("never");
  EXPECT_TRUE(render.AtEnd());
}

}  // namespace
}  // namespace portico::demo
