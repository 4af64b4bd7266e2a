#include "core/upstream/host_queue.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"

namespace portico::upstream {
namespace {

using Ticket = HostQueue::Ticket;

TEST(HostQueueTest, RunsUpToTheLimitAndThenInOrder) {
  HostQueue queue(2);
  Ticket a, b, c, d;
  EXPECT_TRUE(queue.Enter("http://h/1", &a));
  EXPECT_TRUE(queue.Enter("http://h/2", &b));
  EXPECT_FALSE(queue.Enter("http://h/3", &c));
  EXPECT_FALSE(queue.Enter("http://h/4", &d));
  EXPECT_TRUE(c.waiting());
  EXPECT_EQ(queue.Leave(&b), &c);
  EXPECT_FALSE(c.waiting());
  EXPECT_EQ(queue.Leave(&a), &d);
  EXPECT_EQ(queue.Leave(&c), nullptr);
  EXPECT_EQ(queue.Leave(&d), nullptr);
  EXPECT_TRUE(queue.Enter("http://h/5", &a));
}

TEST(HostQueueTest, WhoLeavesWhileWaitingMovesNobodyUp) {
  HostQueue queue(1);
  Ticket a, b, c;
  queue.Enter("http://h", &a);
  queue.Enter("http://h", &b);
  queue.Enter("http://h", &c);
  EXPECT_EQ(queue.Leave(&b), nullptr);
  EXPECT_EQ(queue.Leave(&a), &c);
}

TEST(HostQueueTest, SchemeHostAndPortMakeTheHost) {
  HostQueue queue(1);
  Ticket first;
  ASSERT_TRUE(queue.Enter("http://h:80/x", &first));
  for (const char* other : {"https://h:80/x", "http://h:81/x", "http://h/x", "http://i:80/x"}) {
    Ticket ticket;
    EXPECT_TRUE(queue.Enter(other, &ticket)) << other;
  }
  for (const char* same : {"http://h:80", "http://h:80?x", "http://h:80/y/z"}) {
    Ticket ticket;
    EXPECT_FALSE(queue.Enter(same, &ticket)) << same;
    queue.Leave(&ticket);
  }
}

TEST(HostQueueTest, IdleHostsBeyondHundredsAreForgottenAndRunningOnesKept) {
  HostQueue queue(1);
  Ticket kept;
  ASSERT_TRUE(queue.Enter("http://kept", &kept));
  for (int i = 0; i < 1000; ++i) {
    Ticket ticket;
    ASSERT_TRUE(queue.Enter(absl::StrCat("http://h", i), &ticket));
    queue.Leave(&ticket);
  }
  Ticket waits;
  EXPECT_FALSE(queue.Enter("http://kept", &waits));
  EXPECT_EQ(queue.Leave(&kept), &waits);
}

}  // namespace
}  // namespace portico::upstream
