#include "gateway/mcp/era.h"

#include <gtest/gtest.h>

namespace portico::mcp {
namespace {

Era EraOfText(absl::string_view text, const std::optional<std::string>& field = std::nullopt) {
  return EraOf(ParseMessages(text).messages[0], field);
}

constexpr char kBare[] = R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})";
constexpr char kClaimed[] =
    R"({"jsonrpc":"2.0","id":1,"method":"tools/list",)"
    R"("params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}})";

TEST(EraTest, MetaTellsAndSoDoesAModernHeaderField) {
  EXPECT_EQ(EraOfText(kClaimed), Era::kModern);
  EXPECT_EQ(EraOfText(kClaimed, "2025-11-25"), Era::kModern);
  EXPECT_EQ(EraOfText(kBare), Era::kLegacy);
  EXPECT_EQ(EraOfText(kBare, "2025-11-25"), Era::kLegacy);
  EXPECT_EQ(EraOfText(kBare, "2026-07-28"), Era::kModern);
  EXPECT_EQ(EraOfText(kBare, "2030-01-01"), Era::kModern);
  EXPECT_EQ(EraOfText(kBare, "next"), Era::kLegacy);
}

TEST(EraTest, OnlyDatesFrom2026July28OnAreModern) {
  EXPECT_TRUE(IsModernVersion("2026-07-28"));
  EXPECT_TRUE(IsModernVersion("2027-01-01"));
  for (const char* version : {"2026-07-27", "2025-11-25", "", "zzzz-zz-zz", "2026-07-28x"}) {
    EXPECT_FALSE(IsModernVersion(version)) << version;
  }
}

TEST(EraTest, NegotiationKeepsWhatIsOursAndOffersTheNewestLegacyOtherwise) {
  EXPECT_EQ(Negotiate("2024-11-05"), "2024-11-05");
  EXPECT_EQ(Negotiate("2026-07-28"), "2025-11-25");
  EXPECT_EQ(Negotiate("1999-01-01"), "2025-11-25");
}

TEST(EraTest, BatchesAreOfTheOldestRevisions) {
  EXPECT_TRUE(TakesBatches(std::nullopt));
  EXPECT_TRUE(TakesBatches("2025-03-26"));
  EXPECT_FALSE(TakesBatches("2025-06-18"));
  EXPECT_FALSE(TakesBatches("2026-07-28"));
}

}  // namespace
}  // namespace portico::mcp
