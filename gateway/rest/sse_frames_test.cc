#include "gateway/rest/sse_frames.h"

#include <gtest/gtest.h>

#include <vector>

namespace portico::rest {
namespace {

std::vector<std::string> Passed(SseFrames& frames, absl::string_view bytes) {
  std::vector<std::string> passed;
  frames.Add(bytes, [&](absl::string_view piece) { passed.emplace_back(piece); });
  return passed;
}

using Pieces = std::vector<std::string>;

TEST(SseFramesTest, PassesWholeFramesAtOnce) {
  SseFrames frames;
  EXPECT_EQ(Passed(frames, "data: 1\n\ndata: 2\n\n"), Pieces{"data: 1\n\ndata: 2\n\n"});
  EXPECT_EQ(frames.held(), "");
}

TEST(SseFramesTest, HoldsAFrameBackUntilItIsWhole) {
  SseFrames frames;
  EXPECT_EQ(Passed(frames, "data: 1\n\ndata: 2"), Pieces{"data: 1\n\n"});
  EXPECT_EQ(Passed(frames, "2\n"), Pieces{});
  EXPECT_EQ(frames.held(), "data: 22\n");
  EXPECT_FALSE(frames.within_frame());
  EXPECT_EQ(Passed(frames, "\n: ping"), Pieces{"data: 22\n\n"});
}

TEST(SseFramesTest, KnowsEveryLineEnd) {
  for (const char* end : {"\n", "\r", "\r\n"}) {
    const std::string line_end = end;
    SseFrames frames;
    const std::string frame = "data: x" + line_end + "id: 1" + line_end + line_end;
    EXPECT_EQ(Passed(frames, frame + "data: y" + line_end), Pieces{frame});
    EXPECT_EQ(Passed(frames, line_end), Pieces{"data: y" + line_end + line_end});
  }
}

TEST(SseFramesTest, WhatItPassesDoesNotDependOnTheCuts) {
  const std::string bytes =
      "\xEF\xBB\xBF"
      "data: a\r\n\r\n: c\r\r\ndata: b\n\n\ndata\r\rx\n";
  for (std::size_t first = 0; first <= bytes.size(); ++first) {
    for (std::size_t second = first; second <= bytes.size(); ++second) {
      SseFrames frames;
      std::string all;
      for (const std::string& part :
           {bytes.substr(0, first), bytes.substr(first, second - first), bytes.substr(second)}) {
        for (const std::string& piece : Passed(frames, part)) all += piece;
      }
      EXPECT_EQ(all + frames.held(), bytes);
      EXPECT_EQ(frames.held(), "x\n") << first << " " << second;
    }
  }
}

TEST(SseFramesTest, AFrameTooLargeToHoldPassesInPieces) {
  SseFrames frames;
  const std::string large(SseFrames::kMaxHeld + 1, 'x');
  EXPECT_EQ(Passed(frames, large), Pieces{large});
  EXPECT_TRUE(frames.within_frame());
  EXPECT_EQ(Passed(frames, "yy"), Pieces{"yy"});
  EXPECT_EQ(Passed(frames, "\n\ndata"), Pieces{"\n\n"});
  EXPECT_FALSE(frames.within_frame());
  EXPECT_EQ(frames.held(), "data");
}

}  // namespace
}  // namespace portico::rest
