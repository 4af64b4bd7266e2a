#include "gateway/mcp/call_board.h"

#include <gtest/gtest.h>

#include <vector>

namespace portico::mcp {
namespace {

TEST(CallBoardTest, TheOnlyCallOfAKeyIsCancelled) {
  CallBoard board;
  int cancelled = 0;
  const auto ticket = board.Add("1", [&] { ++cancelled; });
  const auto other = board.Add("2", [] { FAIL(); });
  EXPECT_TRUE(board.CancelOne("1"));
  EXPECT_EQ(cancelled, 1);
  EXPECT_FALSE(board.CancelOne("3"));
}

TEST(CallBoardTest, OfTwoNobodyKnowsWhichIsMeant) {
  CallBoard board;
  int cancelled = 0;
  const auto first = board.Add("1", [&] { ++cancelled; });
  {
    const auto second = board.Add("1", [&] { ++cancelled; });
    EXPECT_FALSE(board.CancelOne("1"));
  }
  EXPECT_EQ(cancelled, 0);
  EXPECT_TRUE(board.CancelOne("1"));
}

TEST(CallBoardTest, ATicketMovesWithItsCall) {
  CallBoard board;
  std::vector<CallBoard::Ticket> tickets;
  tickets.push_back(board.Add("1", [] {}));
  tickets.push_back(board.Add("2", [] {}));
  tickets.erase(tickets.begin());
  EXPECT_FALSE(board.CancelOne("1"));
  EXPECT_TRUE(board.CancelOne("2"));
}

}  // namespace
}  // namespace portico::mcp
