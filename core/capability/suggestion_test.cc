#include "core/capability/suggestion.h"

#include <gtest/gtest.h>

#include <string>

namespace portico::capability {
namespace {

TEST(EditDistanceTest, CountsEdits) {
  struct Row {
    const char* a;
    const char* b;
    std::size_t distance;
  };
  for (const Row& row :
       {Row{"", "", 0}, Row{"abc", "abc", 0}, Row{"abc", "ABC", 0}, Row{"", "abc", 3},
        Row{"abc", "", 3}, Row{"kitten", "sitting", 3}, Row{"listjob", "listjobs", 1},
        Row{"tpye", "type", 1}, Row{"ca", "abc", 3}}) {
    EXPECT_EQ(EditDistance(row.a, row.b), row.distance) << row.a << " " << row.b;
  }
}

TEST(NearestTest, FindsTheNearest) {
  EXPECT_EQ(Nearest("listjob", {"createjob", "listjobs", "runjob"}), "listjobs");
}

TEST(NearestTest, IgnoresNamesTooFarAway) { EXPECT_EQ(Nearest("steps", {"call", "with"}), ""); }

TEST(NearestTest, FirstOfEquallyNearWins) { EXPECT_EQ(Nearest("tasx", {"task", "tasy"}), "task"); }

TEST(NearestTest, NeverSuggestsTheNameItself) { EXPECT_EQ(Nearest("in", {"in"}), ""); }

TEST(NearestTest, GivesUpOnVeryLongNames) {
  EXPECT_EQ(Nearest(std::string(129, 'a'), {std::string(128, 'a')}), "");
}

TEST(DidYouMeanTest, IsEmptyWithoutASuggestion) {
  EXPECT_EQ(DidYouMean("xyz", {"call"}), "");
  EXPECT_EQ(DidYouMean("cal", {"call"}), "; did you mean \"call\"?");
}

}  // namespace
}  // namespace portico::capability
