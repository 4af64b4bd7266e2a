#include "core/plan/call_resolver.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace portico::plan {
namespace {

class CallResolverTest : public testing::Test {
 protected:
  void Add(std::size_t file, const char* space, const char* written, const char* name) {
    auto drafted = std::make_unique<DraftOperation>();
    drafted->file = file;
    drafted->written_name = written;
    drafted->operation = std::make_unique<Operation>();
    drafted->operation->space = space;
    drafted->operation->name = name;
    draft_.operations.push_back(std::move(drafted));
  }
  void Add(std::size_t file, const char* space, const char* name) { Add(file, space, name, name); }

  // What is found: a name, "left out" or the problem.
  std::string Resolve(CallResolver& resolver, std::size_t file, const char* call,
                      std::size_t nth = 0) {
    const CallResolver::Target target = resolver.Resolve(file, call, nth);
    if (target.operation != nullptr) return target.operation->operation->name;
    return target.left_out ? "left out" : target.problem;
  }

  PlanDraft draft_;
};

TEST_F(CallResolverTest, FindsOperationsOfItsOwnFileAndOfOthers) {
  Add(0, "jobs", "list");
  Add(1, "tasks", "get");
  CallResolver resolver(draft_);
  EXPECT_EQ(Resolve(resolver, 0, "jobs.list"), "list");
  EXPECT_EQ(Resolve(resolver, 0, "tasks.get"), "get");
}

TEST_F(CallResolverTest, NamesMayHoldDots) {
  Add(0, "a.b", "c.d");
  CallResolver resolver(draft_);
  EXPECT_EQ(Resolve(resolver, 0, "a.b.c.d"), "c.d");
}

TEST_F(CallResolverTest, RepeatedNamesAnswerInOrder) {
  Add(0, "jobs", "run", "run");
  Add(0, "jobs", "run", "run2");
  CallResolver resolver(draft_);
  EXPECT_EQ(Resolve(resolver, 0, "jobs.run", 0), "run");
  EXPECT_EQ(Resolve(resolver, 0, "jobs.run", 1), "run2");
  EXPECT_EQ(Resolve(resolver, 0, "jobs.run", 2), "run2");
}

TEST_F(CallResolverTest, SuggestsWhatWasMeant) {
  Add(0, "jobs", "listjobs");
  Add(1, "tasks", "get");
  CallResolver resolver(draft_);
  EXPECT_EQ(Resolve(resolver, 0, "jobs.listjob"),
            "names unknown operation \"jobs.listjob\"; did you mean \"jobs.listjobs\"?");
  EXPECT_EQ(Resolve(resolver, 0, "listjobs"),
            "names unknown operation \"listjobs\"; did you mean \"jobs.listjobs\"?");
  EXPECT_EQ(Resolve(resolver, 0, "tasks.gte"),
            "names unknown operation \"tasks.gte\"; did you mean \"tasks.get\"?");
  EXPECT_EQ(Resolve(resolver, 0, "nothing.alike"), "names unknown operation \"nothing.alike\"");
}

TEST_F(CallResolverTest, StopsSuggestingAfterAHundredMistakes) {
  Add(0, "jobs", "listjobs");
  CallResolver resolver(draft_);
  for (int i = 0; i < 100; ++i)
    EXPECT_NE(Resolve(resolver, 0, "jobs.listjob").find("mean"), std::string::npos);
  EXPECT_EQ(Resolve(resolver, 0, "jobs.listjob"), "names unknown operation \"jobs.listjob\"");
}

TEST_F(CallResolverTest, AnApiThatIsLeftOutDoesNotFallBackToAnother) {
  Add(0, "tasks", "get");
  CallResolver resolver(draft_);
  resolver.LeaveOut(1, "tasks");
  EXPECT_EQ(Resolve(resolver, 0, "tasks.get"), "get");
  EXPECT_EQ(Resolve(resolver, 1, "tasks.get"), "left out");
  EXPECT_EQ(Resolve(resolver, 2, "tasks.get"), "get");
}

}  // namespace
}  // namespace portico::plan
