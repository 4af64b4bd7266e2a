#include "gateway/http/response_framer.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace portico::http {
namespace {

constexpr char kDate[] = "Date: now\r\n";

std::string Head(ResponseFramer& framer, const ResponseForm& form, int status,
                 std::optional<std::uint64_t> length) {
  ResponseHead head(status);
  head.Add("A", "b");
  std::string text;
  framer.Begin(form, head, length, kDate, &text);
  return text;
}

std::string Piece(ResponseFramer& framer, absl::string_view piece) {
  const auto pieces = framer.Frame(piece);
  return absl::StrCat(pieces[0], pieces[1], pieces[2]);
}

TEST(ResponseFramerTest, FramesByLength) {
  ResponseFramer framer;
  EXPECT_EQ(Head(framer, {.keep_alive = true}, 200, 5),
            "HTTP/1.1 200 OK\r\nDate: now\r\nA: b\r\nContent-Length: 5\r\n\r\n");
  EXPECT_FALSE(framer.complete());
  EXPECT_EQ(Piece(framer, "hello"), "hello");
  EXPECT_TRUE(framer.complete());
  EXPECT_EQ(framer.End(), "");
  EXPECT_TRUE(framer.keep_alive());
}

TEST(ResponseFramerTest, FramesInChunksWhenNoLengthIsKnown) {
  ResponseFramer framer;
  EXPECT_EQ(Head(framer, {.keep_alive = true}, 200, std::nullopt),
            "HTTP/1.1 200 OK\r\nDate: now\r\nA: b\r\nTransfer-Encoding: chunked\r\n\r\n");
  EXPECT_EQ(Piece(framer, std::string(17, 'x')),
            absl::StrCat("11\r\n", std::string(17, 'x'), "\r\n"));
  EXPECT_EQ(Piece(framer, ""), "");
  EXPECT_EQ(framer.End(), "0\r\n\r\n");
  EXPECT_TRUE(framer.tells_end());
}

TEST(ResponseFramerTest, EndsWithTheConnectionInHttp10WithoutLength) {
  ResponseFramer framer;
  EXPECT_EQ(Head(framer, {.http_1_0 = true, .keep_alive = true}, 200, std::nullopt),
            "HTTP/1.1 200 OK\r\nDate: now\r\nA: b\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(Piece(framer, "hello"), "hello");
  EXPECT_FALSE(framer.tells_end());
  EXPECT_FALSE(framer.keep_alive());
}

TEST(ResponseFramerTest, TellsAnHttp10CallerThatTheConnectionStays) {
  ResponseFramer framer;
  EXPECT_EQ(Head(framer, {.http_1_0 = true, .keep_alive = true}, 200, 0),
            "HTTP/1.1 200 OK\r\nDate: now\r\nA: b\r\nConnection: keep-alive\r\n"
            "Content-Length: 0\r\n\r\n");
}

TEST(ResponseFramerTest, SendsNoBodyToHeadButItsFraming) {
  ResponseFramer framer;
  EXPECT_EQ(Head(framer, {.head_only = true, .keep_alive = true}, 200, 5),
            "HTTP/1.1 200 OK\r\nDate: now\r\nA: b\r\nContent-Length: 5\r\n\r\n");
  EXPECT_EQ(Piece(framer, "hello"), "");
  EXPECT_TRUE(framer.complete());
  EXPECT_EQ(Head(framer, {.head_only = true, .keep_alive = true}, 200, std::nullopt),
            "HTTP/1.1 200 OK\r\nDate: now\r\nA: b\r\nTransfer-Encoding: chunked\r\n\r\n");
  EXPECT_EQ(framer.End(), "");
}

TEST(ResponseFramerTest, SendsNeitherBodyNorFramingWith204) {
  ResponseFramer framer;
  EXPECT_EQ(Head(framer, {}, 204, 5),
            "HTTP/1.1 204 No Content\r\nDate: now\r\nA: b\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(Piece(framer, "hello"), "");
  EXPECT_TRUE(framer.complete());
}

TEST(ResponseFramerTest, PassesAStatusWithoutANameOn) {
  ResponseFramer framer;
  EXPECT_EQ(Head(framer, {.keep_alive = true}, 299, 0),
            "HTTP/1.1 299 \r\nDate: now\r\nA: b\r\nContent-Length: 0\r\n\r\n");
}

TEST(ResponseFramerTest, NoticesABodyOfAnotherLength) {
  ResponseFramer framer;
  Head(framer, {.keep_alive = true}, 200, 5);
  EXPECT_EQ(Piece(framer, "hell"), "hell");
  EXPECT_FALSE(framer.complete());
  EXPECT_EQ(Piece(framer, "o, world"), "o");
  EXPECT_FALSE(framer.complete());
}

}  // namespace
}  // namespace portico::http
