#include "gateway/rest/passed_fields.h"

#include <gtest/gtest.h>

namespace portico::rest {
namespace {

std::string Shown(const std::vector<plan::Header>& fields) {
  std::string shown;
  for (const plan::Header& field : fields) shown += field.name + ": " + field.value + "\n";
  return shown;
}

http::RequestHead Request() {
  http::RequestHead head;
  head.fields = {{"Authorization", "Bearer callers"},
                 {"Cookie", "a=b"},
                 {"traceparent", "00-1-2-01"},
                 {"X-Request-Id", "r1"},
                 {"Idempotency-Key", "k"},
                 {"If-None-Match", "\"e\""},
                 {"Accept-Encoding", "gzip"},
                 {"Range", "bytes=0-1"},
                 {"X-Forwarded-For", "10.0.0.1"},
                 {"Connection", "close"},
                 {"Last-Event-ID", "7"}};
  return head;
}

TEST(PassedFieldsTest, TheUpstreamGetsWhatIsMeantForIt) {
  EXPECT_EQ(Shown(FieldsForUpstream(Request())),
            "traceparent: 00-1-2-01\nx-request-id: r1\nidempotency-key: k\n"
            "if-none-match: \"e\"\naccept-encoding: gzip\nrange: bytes=0-1\n");
}

TEST(PassedFieldsTest, AnEventStreamIsNeitherEncodedNorARange) {
  EXPECT_EQ(Shown(FieldsForEventStream(Request())),
            "traceparent: 00-1-2-01\nx-request-id: r1\nidempotency-key: k\nlast-event-id: 7\n");
}

TEST(PassedFieldsTest, TheCallerGetsTheResponsesFieldsAndLength) {
  const upstream::ResponseHead from{200,
                                    {{"Content-Type", "application/json; charset=utf-8"},
                                     {"Content-Length", "12"},
                                     {"ETag", "W/\"1\""},
                                     {"Location", "/x"},
                                     {"Retry-After", "10"},
                                     {"X-RateLimit-Remaining", "3"},
                                     {"Link", "<a>"},
                                     {"Link", "<b>"},
                                     {"Content-Encoding", "br"}}};
  http::ResponseHead to(200);
  PassFields(from, &to);
  EXPECT_EQ(to.fields(),
            "Content-Type: application/json; charset=utf-8\r\nETag: W/\"1\"\r\nLocation: /x\r\n"
            "Retry-After: 10\r\nX-RateLimit-Remaining: 3\r\nLink: <a>\r\nLink: <b>\r\n"
            "Content-Encoding: br\r\n");
  EXPECT_EQ(to.content_length(), 12u);
}

TEST(PassedFieldsTest, ConnectionCredentialAndOriginFieldsStay) {
  const upstream::ResponseHead from{401,
                                    {{"Connection", "keep-alive"},
                                     {"Connection", "X-Hop"},
                                     {"X-Hop", "1"},
                                     {"Keep-Alive", "timeout=5"},
                                     {"Transfer-Encoding", "chunked"},
                                     {"Content-Length", "5"},
                                     {"Set-Cookie", "session=secret"},
                                     {"WWW-Authenticate", "Bearer"},
                                     {"Strict-Transport-Security", "max-age=1"},
                                     {"Access-Control-Allow-Origin", "*"},
                                     {"Portico-Source", "portico"},
                                     {"X-Kept", "1"}}};
  http::ResponseHead to(401);
  PassFields(from, &to);
  EXPECT_EQ(to.fields(), "X-Kept: 1\r\n");
  EXPECT_EQ(to.content_length(), std::nullopt) << "chunked wins over a length";
}

TEST(PassedFieldsTest, WhatABrowserWouldRunIsSandboxed) {
  http::ResponseHead html(404);
  PassFields({404, {{"Content-Type", "text/html"}}}, &html);
  EXPECT_EQ(html.fields(),
            "Content-Type: text/html\r\nX-Content-Type-Options: nosniff\r\n"
            "Content-Security-Policy: sandbox\r\n");
}

TEST(PassedFieldsTest, RequestIdAndTraceAreAnswered) {
  EXPECT_EQ(Shown(FieldsToAnswer(Request())), "X-Request-Id: r1\ntraceparent: 00-1-2-01\n");
}

}  // namespace
}  // namespace portico::rest
