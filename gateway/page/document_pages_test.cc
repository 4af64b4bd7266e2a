#include "gateway/page/document_pages.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gateway/http/kept_response.h"
#include "gateway/openapi/openapi_fixture.h"
#include "gateway/page/asset.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace portico::page {
namespace {

using testing::HasSubstr;
using testing::Not;

class DocumentPagesTest : public testing::Test {
 protected:
  // Null when the path is none of the pages.
  std::optional<http::KeptResponse> Get(const std::string& path,
                                        std::vector<http::RequestField> fields = {},
                                        const std::string& method = "GET") {
    http::RequestHead head;
    head.method = method;
    head.fields = std::move(fields);
    http::KeptResponse response;
    if (!pages_.Serve(head, path, &response)) return std::nullopt;
    return response;
  }

  openapi::OpenApiDocument document_{openapi::BuiltInPlan(), {}};
  DocumentPages pages_{document_};
};

TEST_F(DocumentPagesTest, ServesTheDocument) {
  const auto json = Get("/openapi.json");
  ASSERT_TRUE(json.has_value());
  EXPECT_EQ(json->status, 200);
  EXPECT_THAT(json->fields, HasSubstr("Content-Type: application/json\r\n"));
  EXPECT_THAT(json->fields, HasSubstr("Portico-Source: portico\r\n"));
  EXPECT_EQ(json->body, document_.json().bytes);
  EXPECT_THAT(Get("/openapi.yaml")->fields, HasSubstr("Content-Type: application/yaml\r\n"));
}

TEST_F(DocumentPagesTest, ServesThePageCompressedAndClosedToTheOutside) {
  const auto page = Get("/", {{"Accept-Encoding", "br, GZIP"}});
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(page->status, 200);
  EXPECT_THAT(page->fields, HasSubstr("Content-Encoding: gzip\r\n"));
  EXPECT_THAT(page->fields, HasSubstr("Content-Security-Policy: default-src 'none'; "));
  EXPECT_EQ(page->body, FindAsset("/")->gzip);
}

TEST_F(DocumentPagesTest, SendsNothingThatTheCallerHas) {
  for (const char* path : {"/openapi.json", "/page/page.js"}) {
    const auto first = Get(path, {{"Accept-Encoding", "gzip"}});
    const std::size_t at = first->fields.find("ETag: ") + 6;
    const std::string etag = first->fields.substr(at, first->fields.find('\r', at) - at);
    const std::string weak = absl::StrCat("\"other\", W/", etag);
    for (const std::string& seen : {etag, weak, std::string("*")}) {
      const auto again = Get(path, {{"Accept-Encoding", "gzip"}, {"If-None-Match", seen}});
      EXPECT_EQ(again->status, 304) << path << " " << seen;
      EXPECT_EQ(again->body, "");
      EXPECT_THAT(again->fields, HasSubstr(absl::StrCat("ETag: ", etag)));
    }
    EXPECT_EQ(Get(path, {{"Accept-Encoding", "gzip"}, {"If-None-Match", "\"x\""}})->status, 200);
  }
}

TEST_F(DocumentPagesTest, HasAWordForCallersWithoutGzip) {
  const auto plain = Get("/");
  EXPECT_EQ(plain->status, 200);
  EXPECT_THAT(plain->fields, Not(HasSubstr("Content-Encoding")));
  EXPECT_THAT(plain->body, HasSubstr("/openapi.json"));
  EXPECT_EQ(Get("/page/page.js", {{"Accept-Encoding", "br, *;q=0"}})->status, 406);
  EXPECT_EQ(Get("/page/page.js", {{"Accept-Encoding", "*, gzip; q=0.00"}})->status, 406);
  EXPECT_EQ(Get("/page/page.js", {{"Accept-Encoding", "gzip;q=0.5"}})->status, 200);
}

TEST_F(DocumentPagesTest, LeavesEverythingElseToOthers) {
  EXPECT_FALSE(Get("/v1/tasks").has_value());
  EXPECT_FALSE(Get("/openapi").has_value());
  EXPECT_FALSE(Get("/openapi.json", {}, "POST").has_value());
  EXPECT_TRUE(Get("/openapi.json", {}, "HEAD").has_value());
}

}  // namespace
}  // namespace portico::page
