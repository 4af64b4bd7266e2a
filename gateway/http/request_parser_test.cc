#include "gateway/http/request_parser.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gateway/http/request_body.h"

namespace portico::http {
namespace {

using Result = RequestParser::Result;

// What one request came to: 200, the status it is refused with, or 0 for "more is
// needed"; of a body too.
struct Reading {
  int status = 0;
  std::string method, target, host, body, rest;
  bool keep_alive = false;
  bool operator==(const Reading&) const = default;
};

void ReadBody(const ParsedRequest& request, absl::string_view bytes, Reading* reading) {
  RequestBody body = request.chunked
                         ? RequestBody::Chunked()
                         : RequestBody::OfLength(request.head.content_length.value_or(0));
  while (!bytes.empty() && !body.done() && !body.malformed()) {
    absl::StrAppend(&reading->body, body.Next(&bytes));
  }
  reading->status = body.malformed() ? 400 : body.done() ? 200 : 0;
  reading->rest = std::string(bytes);
}

Reading ReadInSteps(const std::string& bytes, std::size_t step, const Limits& limits) {
  RequestParser parser(limits);
  Reading reading;
  std::size_t scanned = 0;
  for (std::size_t size = std::min(step, bytes.size());;
       size = std::min(size + step, bytes.size())) {
    // A copy of its own, so that the address sanitizer sees a read beyond its end.
    const std::string so_far = bytes.substr(0, size);
    const Result result = parser.Parse(so_far, &scanned);
    if (result == Result::kRefused) {
      reading.status = parser.refusal().status;
      return reading;
    }
    if (result == Result::kRequest) {
      const ParsedRequest& request = parser.request();
      reading.method = std::string(request.head.method);
      reading.target = std::string(request.head.target);
      reading.host = std::string(request.head.host);
      reading.keep_alive = request.keep_alive;
      ReadBody(request, absl::string_view(bytes).substr(request.size), &reading);
      return reading;
    }
    if (size == bytes.size()) return reading;
  }
}

Reading ReadRequest(const std::string& bytes, const Limits& limits = Limits()) {
  const Reading whole = ReadInSteps(bytes, bytes.size(), limits);
  EXPECT_EQ(ReadInSteps(bytes, 1, limits), whole) << "cut into bytes: " << bytes.substr(0, 200);
  EXPECT_EQ(ReadInSteps(bytes, 7, limits), whole) << "cut by sevens: " << bytes.substr(0, 200);
  return whole;
}

int StatusOf(const std::string& bytes) { return ReadRequest(bytes).status; }

TEST(RequestParserTest, ReadsAPlainRequest) {
  const Reading reading =
      ReadRequest("GET /v2/tasks?a=%2F HTTP/1.1\r\nHost: api:8080\r\nX-Tag:  a b \r\n\r\nrest");
  EXPECT_EQ(reading.status, 200);
  EXPECT_EQ(reading.method, "GET");
  EXPECT_EQ(reading.target, "/v2/tasks?a=%2F");
  EXPECT_EQ(reading.host, "api:8080");
  EXPECT_TRUE(reading.keep_alive);
  EXPECT_EQ(reading.rest, "rest");
}

TEST(RequestParserTest, GivesFieldsAsSpelledAndValuesWithoutWhiteSpaceAround) {
  RequestParser parser{Limits()};
  std::size_t scanned = 0;
  ASSERT_EQ(parser.Parse("PUT /x HTTP/1.1\r\nhost: h\r\nX-TaG:\t a\tb \r\nX-None:\r\n"
                         "Content-Length: 3\r\n\r\n",
                         &scanned),
            Result::kRequest);
  const RequestHead& head = parser.request().head;
  ASSERT_EQ(head.fields.size(), 4);
  EXPECT_EQ(head.fields[1].name, "X-TaG");
  EXPECT_EQ(head.fields[1].value, "a\tb");
  EXPECT_EQ(head.fields[2].value, "");
  EXPECT_TRUE(head.has_body);
  EXPECT_EQ(head.content_length, 3);
  EXPECT_FALSE(head.http_1_0);
}

TEST(RequestParserTest, ForgetsTheRequestBefore) {
  RequestParser parser{Limits()};
  std::size_t scanned = 0;
  parser.Parse("POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n", &scanned);
  EXPECT_TRUE(parser.request().chunked);
  scanned = 0;
  ASSERT_EQ(parser.Parse("GET /y HTTP/1.0\r\n\r\n", &scanned), Result::kRequest);
  EXPECT_FALSE(parser.request().chunked);
  EXPECT_FALSE(parser.request().head.has_body);
  EXPECT_TRUE(parser.request().head.fields.empty());
  EXPECT_TRUE(parser.request().head.http_1_0);
  EXPECT_FALSE(parser.request().keep_alive);
}

TEST(RequestParserTest, OverlooksOneEmptyLineBeforeARequest) {
  EXPECT_EQ(StatusOf("\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"), 200);
  EXPECT_EQ(StatusOf("\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"), 400);
  EXPECT_EQ(StatusOf("\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"), 400);
}

TEST(RequestParserTest, TakesTheHostOfAnAbsoluteTarget) {
  const Reading reading = ReadRequest("GET http://API:80/x?y HTTP/1.1\r\nHost: api:80\r\n\r\n");
  EXPECT_EQ(reading.status, 200);
  EXPECT_EQ(reading.target, "/x?y");
  EXPECT_EQ(reading.host, "API:80");
}

TEST(RequestParserTest, WaitsForTheRestOfAHead) {
  EXPECT_EQ(StatusOf("GET / HTTP/1.1\r\nHost: h\r\n"), 0);
  EXPECT_EQ(StatusOf("G"), 0);
  EXPECT_EQ(StatusOf("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nab"), 0);
}

struct Vector {
  const char* name;
  std::string bytes;
  int status;
};
void PrintTo(const Vector& vector, std::ostream* out) { *out << vector.name; }

std::string Post(absl::string_view fields, absl::string_view body) {
  return absl::StrCat("POST /x HTTP/1.1\r\nHost: h\r\n", fields, "\r\n", body);
}

std::string Get(absl::string_view fields) {
  return absl::StrCat("GET /x HTTP/1.1\r\n", fields, "\r\n");
}

constexpr char kHidden[] = "GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n";

class RequestVectorTest : public testing::TestWithParam<Vector> {};

TEST_P(RequestVectorTest, IsAnsweredAsItMustBe) {
  EXPECT_EQ(StatusOf(GetParam().bytes), GetParam().status);
}

std::string Name(const testing::TestParamInfo<Vector>& info) { return info.param.name; }

// What seven packaged HTTP servers were tried with; the rest of them, pipelining
// and time-outs, needs a connection.
INSTANTIATE_TEST_SUITE_P(
    Smuggling, RequestVectorTest,
    testing::Values(
        Vector{"LengthAndChunked",
               Post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                    absl::StrCat("0\r\n\r\n", kHidden)),
               400},
        Vector{"ChunkedAndLength",
               Post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                    absl::StrCat("0\r\n\r\n", kHidden)),
               400},
        Vector{"TwoDifferentLengths", Post("Content-Length: 0\r\nContent-Length: 34\r\n", kHidden),
               400},
        Vector{"TwoEqualLengths", Post("Content-Length: 1\r\nContent-Length: 1\r\n", "a"), 400},
        Vector{"ListOfLengths", Post("Content-Length: 1, 1\r\n", "a"), 400},
        Vector{"LengthWithPlus", Post("Content-Length: +5\r\n", "hello"), 400},
        Vector{"LengthWithMinus", Post("Content-Length: -5\r\n", "hello"), 400},
        Vector{"LengthInHex", Post("Content-Length: 0x5\r\n", "hello"), 400},
        Vector{"LengthEmpty", Post("Content-Length:\r\n", "hello"), 400},
        Vector{"LengthBeyond64Bits", Post("Content-Length: 18446744073709551616\r\n", "a"), 400},
        Vector{"ChunkSizeInC", Post("Transfer-Encoding: chunked\r\n", "0x5\r\nhello\r\n0\r\n\r\n"),
               400},
        Vector{"UnknownCodingAndLength",
               Post("Transfer-Encoding: gzip\r\nContent-Length: 5\r\n", "hello"), 400},
        Vector{"UnknownCoding", Post("Transfer-Encoding: gzip\r\n", "hello"), 400},
        Vector{"CodingBeforeChunked", Post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
               400},
        Vector{"CodingAfterChunked", Post("Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n"),
               400},
        Vector{"ChunkedTwice",
               Post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
               400},
        Vector{"ChunkedObscured",
               Post("Transfer-Encoding: \x0b"
                    "chunked\r\n",
                    "0\r\n\r\n"),
               400},
        Vector{"ChunkedInHttp10", "POST /x HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
               400},
        Vector{"SpaceBeforeColon", Post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"), 400},
        Vector{"BareLfLines", "GET /x HTTP/1.1\nHost: h\n\n", 400},
        Vector{"OneBareLf", "GET /x HTTP/1.1\r\nHost: h\nX: y\r\n\r\n", 400},
        Vector{"NulInField", Get(absl::string_view("Host: h\r\nX: a\0b\r\n", 17)), 400},
        Vector{"NulInName", Get(absl::string_view("Host: h\r\nX\0: a\r\n", 16)), 400},
        Vector{"BareCrInField", Get("Host: h\r\nX: a\rb\r\n"), 400},
        Vector{"BareCrInRequestLine", "GET /x\rHTTP/1.1\r\nHost: h\r\n\r\n", 400},
        Vector{"NoHost", Get(""), 400}, Vector{"TwoHosts", Get("Host: a\r\nHost: a\r\n"), 400},
        Vector{"HostEmpty", Get("Host:\r\n"), 400},
        Vector{"HostWithPath", Get("Host: a/b\r\n"), 400},
        Vector{"HostWithUser", Get("Host: u@a\r\n"), 400},
        Vector{"FoldedField", Get("Host: h\r\nX: a\r\n b\r\n"), 400},
        Vector{"FoldedFieldEmptyFirst", Get("Host: h\r\nX:\r\n\tb\r\n"), 400},
        Vector{"FoldedRequestLine", "GET /x HTTP/1.1\r\n Host: h\r\n\r\n", 400},
        Vector{"HeaderOf64KB", Get(absl::StrCat("Host: h\r\nX: ", std::string(65536, 'a'), "\r\n")),
               431},
        Vector{"Fields2000",
               Get(absl::StrCat("Host: h\r\n",
                                absl::StrReplaceAll(std::string(2000, '.'), {{".", "A: b\r\n"}}))),
               431},
        Vector{"MegabyteWithoutNewline", std::string(1 << 20, 'a'), 414}),
    Name);

INSTANTIATE_TEST_SUITE_P(
    Forms, RequestVectorTest,
    testing::Values(
        Vector{"Http2Preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        Vector{"Http2", "GET /x HTTP/2.0\r\nHost: h\r\n\r\n", 505},
        Vector{"Http12", "GET /x HTTP/1.2\r\nHost: h\r\n\r\n", 505},
        Vector{"NoVersion", "GET /x\r\nHost: h\r\n\r\n", 400},
        Vector{"BadVersion", "GET /x HTTQ/1.1\r\nHost: h\r\n\r\n", 400},
        Vector{"LowerCaseVersion", "GET /x http/1.1\r\nHost: h\r\n\r\n", 400},
        Vector{"TlsHello", "\x16\x03\x01\x02", 400},
        Vector{"TwoSpaces", "GET  /x HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        Vector{"SpaceInTarget", "GET /x y HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        Vector{"Fragment", "GET /x#y HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        Vector{"RawUtf8", "GET /\xc3\xa4 HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        Vector{"RelativeTarget", "GET x HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        Vector{"StarWithGet", "GET * HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        Vector{"StarWithOptions", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", 200},
        Vector{"Connect", "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n", 400},
        Vector{"AbsoluteWithOtherHost", "GET http://a/x HTTP/1.1\r\nHost: b\r\n\r\n", 400},
        Vector{"AbsoluteWithUser", "GET http://u@h/x HTTP/1.1\r\nHost: u@h\r\n\r\n", 400},
        Vector{"AbsoluteWithoutHost", "GET http://h/x HTTP/1.1\r\n\r\n", 400},
        Vector{"AbsoluteWithoutPath", "GET http://h HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        Vector{"OtherScheme", "GET ftp://h/x HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        Vector{"NoHostInHttp10", "GET /x HTTP/1.0\r\n\r\n", 200},
        Vector{"BadHostInHttp10", "GET /x HTTP/1.0\r\nHost: a b\r\n\r\n", 400},
        Vector{"Ipv6Host", Get("Host: [::1]:80\r\n"), 200},
        Vector{"Chunked", Post("Transfer-Encoding: CHUNKED\r\n", "1\r\na\r\n0\r\n\r\n"), 200},
        Vector{"Expectation", Post("Expect: 100-Continue\r\nContent-Length: 1\r\n", "a"), 200},
        Vector{"OtherExpectation", Post("Expect: 200-ok\r\nContent-Length: 1\r\n", "a"), 417},
        Vector{"ExpectationInHttp10", "POST /x HTTP/1.0\r\nExpect: x\r\n\r\n", 200},
        Vector{"EmptyName", Get("Host: h\r\n: x\r\n"), 400},
        Vector{"NoColon", Get("Host: h\r\nX\r\n"), 400}),
    Name);

TEST(RequestParserTest, CountsTheTargetsBytes) {
  Limits limits;
  limits.target_bytes = 10;
  const auto status = [&](absl::string_view target) {
    return ReadRequest(absl::StrCat("GET ", target, " HTTP/1.1\r\nHost: h\r\n\r\n"), limits).status;
  };
  EXPECT_EQ(status("/123456789"), 200);
  EXPECT_EQ(status("/1234567890"), 414);
  EXPECT_EQ(status(absl::StrCat("/", std::string(500, 'x'))), 414);
}

TEST(RequestParserTest, CountsTheHeadsBytesAndFields) {
  const std::string request = "GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n\r\n";
  Limits limits;
  limits.head_bytes = request.size();
  limits.fields = 2;
  EXPECT_EQ(ReadRequest(request, limits).status, 200);
  --limits.head_bytes;
  EXPECT_EQ(ReadRequest(request, limits).status, 431);
  limits.head_bytes += 1;
  limits.fields = 1;
  EXPECT_EQ(ReadRequest(request, limits).status, 431);
}

TEST(RequestParserTest, KnowsWhetherTheConnectionMayStay) {
  const auto stays = [](absl::string_view version, absl::string_view fields) {
    return ReadRequest(absl::StrCat("GET / ", version, "\r\nHost: h\r\n", fields, "\r\n"))
        .keep_alive;
  };
  EXPECT_TRUE(stays("HTTP/1.1", ""));
  EXPECT_FALSE(stays("HTTP/1.1", "Connection: te, Close\r\n"));
  EXPECT_FALSE(stays("HTTP/1.0", ""));
  EXPECT_TRUE(stays("HTTP/1.0", "Connection: Keep-Alive\r\n"));
}

}  // namespace
}  // namespace portico::http
