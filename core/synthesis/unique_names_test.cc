#include "core/synthesis/unique_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::synthesis {
namespace {

using testing::ElementsAre;
using testing::MatchesRegex;

TEST(UniqueNamesTest, DistinctNamesKeepTheirIdentifiers) {
  EXPECT_THAT(UniqueNames({{"taskId", "task_id"}, {"b", "b"}}, "_"), ElementsAre("task_id", "b"));
}

TEST(UniqueNamesTest, TheOneSpelledAsTheIdentifierKeepsIt) {
  EXPECT_THAT(UniqueNames({{"a-b", "a_b"}, {"a_b", "a_b"}}, "_"),
              ElementsAre(MatchesRegex("a_b_[0-9]{5}"), "a_b"));
}

TEST(UniqueNamesTest, OrderDoesNotMatter) {
  const Name a{"a.b", "a_b"}, b{"a-b", "a_b"}, c{"a b", "a_b"};
  const auto one = UniqueNames({a, b, c}, "_");
  const auto other = UniqueNames({c, a, b}, "_");
  EXPECT_THAT(one, ElementsAre(other[1], other[2], other[0]));
  EXPECT_EQ(other[0], "a_b") << "a space sorts first";
}

TEST(UniqueNamesTest, ANewcomerThatSortsLaterRenamesNobody) {
  const Name a{"a b", "a_b"}, b{"a-b", "a_b"}, c{"a.b", "a_b"};
  const auto before = UniqueNames({a, b}, "_");
  const auto after = UniqueNames({c, a, b}, "_");
  EXPECT_EQ(before[0], after[1]);
  EXPECT_EQ(before[1], after[2]);
}

// As protoc compares them: a_b and aB have the same default JSON name.
TEST(UniqueNamesTest, NamesThatDifferOnlyInUnderscoresAreToldApart) {
  EXPECT_THAT(UniqueNames({{"a1", "a1"}, {"a_1", "a_1"}}, "_"),
              ElementsAre("a1", MatchesRegex("a_1_[0-9]{5}")));
}

}  // namespace
}  // namespace portico::synthesis
