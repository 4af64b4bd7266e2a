#include "core/loop/event_loop.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <thread>
#include <vector>

namespace portico::loop {
namespace {

using Clock = std::chrono::steady_clock;

TEST(EventLoopTest, PostedTasksOfOneThreadRunInTheirOrder) {
  EventLoop loop;
  std::vector<int> seen;
  for (int i = 0; i < 100; ++i) loop.Post([&seen, i] { seen.push_back(i); });
  loop.Post([&] { loop.Stop(); });
  loop.Run();
  ASSERT_EQ(seen.size(), 100u);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(seen[i], i);
}

TEST(EventLoopTest, PostFromTheLoopRunsOnlyAfterTheTaskReturned) {
  EventLoop loop;
  bool returned = false;
  bool ran_after = false;
  loop.Post([&] {
    loop.Post([&] {
      ran_after = returned;
      loop.Stop();
    });
    returned = true;
  });
  loop.Run();
  EXPECT_TRUE(ran_after);
}

TEST(EventLoopTest, RunWaitsForTasksFromOtherThreads) {
  EventLoop loop;
  bool ran = false;
  std::thread runner([&] { loop.Run(); });
  loop.Post([&] { ran = true; });
  loop.Post([&] { loop.Stop(); });
  runner.join();
  EXPECT_TRUE(ran);
}

TEST(EventLoopTest, InLoopIsTrueOnlyOnTheRunningThread) {
  EventLoop loop;
  EXPECT_FALSE(loop.InLoop());
  bool inside = false;
  bool elsewhere = true;
  loop.Post([&] {
    inside = loop.InLoop();
    std::thread([&] { elsewhere = loop.InLoop(); }).join();
    loop.Stop();
  });
  loop.Run();
  EXPECT_TRUE(inside);
  EXPECT_FALSE(elsewhere);
  EXPECT_FALSE(loop.InLoop());
}

TEST(EventLoopTest, TasksNotRunAreDestroyedWithTheLoop) {
  auto held = std::make_shared<int>(1);
  {
    EventLoop loop;
    loop.Post([&] { loop.Stop(); });
    loop.Post([held] { FAIL() << "ran after Stop"; });
    loop.Run();
    EXPECT_EQ(held.use_count(), 2);
  }
  EXPECT_EQ(held.use_count(), 1);
}

TEST(EventLoopTest, TimersRunInOrderOfTheirDelay) {
  EventLoop loop;
  std::vector<int> seen;
  auto late = loop.After(absl::Milliseconds(20), [&] {
    seen.push_back(2);
    loop.Stop();
  });
  auto early = loop.After(absl::Milliseconds(5), [&] { seen.push_back(1); });
  auto past = loop.After(absl::Seconds(-1), [&] { seen.push_back(0); });
  const auto start = Clock::now();
  loop.Run();
  EXPECT_EQ(seen, (std::vector<int>{0, 1, 2}));
  EXPECT_GE(Clock::now() - start, std::chrono::milliseconds(20));
}

TEST(EventLoopTest, DestroyedTimerNeverRuns) {
  EventLoop loop;
  std::vector<std::unique_ptr<Timer>> timers;
  timers.push_back(loop.After(absl::ZeroDuration(), [] { FAIL(); }));
  timers.push_back(loop.After(absl::Milliseconds(1), [] { FAIL(); }));
  timers.push_back(loop.After(absl::InfiniteDuration(), [] { FAIL(); }));
  timers.clear();
  auto end = loop.After(absl::Milliseconds(5), [&] { loop.Stop(); });
  loop.Run();
}

TEST(EventLoopTest, DestroyedTimerReleasesItsTaskAtOnce) {
  EventLoop loop;
  auto held = std::make_shared<int>(1);
  auto timer = loop.After(absl::Hours(1), [held] {});
  timer.reset();
  EXPECT_EQ(held.use_count(), 1);
}

TEST(EventLoopTest, TimerMayBeDestroyedByItsOwnTask) {
  EventLoop loop;
  auto held = std::make_shared<int>(1);
  std::unique_ptr<Timer> timer;
  timer = loop.After(absl::Milliseconds(1), [&timer, &loop, held] {
    timer.reset();
    EXPECT_EQ(held.use_count(), 2);  // the running task is still whole
    loop.Stop();
  });
  loop.Run();
  EXPECT_EQ(held.use_count(), 1);
}

}  // namespace
}  // namespace portico::loop
