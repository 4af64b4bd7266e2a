// Each habit of Northflank's API, as its own client reads it, is a claim here.
#include "demo/northflank_api.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "demo/json.h"
#include "demo/recorded_exchange.h"

namespace portico::demo {
namespace {

using Answer = std::shared_ptr<RecordedAnswer>;

Answer CallTo(NorthflankApi& api, const std::string& method, const std::string& path,
              const std::string& body = "", const std::string& token = "secret") {
  Request request;
  request.method = method;
  request.target = "/v1" + path;
  request.authorization = "Bearer " + token;
  request.body = body;
  return Send(
      [&api](const Request& r, std::unique_ptr<Exchange> e) { api.Handle(r, std::move(e)); },
      request);
}

class NorthflankTest : public testing::Test {
 protected:
  Answer Call(const std::string& method, const std::string& path, const std::string& body = "") {
    return CallTo(api_, method, path, body);
  }
  Json Get(const std::string& path) {
    const Answer answer = Call("GET", path);
    EXPECT_EQ(answer->status, 200) << answer->body;
    return ParseJson(answer->body).value_or(Json());
  }
  NorthflankApi api_{{.token = "secret"}};
};

constexpr char kJobs[] = "/projects/demo-project/jobs";
constexpr char kJob[] = R"({"name":"My Job","billing":{"deploymentPlan":"nf-compute-10"}})";

TEST_F(NorthflankTest, WrapsErrorsWithMessageIdAndDetails) {
  const Answer answer = CallTo(api_, "GET", kJobs, "", "wrong");
  EXPECT_EQ(answer->status, 401);
  EXPECT_EQ(
      answer->body,
      R"({"error":{"message":"Invalid or missing API token.","id":"unauthorized","details":{}}})");
}

TEST_F(NorthflankTest, ListsJobsInsideData) {
  const Json list = Get(kJobs);
  ASSERT_EQ(list["data"]["jobs"].size(), 3);
  EXPECT_EQ(list["data"]["jobs"][0]["jobType"], "cron");
  EXPECT_EQ(Dump(list["pagination"]), R"({"hasNextPage":false,"count":3})");
  EXPECT_EQ(Get("/teams/demo-team/projects/demo-project/jobs"), list);
  EXPECT_EQ(Get("/projects/empty-project/jobs")["data"]["jobs"].size(), 0);
}

TEST_F(NorthflankTest, PagesByNumberAndByCursor) {
  const Json first = Get(absl::StrCat(kJobs, "?per_page=2"));
  EXPECT_EQ(first["data"]["jobs"].size(), 2);
  EXPECT_EQ(first["pagination"]["hasNextPage"], true);
  const std::string cursor = first["pagination"]["cursor"];
  const Json second = Get(absl::StrCat(kJobs, "?per_page=2&cursor=", cursor));
  EXPECT_EQ(second["data"]["jobs"].size(), 1);
  EXPECT_EQ(second["pagination"]["hasNextPage"], false);
  EXPECT_EQ(Get(absl::StrCat(kJobs, "?per_page=2&page=2")), second);
  EXPECT_EQ(Get(absl::StrCat(kJobs, "?page=99"))["data"]["jobs"].size(), 0);
  for (const char* query : {"?per_page=0", "?per_page=101", "?page=0", "?page=x", "?cursor=x"}) {
    EXPECT_EQ(Call("GET", absl::StrCat(kJobs, query))->status, 400) << query;
  }
}

TEST_F(NorthflankTest, CreatesWith200AndListsTheJob) {
  const Answer answer = Call("POST", kJobs, kJob);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ((*ParseJson(answer->body))["data"]["id"], "my-job");
  EXPECT_EQ(Get(kJobs)["data"]["jobs"].size(), 4);
  EXPECT_EQ(Call("POST", kJobs, kJob)->status, 409);
  const Answer cron = Call("POST", absl::StrCat("/projects/empty-project/jobs/cron"), kJob);
  EXPECT_EQ((*ParseJson(cron->body))["data"]["jobType"], "cron");
}

TEST_F(NorthflankTest, NeedsANameAndAPlan) {
  for (const char* body :
       {"{}", R"({"name":"x"})", R"({"name":"x","billing":{}})", R"({"name":"x","billing":"y"})",
        R"({"billing":{"deploymentPlan":"p"}})", "[1]", "", "{"}) {
    EXPECT_EQ(Call("POST", kJobs, body)->status, 400) << body;
  }
}

TEST_F(NorthflankTest, RunsAJobByBothPathsWithOrWithoutABody) {
  for (const char* path : {"/send-invoices/run", "/send-invoices/runs"}) {
    for (const char* body : {"", "{}", R"({"runtimeEnvironment":{"A":"b"}})"}) {
      const Answer answer = Call("POST", absl::StrCat(kJobs, path), body);
      ASSERT_EQ(answer->status, 200) << path << body;
      const Json data = (*ParseJson(answer->body))["data"];
      EXPECT_EQ(data["id"].get<std::string>().size(), 36);
      EXPECT_EQ(data["runName"].get<std::string>().substr(0, 14), "send-invoices-");
    }
  }
  EXPECT_EQ(Call("POST", absl::StrCat(kJobs, "/send-invoices/run"), "[]")->status, 400);
}

TEST_F(NorthflankTest, AnswersUnknownThingsWith404) {
  for (const char* path :
       {"/projects/none/jobs", "/projects", "/nothing", "/projects/demo-project"}) {
    EXPECT_EQ(Call("GET", path)->status, 404) << path;
  }
  for (const char* path : {"/none/run", "/my%20job%2Fx/runs", "/send-invoices/stop"}) {
    EXPECT_EQ(Call("POST", absl::StrCat(kJobs, path))->status, 404) << path;
  }
}

TEST(StrictNorthflankTest, KnowsRunsOnly) {
  NorthflankApi api({.token = "secret", .strict_vendor = true});
  EXPECT_EQ(CallTo(api, "POST", absl::StrCat(kJobs, "/send-invoices/run"))->status, 404);
  EXPECT_EQ(CallTo(api, "POST", absl::StrCat(kJobs, "/send-invoices/runs"))->status, 200);
}

}  // namespace
}  // namespace portico::demo
