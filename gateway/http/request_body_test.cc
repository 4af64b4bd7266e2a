#include "gateway/http/request_body.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace portico::http {
namespace {

struct Read {
  std::string body;
  std::string rest;
  bool done = false;
  bool malformed = false;
  bool operator==(const Read&) const = default;
};

Read ReadAll(RequestBody body, const std::string& bytes, std::size_t step) {
  Read read;
  std::size_t at = 0;
  while (at < bytes.size() && !body.done() && !body.malformed()) {
    absl::string_view piece = absl::string_view(bytes).substr(at, step);
    const std::size_t size = piece.size();
    while (!piece.empty() && !body.done() && !body.malformed()) {
      absl::StrAppend(&read.body, body.Next(&piece));
    }
    at += size - piece.size();
  }
  read.rest = bytes.substr(at);
  read.done = body.done();
  read.malformed = body.malformed();
  return read;
}

Read ReadChunked(const std::string& bytes) {
  const Read whole = ReadAll(RequestBody::Chunked(), bytes, bytes.size());
  EXPECT_EQ(ReadAll(RequestBody::Chunked(), bytes, 1), whole) << bytes;
  return whole;
}

TEST(RequestBodyTest, IsDoneAtOnceWhenThereIsNone) {
  EXPECT_TRUE(RequestBody().done());
  EXPECT_TRUE(RequestBody::OfLength(0).done());
  absl::string_view bytes = "GET /";
  EXPECT_EQ(RequestBody().Next(&bytes), "");
  EXPECT_EQ(bytes, "GET /");
}

TEST(RequestBodyTest, TakesNoByteBeyondItsLength) {
  RequestBody body = RequestBody::OfLength(5);
  EXPECT_EQ(body.remaining(), 5);
  absl::string_view bytes = "hel";
  EXPECT_EQ(body.Next(&bytes), "hel");
  EXPECT_EQ(body.remaining(), 2);
  bytes = "loGET /";
  EXPECT_EQ(body.Next(&bytes), "lo");
  EXPECT_TRUE(body.done());
  EXPECT_EQ(bytes, "GET /");
}

TEST(RequestBodyTest, UndoesChunks) {
  const Read read = ReadChunked("5\r\nhello\r\n00a\r\n, chunked!\r\n0\r\n\r\nGET /");
  EXPECT_TRUE(read.done);
  EXPECT_EQ(read.body, "hello, chunked!");
  EXPECT_EQ(read.rest, "GET /");
}

TEST(RequestBodyTest, SkipsExtensionsAndDropsTrailers) {
  const Read read =
      ReadChunked("1;name=\"v;\";x\r\na\r\n0;end\r\nX-Sum: 1\r\nX-Empty:\r\n\r\nrest");
  EXPECT_TRUE(read.done);
  EXPECT_EQ(read.body, "a");
  EXPECT_EQ(read.rest, "rest");
}

TEST(RequestBodyTest, RefusesEverySizeThatIsNotPlainHexadecimal) {
  for (const char* size : {"0x5", "+5", "-5", " 5", "5 ", "", "g", "5h", "1ffffffffffffffff",
                           "10000000000000000", "5\t;x"}) {
    EXPECT_TRUE(ReadChunked(absl::StrCat(size, "\r\nhello\r\n0\r\n\r\n")).malformed) << size;
  }
}

TEST(RequestBodyTest, RefusesLinesThatDoNotEndInCrLf) {
  for (const char* bytes :
       {"5\nhello\r\n0\r\n\r\n", "5\r\nhello0\r\n\r\n", "5\r\nhello\n0\r\n\r\n",
        "5\r\nhello\r\n0\n\n", "5\rxhello", "5;a\nb\r\nhello", "0\r\n\rx", "0\r\nA: b\n\r\n"}) {
    EXPECT_TRUE(ReadChunked(bytes).malformed) << bytes;
  }
}

TEST(RequestBodyTest, RefusesTrailersThatAreNoFields) {
  for (const char* trailer : {"nocolon", " a: b", "a b: c", ": b", "a: \x01", "a:b\r\n folded"}) {
    EXPECT_TRUE(ReadChunked(absl::StrCat("0\r\n", trailer, "\r\n\r\n")).malformed) << trailer;
  }
}

TEST(RequestBodyTest, BoundsExtensionsAndTrailers) {
  EXPECT_TRUE(ReadChunked(absl::StrCat("1;", std::string(200, 'x'), "\r\na\r\n0\r\n\r\n")).done);
  EXPECT_TRUE(ReadChunked(absl::StrCat("1;", std::string(300, 'x'), "\r\na")).malformed);
  EXPECT_TRUE(ReadChunked(absl::StrCat(std::string(300, '0'), "1\r\na")).malformed);
  std::string trailers;
  while (trailers.size() < 9000) absl::StrAppend(&trailers, "X-Trailer: value\r\n");
  EXPECT_TRUE(ReadChunked(absl::StrCat("0\r\n", trailers, "\r\n")).malformed);
}

}  // namespace
}  // namespace portico::http
