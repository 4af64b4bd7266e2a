#include "core/overlay/overlay_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::overlay {
namespace {

TEST(OverlayParserTest, ReadsAFileWithItsLines) {
  capability::Findings findings;
  const auto overlay =
      ParseOverlay("o.yaml", "overlay:\n  tasks:\n    baseUri: https://a.example\n", &findings);
  ASSERT_TRUE(overlay.has_value());
  EXPECT_EQ(overlay->content.overlay().at("tasks").base_uri(), "https://a.example");
  EXPECT_EQ(overlay->lines.Of("overlay.tasks.baseUri"), 3);
}

TEST(OverlayParserTest, NamesAllErrorsInTheOrderOfTheLines) {
  capability::Findings findings;
  EXPECT_FALSE(
      ParseOverlay("o.yaml", "overlay:\n  tasks:\n    x: 1\n    tls: 2\nmore: {}\n", &findings)
          .has_value());
  ASSERT_EQ(findings.size(), 3u);
  EXPECT_EQ(findings[0].place.line, 3);
  EXPECT_EQ(findings[1].place.line, 4);
  EXPECT_EQ(findings[2].place.line, 5);
}

TEST(OverlayParserTest, AnEmptyFileIsAnError) {
  capability::Findings findings;
  EXPECT_FALSE(ParseOverlay("o.yaml", "{}\n", &findings).has_value());
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(ToString(findings[0]), "o.yaml:1: error: overlay: is missing");
}

TEST(OverlayParserTest, TellsAnOverlayFromACapability) {
  EXPECT_TRUE(IsOverlay("overlay:\n  tasks: {}\n"));
  EXPECT_FALSE(IsOverlay("naftiko: 1\noverlay: {}\n"));
  EXPECT_FALSE(IsOverlay("ikanos: 1\noverlay: {}\n"));
  EXPECT_FALSE(IsOverlay("info: {label: overlay}\n"));
  EXPECT_FALSE(IsOverlay("overlay: ["));
}

}  // namespace
}  // namespace portico::overlay
