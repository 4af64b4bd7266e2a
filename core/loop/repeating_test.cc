#include "core/loop/repeating.h"

#include <gtest/gtest.h>

#include <optional>

namespace portico::loop {
namespace {

TEST(RepeatingTest, RunsItsTaskAgainAndAgain) {
  EventLoop loop;
  int runs = 0;
  const Repeating repeating(loop, absl::Milliseconds(1), [&] {
    if (++runs == 5) loop.Stop();
  });
  loop.Run();
  EXPECT_EQ(runs, 5);
}

TEST(RepeatingTest, APeriodOfZeroIsNever) {
  for (const absl::Duration period : {absl::ZeroDuration(), absl::Seconds(-1)}) {
    EventLoop loop;
    const Repeating never(loop, period, [] { FAIL() << "the loop would spin"; });
    const auto stop = loop.After(absl::Milliseconds(2), [&] { loop.Stop(); });
    loop.Run();
  }
}

TEST(RepeatingTest, EndsWithItsDestruction) {
  EventLoop loop;
  int runs = 0;
  std::optional<Repeating> repeating;
  repeating.emplace(loop, absl::Milliseconds(1), [&] { ++runs; });
  loop.Post([&] { repeating.reset(); });
  const auto stop = loop.After(absl::Milliseconds(5), [&] { loop.Stop(); });
  loop.Run();
  EXPECT_EQ(runs, 0);
}

}  // namespace
}  // namespace portico::loop
