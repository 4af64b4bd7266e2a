#include "core/upstream/curl_url.h"

#include <gtest/gtest.h>

#include <string>

namespace portico::upstream {
namespace {

std::string Part(const CurlUrl& url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, 0) != CURLUE_OK) return "(none)";
  std::string copy = text;
  curl_free(text);
  return copy;
}

TEST(CurlUrlsTest, PathAndQueryStayAsSpelled) {
  CurlUrls urls;
  for (int i = 0; i < 2; ++i) {
    const CurlUrl url = urls.Of("https://api.example.com:8443/a/../B;b=1/./?x=C&y[]=+?");
    EXPECT_EQ(Part(url, CURLUPART_SCHEME), "https");
    EXPECT_EQ(Part(url, CURLUPART_HOST), "api.example.com");
    EXPECT_EQ(Part(url, CURLUPART_PORT), "8443");
    EXPECT_EQ(Part(url, CURLUPART_PATH), "/a/../B;b=1/./");
    EXPECT_EQ(Part(url, CURLUPART_QUERY), "x=C&y[]=+?");
  }
}

TEST(CurlUrlsTest, NothingOfOneUrlIsLeftForTheNext) {
  CurlUrls urls;
  const CurlUrl first = urls.Of("http://[::1]:80/a?b");
  const CurlUrl second = urls.Of("http://[::1]:80");
  EXPECT_EQ(Part(first, CURLUPART_QUERY), "b");
  EXPECT_EQ(Part(second, CURLUPART_PATH), "/");
  EXPECT_EQ(Part(second, CURLUPART_QUERY), "(none)");
}

TEST(CurlUrlsTest, EscapesAreNotForLibcurlToSpell) {
  CurlUrls urls;
  EXPECT_EQ(urls.Of("http://host/a%2Fb"), nullptr);
  EXPECT_EQ(urls.Of("http://host/a?b=%C3%A9"), nullptr);
}

TEST(CurlUrlsTest, WhatIsNoOriginIsNull) {
  CurlUrls urls;
  EXPECT_EQ(urls.Of("http://host:port/"), nullptr);
  EXPECT_EQ(urls.Of("http://[::1/"), nullptr);
}

}  // namespace
}  // namespace portico::upstream
