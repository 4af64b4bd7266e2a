#include "third_party/tsan_order.h"

#include <thread>

#include "absl/synchronization/notification.h"
#include "gtest/gtest.h"

namespace portico::tsan {
namespace {

// absl::Notification comes from Debian's library, so ThreadSanitizer does not
// see the order that it makes. Without the two marks this fails with --tsan.
TEST(TsanOrderTest, MarksMakeAnUninstrumentedHandOverVisible) {
  int value = 0;
  absl::Notification given;
  std::thread giver([&] {
    value = 7;
    GiveTo(&given);
    given.Notify();
  });
  given.WaitForNotification();
  TakeFrom(&given);
  EXPECT_EQ(value, 7);
  giver.join();
}

}  // namespace
}  // namespace portico::tsan
