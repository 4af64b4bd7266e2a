#include "server/describe_json.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "server/plan_loader.h"

namespace portico::server {
namespace {

using nlohmann::json;

TEST(DescribeJsonTest, ListsEveryOperationWithItsFaces) {
  capability::Findings findings;
  const auto plan = LoadPlan({{}, {}, {}}, &findings);
  ASSERT_NE(plan, nullptr);
  const json apis = json::parse(DescribeAsJson(*plan));
  std::size_t count = 0;
  for (const json& api : apis) {
    EXPECT_EQ(api["authentication"], json::array({"bearer"}));
    for (const json& operation : api["operations"]) {
      ++count;
      EXPECT_FALSE(operation["rpcs"].empty()) << operation;
      EXPECT_FALSE(operation["routes"].empty()) << operation;
      EXPECT_FALSE(operation["tools"].empty()) << operation;
    }
  }
  EXPECT_EQ(count, plan->operations().size());
}

TEST(DescribeJsonTest, SaysHowAnOperationIsCalled) {
  capability::Findings findings;
  const auto plan = LoadPlan({{}, {}, {}}, &findings);
  ASSERT_NE(plan, nullptr);
  for (const json& api : json::parse(DescribeAsJson(*plan))) {
    if (api["namespace"] != "scaffolder-tasks") continue;
    const json& create = api["operations"][2];
    EXPECT_EQ(create["name"], "createtask");
    EXPECT_EQ(create["method"], "POST");
    EXPECT_EQ(create["path"], "/v2/tasks");
    EXPECT_EQ(create["body"], json({{"encoding", "json"}, {"required", true}}));
    EXPECT_EQ(create["routes"], json::array({"POST /v1/v2/tasks"}));
    return;
  }
  FAIL() << "no such API";
}

TEST(DescribeJsonTest, ACompositionOfNoApiStandsBehindTheApis) {
  const std::string file = testing::TempDir() + "/describe_json_test.yaml";
  std::ofstream(file) << R"(
naftiko: 1.0.0-alpha2
capability:
  exposes:
  - type: mcp
    namespace: mocks
    tools:
    - name: greet
      description: greets
      outputParameters: [{name: text, type: string, value: hello}]
)";
  capability::Findings findings;
  const auto plan = LoadPlan({{file}, {}, {}}, &findings);
  ASSERT_NE(plan, nullptr) << ToString(findings.front());
  const json apis = json::parse(DescribeAsJson(*plan));
  ASSERT_EQ(apis.size(), 1u);
  EXPECT_EQ(apis[0]["namespace"], "");
  EXPECT_EQ(apis[0]["operations"][0]["tools"], json::array({"greet"}));
}

}  // namespace
}  // namespace portico::server
