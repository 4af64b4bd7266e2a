#include "core/loop/loop_pool.h"

#include <gtest/gtest.h>

#include <future>
#include <set>
#include <thread>

namespace portico::loop {
namespace {

TEST(LoopPoolTest, EachLoopRunsOnAThreadOfItsOwn) {
  LoopPool pool(3);
  ASSERT_EQ(pool.size(), 3u);
  std::set<std::thread::id> threads;
  for (std::size_t i = 0; i < pool.size(); ++i) {
    std::promise<std::thread::id> id;
    pool.at(i).Post([&] { id.set_value(std::this_thread::get_id()); });
    threads.insert(id.get_future().get());
  }
  EXPECT_EQ(threads.size(), 3u);
  EXPECT_EQ(threads.count(std::this_thread::get_id()), 0u);
}

TEST(LoopPoolTest, NextGoesRoundTheLoops) {
  LoopPool pool(2);
  EXPECT_EQ(pool.Next(), 0u);
  EXPECT_EQ(pool.Next(), 1u);
  EXPECT_EQ(pool.Next(), 0u);
}

TEST(LoopPoolTest, SizeZeroStillHasOneLoop) { EXPECT_EQ(LoopPool(0).size(), 1u); }

TEST(LoopPoolTest, StopTwiceIsHarmlessAndLeavesTheLoopsAlive) {
  LoopPool pool(2);
  pool.Stop();
  pool.Stop();
  pool.at(1).Post([] { FAIL() << "ran after Stop"; });
}

}  // namespace
}  // namespace portico::loop
