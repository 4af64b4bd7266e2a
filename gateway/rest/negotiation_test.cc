#include "gateway/rest/negotiation.h"

#include <gtest/gtest.h>

namespace portico::rest {
namespace {

constexpr absl::string_view kStream[] = {"text/event-stream", "application/x-ndjson"};

std::string Chosen(absl::string_view accept) {
  return std::string(Negotiate(accept, kStream).value_or("none"));
}

TEST(NegotiationTest, NoPreferenceTakesTheFirst) {
  EXPECT_EQ(Chosen(""), "text/event-stream");
  EXPECT_EQ(Chosen("*/*"), "text/event-stream");
}

TEST(NegotiationTest, TheNamedTypeWins) {
  EXPECT_EQ(Chosen("application/x-ndjson"), "application/x-ndjson");
  EXPECT_EQ(Chosen("Application/X-NDJSON; q=0.2"), "application/x-ndjson");
  EXPECT_EQ(Chosen("application/*, */*;q=0.1"), "application/x-ndjson");
  EXPECT_EQ(Chosen("text/html,application/xhtml+xml,*/*;q=0.8"), "text/event-stream");
}

TEST(NegotiationTest, TheMostSpecificRangeGivesTheWeight) {
  EXPECT_EQ(Chosen("*/*, text/event-stream;q=0.1"), "application/x-ndjson");
  EXPECT_EQ(Chosen("*/*;q=0.5, text/event-stream;q=0"), "application/x-ndjson");
}

TEST(NegotiationTest, RefusesWhenNothingFits) {
  EXPECT_EQ(Chosen("application/json"), "none");
  EXPECT_EQ(Chosen("*/*;q=0"), "none");
  EXPECT_EQ(Chosen("textual/*"), "none");
}

}  // namespace
}  // namespace portico::rest
