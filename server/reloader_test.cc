#include "server/reloader.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <future>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

namespace portico::server {
namespace {

// Tells on which thread it is destroyed.
struct Replaced {
  ~Replaced() { freed.set_value(std::this_thread::get_id()); }
  std::promise<std::thread::id> freed;
};

class ReloaderTest : public testing::TestWithParam<absl::Duration> {};

TEST_P(ReloaderTest, WhatWasReplacedEndsOnItsThreadWhoeverHeldItLast) {
  auto replaced = std::make_shared<Replaced>();
  std::future<std::thread::id> freed = replaced->freed.get_future();
  std::shared_ptr<Replaced> call = replaced;
  std::promise<std::thread::id> thread;
  Reloader reloader([] { return 1; },
                    [&thread, replaced = std::move(replaced)](bool) mutable {
                      thread.set_value(std::this_thread::get_id());
                      return Reloader::Loaded{1, std::move(replaced)};
                    },
                    /*looks=*/1, GetParam());
  reloader.Ask();
  const std::thread::id expected = thread.get_future().get();
  call.reset();
  EXPECT_EQ(freed.get(), expected);
}

TEST(ReloaderTest, WhatLooksAsItDidWhenItWasReadIsNotLoaded) {
  // 1 as first read; 2 while it is written; then 3, twice, and 3 for ever.
  const std::vector<std::size_t> looks = {1, 1, 2, 3, 3, 3, 3, 3};
  std::size_t at = 0;
  std::vector<std::size_t> loaded_at;
  std::promise<void> seen_all;
  {
    Reloader reloader(
        [&] {
          if (at + 1 == looks.size()) return looks[at];
          if (++at + 1 == looks.size()) seen_all.set_value();
          return looks[at - 1];
        },
        [&](bool asked) {
          EXPECT_FALSE(asked);
          loaded_at.push_back(at);
          return Reloader::Loaded{3, nullptr};
        },
        /*looks=*/1, absl::Milliseconds(1));
    seen_all.get_future().wait();
  }
  EXPECT_EQ(loaded_at, std::vector<std::size_t>{5});  // at the second 3
}

INSTANTIATE_TEST_SUITE_P(WatchingOrNot, ReloaderTest,
                         testing::Values(Reloader::kInterval, absl::InfiniteDuration()));

}  // namespace
}  // namespace portico::server
