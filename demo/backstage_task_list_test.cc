#include "demo/backstage_task_list.h"

#include <gtest/gtest.h>

#include "demo/manual_schedule.h"

namespace portico::demo {
namespace {

class TaskListTest : public testing::Test {
 protected:
  TaskListTest() {
    Add("user:default/guest", TaskStatus::kCompleted);
    Add("", TaskStatus::kOpen);
    Add("user:default/guest", TaskStatus::kFailed);
  }

  void Add(const std::string& creator, TaskStatus status) {
    Task& task = store_.Create(*catalog_.Find("slow"), "{}", creator);
    task.status = status;
    schedule_.Advance(absl::Seconds(1));
  }

  // The numbers of the listed tasks, oldest 0, and the total.
  std::string Listed(const char* query) {
    const auto filter = TaskFilter::Parse(query);
    if (!filter.ok()) return std::string(filter.status().message());
    const Json list = *ParseJson(ListTasks(store_, *filter));
    std::string listed;
    for (const Json& task : list["tasks"]) {
      for (std::size_t i = 0; i < store_.tasks().size(); ++i) {
        if (store_.tasks()[i].id == task["id"]) listed += std::to_string(i);
      }
    }
    return listed + " of " + Dump(list["totalTasks"]);
  }

  ManualSchedule schedule_;
  TemplateCatalog catalog_;
  TaskStore store_{&schedule_};
};

TEST_F(TaskListTest, ListsAllNewestFirstWithoutALimit) { EXPECT_EQ(Listed(""), "210 of 3"); }

TEST_F(TaskListTest, FiltersOrdersAndPages) {
  const struct {
    const char* query;
    const char* listed;
  } rows[] = {
      {"createdBy=user:default/guest", "20 of 2"},
      {"createdBy=user:default/nobody", " of 0"},
      {"createdBy=user:default/guest&createdBy=user:default/nobody", "20 of 2"},
      {"createdBy=user:default/guest,user:default/nobody", " of 0"},  // one literal value
      {"status=failed&status=open", "21 of 2"},
      {"limit=1&offset=1&order=desc:created_at", "1 of 3"},
      {"limit=0", " of 3"},
      {"offset=9", " of 3"},
      {"order=asc:created_at", "012 of 3"},
      {"order=asc:status", "021 of 3"},
      {"order=asc:created_by&order=asc:created_at", "102 of 3"},
  };
  for (const auto& row : rows) EXPECT_EQ(Listed(row.query), row.listed) << row.query;
}

TEST_F(TaskListTest, RefusesBadQueriesInTheVendorsWords) {
  const struct {
    const char* query;
    const char* message;
  } rows[] = {
      {"nope=1", "Unknown query parameter 'nope'"},
      {"createdBy=", "Empty value found for query parameter 'createdBy'"},
      {"limit=abc", "request/query/limit must be integer"},
      {"limit=1&limit=2", "request/query/limit must be integer"},
      {"limit=-1", "request/query/limit must be >= 0"},
      {"order=created_at",
       "Invalid order parameter \"created_at\", expected \"<asc or desc>:<field name>\""},
  };
  for (const auto& row : rows) EXPECT_EQ(Listed(row.query), row.message);
}

}  // namespace
}  // namespace portico::demo
