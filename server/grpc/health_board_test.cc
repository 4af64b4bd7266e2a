#include "server/grpc/health_board.h"

#include <gtest/gtest.h>

namespace portico::server {
namespace {

class CountingWatcher final : public HealthBoard::Watcher {
 public:
  explicit CountingWatcher(HealthBoard& board) : board_(board) { board_.Watch(this); }
  ~CountingWatcher() override { board_.Unwatch(this); }
  int changes() const { return changes_; }

 private:
  void OnHealthChange() override { ++changes_; }

  HealthBoard& board_;
  int changes_ = 0;
};

TEST(HealthBoardTest, OnlyWhatWasSetIsKnown) {
  HealthBoard board;
  board.Set("a", true);
  board.Set("b", false);
  EXPECT_EQ(board.Find("a"), true);
  EXPECT_EQ(board.Find("b"), false);
  EXPECT_EQ(board.Find("c"), std::nullopt);
}

TEST(HealthBoardTest, TheEmptyNameServesUntilDraining) {
  HealthBoard board;
  EXPECT_EQ(board.Find(""), true);
  board.Drain();
  EXPECT_EQ(board.Find(""), false);
}

TEST(HealthBoardTest, WhatIsReplacedIsUnknownAndWatchersHearOfIt) {
  HealthBoard board;
  board.Set("a", true);
  CountingWatcher watcher(board);
  board.Replace({{"b", false}});
  EXPECT_EQ(board.Find("a"), std::nullopt);
  EXPECT_EQ(board.Find("b"), false);
  EXPECT_EQ(board.Find(""), true);
  board.Replace({{"b", false}});
  EXPECT_EQ(watcher.changes(), 1) << "the second says nothing new";
}

TEST(HealthBoardTest, DrainingIsForGood) {
  HealthBoard board;
  board.Set("a", true);
  board.Drain();
  board.Set("a", true);
  EXPECT_EQ(board.Find("a"), false);
}

TEST(HealthBoardTest, WatchersHearOfChangesOnly) {
  HealthBoard board;
  CountingWatcher watcher(board);
  board.Set("a", true);
  EXPECT_EQ(watcher.changes(), 1) << "it became known";
  board.Set("a", true);
  EXPECT_EQ(watcher.changes(), 1);
  board.Set("a", false);
  EXPECT_EQ(watcher.changes(), 2);
  board.Drain();
  board.Drain();
  EXPECT_EQ(watcher.changes(), 3);
}

TEST(HealthBoardTest, AWatcherMayStopWatchingWhenTold) {
  class Once final : public HealthBoard::Watcher {
   public:
    explicit Once(HealthBoard& board) : board_(board) { board_.Watch(this); }
    int changes = 0;

   private:
    void OnHealthChange() override {
      ++changes;
      board_.Unwatch(this);
    }
    HealthBoard& board_;
  };
  HealthBoard board;
  Once first(board), second(board);
  board.Set("a", true);
  board.Set("a", false);
  EXPECT_EQ(first.changes, 1);
  EXPECT_EQ(second.changes, 1);
}

}  // namespace
}  // namespace portico::server
