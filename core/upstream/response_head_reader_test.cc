#include "core/upstream/response_head_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace portico::upstream {
namespace {

using Progress = ResponseHeadReader::Progress;

// Feeds lines (without line ends); the last one's progress.
Progress Take(ResponseHeadReader& reader, const std::vector<std::string>& lines) {
  Progress progress = Progress::kMore;
  for (const std::string& line : lines) {
    progress = reader.Take(line + "\r\n");
    if (progress == Progress::kTooLarge || progress == Progress::kMalformed) break;
  }
  return progress;
}

TEST(ResponseHeadReaderTest, FieldsComeTrimmedInOrderAndAsSpelled) {
  ResponseHeadReader reader{Limits()};
  ASSERT_EQ(Take(reader, {"HTTP/1.1 201 Created", "B:  x \t", "a:y", "B: z", "E:", ""}),
            Progress::kComplete);
  const ResponseHead head = reader.TakeHead();
  EXPECT_EQ(head.status, 201);
  ASSERT_EQ(head.headers.size(), 4u);
  EXPECT_EQ(head.headers[0].name, "B");
  EXPECT_EQ(head.headers[0].value, "x");
  EXPECT_EQ(*head.Find("A"), "y");
  EXPECT_EQ(*head.Find("b"), "x");
  EXPECT_EQ(*head.Find("E"), "");
  EXPECT_EQ(head.Find("none"), nullptr);
}

TEST(ResponseHeadReaderTest, InterimResponsesAreSkipped) {
  ResponseHeadReader reader{Limits()};
  EXPECT_EQ(Take(reader, {"HTTP/1.1 100 Continue", "X: 1", ""}), Progress::kMore);
  EXPECT_EQ(Take(reader, {"HTTP/1.1 103 Early Hints", "Link: <a>", ""}), Progress::kMore);
  EXPECT_EQ(Take(reader, {"HTTP/1.1 204 No Content", ""}), Progress::kComplete);
  EXPECT_TRUE(reader.TakeHead().headers.empty());
}

TEST(ResponseHeadReaderTest, FoldedLinesAreJoined) {
  ResponseHeadReader reader{Limits()};
  ASSERT_EQ(Take(reader, {"HTTP/1.1 200 OK", "X: a", "  b", "\tc", ""}), Progress::kComplete);
  EXPECT_EQ(*reader.TakeHead().Find("X"), "a b c");
}

TEST(ResponseHeadReaderTest, TrailersAreNoPartOfTheHead) {
  ResponseHeadReader reader{Limits()};
  ASSERT_EQ(Take(reader, {"HTTP/1.1 200 OK", ""}), Progress::kComplete);
  EXPECT_EQ(Take(reader, {"X-Trailer: 1", ""}), Progress::kMore);
  EXPECT_TRUE(reader.TakeHead().headers.empty());
}

TEST(ResponseHeadReaderTest, ReasonMayBeMissing) {
  for (const char* line : {"HTTP/2 200 ", "HTTP/1.1 200", "HTTP/1.0 200 "}) {
    ResponseHeadReader reader{Limits()};
    EXPECT_EQ(Take(reader, {line, ""}), Progress::kComplete) << line;
  }
}

TEST(ResponseHeadReaderTest, WhatIsNotHttpIsMalformed) {
  const std::vector<std::string> heads[] = {
      {"ICY 200 OK"},
      {"HTTP/1.1"},
      {"HTTP/1.1 2x0 OK"},
      {"HTTP/1.1 20 OK"},
      {"HTTP/1.1 099 OK"},
      {"HTTP/1.1 200 OK", "no colon"},
      {"HTTP/1.1 200 OK", ": no name"},
      {"HTTP/1.1 200 OK", " folded onto nothing"},
      {"HTTP/1.1 101 Switching Protocols", ""},
  };
  for (const auto& head : heads) {
    ResponseHeadReader reader{Limits()};
    EXPECT_EQ(Take(reader, head), Progress::kMalformed) << head.back();
  }
}

TEST(ResponseHeadReaderTest, LinesAreLimited) {
  ResponseHeadReader reader{Limits{.head_lines = 3}};
  EXPECT_EQ(Take(reader, {"HTTP/1.1 200 OK", "A: 1", "B: 2"}), Progress::kMore);
  EXPECT_EQ(Take(reader, {"C: 3"}), Progress::kTooLarge);
}

TEST(ResponseHeadReaderTest, BytesAreLimitedTogetherWithLineEnds) {
  ResponseHeadReader reader{Limits{.head_bytes = 17 + 6}};
  EXPECT_EQ(Take(reader, {"HTTP/1.1 200 OK", "A: 1"}), Progress::kMore);
  EXPECT_EQ(Take(reader, {""}), Progress::kTooLarge);
}

TEST(ResponseHeadReaderTest, InterimResponsesCountAgainstTheLimits) {
  ResponseHeadReader reader{Limits{.head_lines = 10}};
  Progress progress = Progress::kMore;
  int interim = 0;
  while (progress == Progress::kMore && ++interim < 100) {
    progress = Take(reader, {"HTTP/1.1 100 Continue", ""});
  }
  EXPECT_EQ(progress, Progress::kTooLarge);
  EXPECT_EQ(interim, 6);
}

}  // namespace
}  // namespace portico::upstream
