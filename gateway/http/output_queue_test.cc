#include "gateway/http/output_queue.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace portico::http {
namespace {

// Takes as many bytes as the test says.
class NarrowTransport : public Transport {
 public:
  explicit NarrowTransport(boost::asio::io_context& context) : Transport(LoopSocket(context)) {}
  Result Read(char*, std::size_t) override { return {Outcome::kEnd}; }
  Result Write(absl::Span<const absl::string_view> pieces) override {
    ++writes;
    if (broken) return {Outcome::kError};
    if (room == 0) return {Outcome::kWouldBlock};
    std::size_t taken = 0;
    for (const absl::string_view piece : pieces) {
      const absl::string_view part = piece.substr(0, room);
      absl::StrAppend(&sent, part);
      taken += part.size();
      room -= part.size();
    }
    return {Outcome::kDone, taken};
  }
  void ShutdownWrite() override {}

  std::string sent;
  std::size_t room = 0;
  int writes = 0;
  bool broken = false;
};

class OutputQueueTest : public testing::Test {
 protected:
  boost::asio::io_context context_;
  NarrowTransport transport_{context_};
  OutputQueue queue_;
};

TEST_F(OutputQueueTest, SendsAllPiecesInOneWriteAndKeepsNothing) {
  transport_.room = 100;
  *queue_.held() += "head ";
  EXPECT_TRUE(queue_.Send(transport_, {"a", "", "b"}));
  EXPECT_EQ(transport_.sent, "head ab");
  EXPECT_EQ(transport_.writes, 1);
  EXPECT_EQ(queue_.size(), 0);
  EXPECT_FALSE(queue_.blocked());
}

TEST_F(OutputQueueTest, DoesNotWriteNothing) {
  EXPECT_TRUE(queue_.Send(transport_, {}));
  EXPECT_TRUE(queue_.Send(transport_, {"", ""}));
  EXPECT_EQ(transport_.writes, 0);
}

// However much is taken at a time, the bytes go out in their order and once.
TEST_F(OutputQueueTest, KeepsTheRestWhereverTheWriteStopped) {
  for (std::size_t step = 0; step < 12; ++step) {
    OutputQueue queue;
    transport_.sent.clear();
    transport_.room = step;
    *queue.held() += "abc";
    ASSERT_TRUE(queue.Send(transport_, {"def", "ghi"}));
    EXPECT_EQ(queue.blocked(), step < 9);
    EXPECT_EQ(queue.size(), step < 9 ? 9 - step : 0);
    transport_.room = 0;
    ASSERT_TRUE(queue.Send(transport_, {"jkl"}));
    while (queue.blocked()) {
      transport_.room = step + 1;
      ASSERT_TRUE(queue.Resume(transport_));
    }
    EXPECT_EQ(transport_.sent, "abcdefghijkl") << step;
  }
}

TEST_F(OutputQueueTest, DoesNotTrySocketsThatWereFull) {
  transport_.room = 1;
  EXPECT_TRUE(queue_.Send(transport_, {"ab"}));
  EXPECT_TRUE(queue_.Send(transport_, {"cd"}));
  EXPECT_EQ(transport_.writes, 1);
  EXPECT_EQ(queue_.size(), 3);
}

TEST_F(OutputQueueTest, TellsThatThePeerIsGone) {
  transport_.broken = true;
  EXPECT_FALSE(queue_.Send(transport_, {"a"}));
}

}  // namespace
}  // namespace portico::http
