#include "core/loop/socket_watch.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <vector>

namespace portico::loop {
namespace {

class SocketWatchTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends_), 0); }
  void TearDown() override {
    watch_.reset();
    close(ends_[0]);
    close(ends_[1]);
  }
  void Write() { ASSERT_EQ(write(ends_[1], "x", 1), 1); }
  void Read() {
    char byte;
    ASSERT_EQ(read(ends_[0], &byte, 1), 1);
  }

  EventLoop loop_;
  int ends_[2];
  std::unique_ptr<SocketWatch> watch_;
};

TEST_F(SocketWatchTest, ComesAgainWhileTheSocketStaysReadable) {
  int calls = 0;
  watch_ = std::make_unique<SocketWatch>(loop_, ends_[0], [&](Readiness readiness) {
    EXPECT_EQ(readiness, Readiness::kReadable);
    if (++calls == 3) loop_.Stop();  // nothing was read in between
  });
  watch_->SetInterest(true, false);
  Write();
  loop_.Run();
  EXPECT_EQ(calls, 3);
}

TEST_F(SocketWatchTest, WritableIsToldOnlyWhenAskedFor) {
  std::vector<Readiness> seen;
  watch_ = std::make_unique<SocketWatch>(loop_, ends_[0], [&](Readiness readiness) {
    seen.push_back(readiness);
    loop_.Stop();
  });
  watch_->SetInterest(false, true);
  loop_.Run();
  EXPECT_EQ(seen, std::vector<Readiness>{Readiness::kWritable});
}

TEST_F(SocketWatchTest, InterestWithdrawnIsSilent) {
  watch_ = std::make_unique<SocketWatch>(loop_, ends_[0], [](Readiness) { FAIL(); });
  watch_->SetInterest(true, true);
  watch_->SetInterest(false, false);
  Write();
  auto end = loop_.After(absl::Milliseconds(5), [&] { loop_.Stop(); });
  loop_.Run();
}

TEST_F(SocketWatchTest, InterestCanComeBack) {
  int calls = 0;
  watch_ = std::make_unique<SocketWatch>(loop_, ends_[0], [&](Readiness) {
    Read();
    ++calls;
    watch_->SetInterest(false, false);
    loop_.Post([&] {
      if (calls == 2) return loop_.Stop();
      watch_->SetInterest(true, false);
      Write();
    });
  });
  watch_->SetInterest(true, false);
  Write();
  loop_.Run();
  EXPECT_EQ(calls, 2);
}

TEST_F(SocketWatchTest, MayBeDestroyedFromItsCallback) {
  watch_ = std::make_unique<SocketWatch>(loop_, ends_[0], [&](Readiness) {
    watch_.reset();
    loop_.Stop();
  });
  watch_->SetInterest(true, true);
  Write();
  loop_.Run();
  EXPECT_EQ(watch_, nullptr);
}

TEST_F(SocketWatchTest, DestroyedWatchLeavesTheSocketOpen) {
  watch_ = std::make_unique<SocketWatch>(loop_, ends_[0], [](Readiness) {});
  watch_->SetInterest(true, true);
  watch_.reset();
  EXPECT_NE(fcntl(ends_[0], F_GETFD), -1);
}

TEST_F(SocketWatchTest, ClosedPeerShowsAsReadable) {
  bool told = false;
  watch_ = std::make_unique<SocketWatch>(loop_, ends_[0], [&](Readiness) {
    told = true;
    loop_.Stop();
  });
  watch_->SetInterest(true, false);
  shutdown(ends_[1], SHUT_RDWR);
  loop_.Run();
  EXPECT_TRUE(told);
}

TEST_F(SocketWatchTest, SameNumberAfterCloseIsWatchedAfresh) {
  watch_ = std::make_unique<SocketWatch>(loop_, ends_[0], [](Readiness) { FAIL(); });
  watch_->SetInterest(true, false);
  watch_.reset();
  const int number = ends_[0];
  close(ends_[0]);
  close(ends_[1]);
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends_), 0);
  ASSERT_EQ(ends_[0], number);
  bool told = false;
  watch_ = std::make_unique<SocketWatch>(loop_, ends_[0], [&](Readiness) {
    told = true;
    loop_.Stop();
  });
  watch_->SetInterest(true, false);
  Write();
  loop_.Run();
  EXPECT_TRUE(told);
}

}  // namespace
}  // namespace portico::loop
