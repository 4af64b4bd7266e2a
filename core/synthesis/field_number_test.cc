#include "core/synthesis/field_number.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "absl/strings/str_cat.h"

namespace portico::synthesis {
namespace {

using Clashes = std::vector<std::pair<std::size_t, std::size_t>>;

// Clients hold these numbers: a change of the hash would break them all.
TEST(FieldNumberTest, NumbersNeverChange) {
  EXPECT_EQ(ParameterNumber("taskId"), 2968018);
  EXPECT_EQ(ParameterNumber("limit"), 32947930);
  EXPECT_EQ(ParameterNumber("price[max]"), 4488599);
  EXPECT_EQ(ParameterNumber(""), 29698342);
}

TEST(FieldNumberTest, NumbersAreSpreadOverTheirRange) {
  std::map<int, int> buckets;
  for (int i = 0; i < 10'000; ++i) {
    const int number = ParameterNumber(absl::StrCat("p", i));
    ASSERT_GE(number, kFirstParameterNumber);
    ASSERT_LE(number, kLastParameterNumber);
    ++buckets[number / (1 << 21)];
  }
  for (const auto& [bucket, count] : buckets) EXPECT_NEAR(count, 625, 120) << bucket;
}

// Two names of one number, found by trying.
std::pair<std::string, std::string> Clash() {
  std::map<int, std::string> names;
  for (int i = 0;; ++i) {
    const std::string name = absl::StrCat("p", i);
    const auto [first, fresh] = names.emplace(ParameterNumber(name), name);
    if (!fresh) return {first->second, name};
  }
}

TEST(FieldNumberTest, OfTwoThatClashTheSameOneMovesInAnyOrder) {
  const auto [a, b] = Clash();
  Clashes clashes;
  const std::vector<int> one = ParameterNumbers({a, "x", b}, &clashes);
  ASSERT_EQ(clashes.size(), 1u);
  const std::vector<int> other = ParameterNumbers({b, a, "x"}, &clashes);
  ASSERT_EQ(clashes.size(), 2u);
  EXPECT_NE(one[0], one[2]);
  EXPECT_EQ(one, (std::vector<int>{other[1], other[2], other[0]}));
  EXPECT_EQ(one[1], ParameterNumber("x"));
  const std::size_t kept = a < b ? 0 : 2;
  EXPECT_EQ(clashes[0], std::pair(kept, 2 - kept));
  EXPECT_EQ(one[kept], ParameterNumber(a));
}

TEST(FieldNumberTest, WithoutAClashNothingIsSaid) {
  Clashes clashes;
  EXPECT_EQ(ParameterNumbers({"a", "b"}, &clashes),
            (std::vector<int>{ParameterNumber("a"), ParameterNumber("b")}));
  EXPECT_THAT(clashes, testing::IsEmpty());
}

}  // namespace
}  // namespace portico::synthesis
