#include "core/openapi_import/document.h"

#include <gtest/gtest.h>

namespace portico::openapi_import {
namespace {

std::string ErrorOf(absl::string_view text) {
  capability::Findings findings;
  capability::FindingLog log("api.yaml", &findings);
  EXPECT_EQ(ReadDocument(text, &log), nullptr);
  return findings.empty() ? "" : ToString(findings[0]);
}

std::string TitleOf(absl::string_view text) {
  capability::Findings findings;
  capability::FindingLog log("api.json", &findings);
  const auto root = ReadDocument(text, &log);
  if (root == nullptr) return findings.empty() ? "?" : ToString(findings[0]);
  return root->Find("info")->Find("title")->text;
}

TEST(DocumentTest, ReadsYamlAndJson) {
  EXPECT_EQ(TitleOf("openapi: 3.0.3\ninfo: {title: Pets}\n"), "Pets");
  EXPECT_EQ(TitleOf("{\"openapi\": \"3.1.0\",\n\t\"info\": {\"title\": \"a\\/b \\u00e9\"}}"),
            "a/b \xc3\xa9");
}

TEST(DocumentTest, JoinsTheSurrogatesOfJson) {
  EXPECT_EQ(TitleOf(R"({"openapi":"3.1.0","info":{"title":"\ud83d\ude00 \\ud83d"}})"),
            "\xf0\x9f\x98\x80 \\ud83d");
  EXPECT_EQ(TitleOf(R"({"openapi":"3.1.0","info":{"title":"\ud83d!"}})"), "\xef\xbf\xbd!");
}

TEST(DocumentTest, ReadsWhatIsLargerThanACapabilityFile) {
  std::string text = "openapi: 3.0.0\ninfo: {title: Big}\nx: [";
  while (text.size() < capability::kMaxYamlBytes) text += "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, ";
  EXPECT_EQ(TitleOf(text + "b]\n"), "Big");
}

TEST(DocumentTest, RefusesWhatIsNoOpenApiThree) {
  EXPECT_EQ(ErrorOf("swagger: '2.0'\n"),
            "api.yaml:1: error: swagger: is OpenAPI 2; convert the document to OpenAPI 3 first "
            "(swagger2openapi)");
  EXPECT_EQ(ErrorOf("openapi: 4.0.0\n"),
            "api.yaml:1: error: openapi: \"4.0.0\" is not read; OpenAPI 3.0 and 3.1 are");
  EXPECT_EQ(ErrorOf("a: b\n"),
            "api.yaml:1: error: openapi: is missing: this is no OpenAPI 3 document");
  EXPECT_EQ(ErrorOf("{"), ErrorOf("{")) << "ends";
  EXPECT_EQ(ErrorOf("openapi: 3.0.0\ninfo: {title: '\xff'}\n"), "api.yaml: error: is not UTF-8");
}

}  // namespace
}  // namespace portico::openapi_import
