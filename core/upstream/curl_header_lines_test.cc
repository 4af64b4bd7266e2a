#include "core/upstream/curl_header_lines.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace portico::upstream {
namespace {

std::vector<std::string> Lines(const UpstreamRequest& request) {
  CurlHeaderLines lines(request, "portico");
  std::vector<std::string> texts;
  for (const curl_slist* node = lines.list(); node != nullptr; node = node->next) {
    texts.emplace_back(node->data);
  }
  return texts;
}

TEST(CurlHeaderLinesTest, HeadersThenSecrets) {
  UpstreamRequest request;
  request.method = "GET";
  request.headers = {{"A", " 1 "}, {"B", ""}};
  request.secrets = {{"Authorization", "Bearer x"}};
  EXPECT_EQ(Lines(request), (std::vector<std::string>{"A: 1", "B;", "Authorization: Bearer x",
                                                      "User-Agent: portico"}));
}

TEST(CurlHeaderLinesTest, ARequestMaySayWhoAsks) {
  UpstreamRequest request;
  request.method = "GET";
  request.headers = {{"user-agent", "somebody"}};
  EXPECT_EQ(Lines(request), (std::vector<std::string>{"user-agent: somebody"}));
}

TEST(CurlHeaderLinesTest, WhatLibcurlWouldAddToABodyIsWithheld) {
  UpstreamRequest request;
  request.method = "POST";
  request.headers = {{"A", " 1 "}, {"B", ""}};
  request.secrets = {{"Authorization", "Bearer x"}};
  EXPECT_EQ(Lines(request),
            (std::vector<std::string>{"A: 1", "B;", "Authorization: Bearer x",
                                      "User-Agent: portico", "Expect:", "Content-Type:"}));
}

TEST(CurlHeaderLinesTest, GivenContentTypeIsNotWithheld) {
  UpstreamRequest request;
  request.method = "DELETE";
  request.body = "{}";
  request.headers = {{"content-type", "application/json"}};
  EXPECT_EQ(Lines(request), (std::vector<std::string>{"content-type: application/json",
                                                      "User-Agent: portico", "Expect:"}));
}

}  // namespace
}  // namespace portico::upstream
