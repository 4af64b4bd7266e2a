#include "core/upstream/request_check.h"

#include <gtest/gtest.h>

namespace portico::upstream {
namespace {

UpstreamRequest Good() { return {.method = "GET", .url = "https://api.example.com/v1/x?y=%20"}; }

TEST(RequestCheckTest, OrdinaryRequestsPass) {
  UpstreamRequest request = Good();
  request.headers = {{"Accept", "a/b, c\td"}, {"X-Empty", ""}, {"X-Utf8", "\xC3\xA9"}};
  request.secrets = {{"Authorization", "Bearer x"}};
  EXPECT_EQ(RequestProblem(request), std::nullopt);
  for (const char* url : {"http://h", "HTTP://h:80", "http://[::1]:8080/", "https://h?x"}) {
    request.url = url;
    EXPECT_EQ(RequestProblem(request), std::nullopt) << url;
  }
}

TEST(RequestCheckTest, UnusableUrlsAreRefused) {
  for (const char* url :
       {"", "/v1", "ftp://h/", "file:///etc/passwd", "http://", "http:///x", "https://:80/x",
        "http://?x", "http://h/a b", "http://h/a\r\nX: y", "http://h/\xC3\xA9", "http://h/#f",
        "http://u:p@h/", "http://u@h", "//h/x", "h/x"}) {
    UpstreamRequest request = Good();
    request.url = url;
    EXPECT_NE(RequestProblem(request), std::nullopt) << url;
  }
}

TEST(RequestCheckTest, UnusableMethodsAreRefused) {
  for (const char* method : {"", "GE T", "GET\r\nX: y", "CONNECT", "G\xC3\xA9T"}) {
    UpstreamRequest request = Good();
    request.method = method;
    EXPECT_NE(RequestProblem(request), std::nullopt) << method;
  }
}

TEST(RequestCheckTest, HeadWithBodyIsRefused) {
  UpstreamRequest request = Good();
  request.method = "HEAD";
  EXPECT_EQ(RequestProblem(request), std::nullopt);
  request.body = "";
  EXPECT_NE(RequestProblem(request), std::nullopt);
}

TEST(RequestCheckTest, HeaderNamesAreTokens) {
  for (const char* name : {"", "A B", "A:", "A\r\n", "\xC3\xA9", "(x)"}) {
    UpstreamRequest request = Good();
    request.headers = {{name, "v"}};
    EXPECT_NE(RequestProblem(request), std::nullopt) << name;
  }
}

TEST(RequestCheckTest, HeaderValuesHoldNoControlCharacters) {
  for (const std::string& value : {std::string("a\rb"), std::string("a\nb"), std::string("a\0b", 3),
                                   std::string("a\x7F"), std::string("\x1B[0m")}) {
    UpstreamRequest request = Good();
    request.headers = {{"X", value}};
    EXPECT_NE(RequestProblem(request), std::nullopt);
    request.headers.clear();
    request.secrets = {{"X", value}};
    EXPECT_NE(RequestProblem(request), std::nullopt);
  }
}

TEST(RequestCheckTest, FramingHeadersAreTheEnginesOwn) {
  for (const char* name :
       {"Content-Length", "transfer-encoding", "Connection", "Expect", "TE", "Trailer", "Upgrade",
        "Keep-Alive", "Proxy-Connection", "HTTP2-Settings"}) {
    UpstreamRequest request = Good();
    request.headers = {{name, "1"}};
    EXPECT_NE(RequestProblem(request), std::nullopt) << name;
  }
}

TEST(RequestCheckTest, ProblemNamesTheHeaderAndNeverItsValue) {
  UpstreamRequest request = Good();
  request.secrets = {{"X-Key", "s3cret\n"}};
  const std::string problem = RequestProblem(request).value();
  EXPECT_NE(problem.find("X-Key"), std::string::npos);
  EXPECT_EQ(problem.find("s3cret"), std::string::npos);
}

}  // namespace
}  // namespace portico::upstream
