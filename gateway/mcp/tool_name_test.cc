#include "gateway/mcp/tool_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace portico::mcp {
namespace {

using testing::ElementsAre;

TEST(ToolNameTest, KeepsWhatEveryClientTakes) {
  EXPECT_EQ(ToolName("list_tasks-2"), "list_tasks-2");
  EXPECT_EQ(ToolName(std::string(48, 'a')), std::string(48, 'a'));
}

TEST(ToolNameTest, FoldsWhatSomeRefuse) {
  EXPECT_EQ(ToolName("Tasks.List All"), "tasks-list-all");
  EXPECT_EQ(ToolName("_x"), "tool-_x");
  EXPECT_EQ(ToolName("ü"), "tool");
}

TEST(ToolNameTest, LongNamesEndInAHashOfTheWhole) {
  const std::string first = ToolName(std::string(60, 'a') + "b");
  EXPECT_EQ(first.size(), 48u);
  EXPECT_EQ(first, std::string(39, 'a') + "-6d9de809");
  EXPECT_NE(first, ToolName(std::string(60, 'a') + "c"));
}

TEST(ToolNamesTest, AllThatShareANameCarryTheirNamespace) {
  EXPECT_THAT(ToolNames({{"render", "list-tasks"}, {"render", "run"}, {"stage", "list-tasks"}}),
              ElementsAre("render-list-tasks", "run", "stage-list-tasks"));
}

TEST(ToolNamesTest, NoTwoAreTheSame) {
  const auto names = ToolNames(
      {{"a", "X"}, {"a", "x"}, {"a", "x."}, {"a-b", "c"}, {"a", "b-c"}, {"z", "c"}, {"z", "b-c"}});
  EXPECT_THAT(std::set<std::string>(names.begin(), names.end()), testing::SizeIs(names.size()));
}

}  // namespace
}  // namespace portico::mcp
