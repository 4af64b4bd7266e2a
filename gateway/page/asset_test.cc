#include "gateway/page/asset.h"

#include <set>
#include <string>

#include "absl/strings/match.h"
#include "gtest/gtest.h"

namespace portico::page {
namespace {

TEST(Asset, IsFoundByItsPath) {
  const Asset* index = FindAsset("/");
  ASSERT_NE(index, nullptr);
  EXPECT_EQ(index->content_type, "text/html; charset=utf-8");
  ASSERT_NE(FindAsset("/page/swagger-ui.js"), nullptr);
  EXPECT_EQ(FindAsset("/page/swagger-ui.js")->content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(FindAsset("/page"), nullptr);
  EXPECT_EQ(FindAsset("/page/../"), nullptr);
  EXPECT_EQ(FindAsset(""), nullptr);
}

TEST(Asset, HasATypeAndATagOfItsOwnAndIsCompressed) {
  std::set<std::string> tags;
  for (const Asset& asset : Assets()) {
    EXPECT_FALSE(asset.content_type.empty()) << asset.path;
    EXPECT_TRUE(absl::StartsWith(asset.etag, "\"") && absl::EndsWith(asset.etag, "\""));
    EXPECT_TRUE(tags.insert(std::string(asset.etag)).second) << asset.path;
    EXPECT_TRUE(absl::StartsWith(asset.gzip, "\x1f\x8b")) << asset.path;
  }
}

TEST(Asset, AllTogetherStaySmall) {
  std::size_t bytes = 0;
  for (const Asset& asset : Assets()) bytes += asset.gzip.size();
  EXPECT_LT(bytes, 600u * 1024);
}

}  // namespace
}  // namespace portico::page
