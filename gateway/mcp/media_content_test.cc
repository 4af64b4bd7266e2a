#include "gateway/mcp/media_content.h"

#include <gtest/gtest.h>

#include <string>

namespace portico::mcp {
namespace {

TEST(MediaContentTest, ReadsTheTypeWithoutItsParameters) {
  const std::string written = " Text/CSV ; charset=utf-8";
  EXPECT_EQ(MediaType(&written), "text/csv");
  EXPECT_EQ(MediaType(nullptr), "application/octet-stream");
}

TEST(MediaContentTest, TellsTextFromTheRest) {
  EXPECT_TRUE(IsTextType("application/atom+xml"));
  EXPECT_FALSE(IsTextType("application/zip"));
}

TEST(MediaContentTest, SoundsAreAudioAndOtherBytesAResource) {
  EXPECT_EQ(MediaBlock("audio/wav", "R", "a.b"),
            R"({"type":"audio","data":"Ug==","mimeType":"audio/wav"})");
  EXPECT_EQ(MediaBlock("application/zip", "P", "a.b"),
            R"({"type":"resource","resource":{"uri":"portico:///a.b",)"
            R"("mimeType":"application/zip","blob":"UA=="}})");
}

}  // namespace
}  // namespace portico::mcp
