#include "server/reloader.h"

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
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

std::vector<std::string> NoFiles() { return {}; }

class ReloaderTest : public testing::TestWithParam<absl::Duration> {};

TEST_P(ReloaderTest, WhatWasReplacedEndsOnItsThreadWhoeverHeldItLast) {
  auto replaced = std::make_shared<Replaced>();
  std::future<std::thread::id> freed = replaced->freed.get_future();
  std::shared_ptr<Replaced> call = replaced;
  std::promise<std::thread::id> thread;
  Reloader reloader(
      NoFiles,
      [&thread, replaced = std::move(replaced)](bool) mutable {
        thread.set_value(std::this_thread::get_id());
        return std::move(replaced);
      },
      GetParam());
  reloader.Ask();
  const std::thread::id expected = thread.get_future().get();
  call.reset();
  EXPECT_EQ(freed.get(), expected);
}

INSTANTIATE_TEST_SUITE_P(WatchingOrNot, ReloaderTest,
                         testing::Values(Reloader::kInterval, absl::InfiniteDuration()));

}  // namespace
}  // namespace portico::server
