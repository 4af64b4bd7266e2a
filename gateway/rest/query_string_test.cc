#include "gateway/rest/query_string.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::rest {
namespace {

std::string Shown(absl::string_view query) {
  const auto pairs = ParseQuery(query);
  if (!pairs.ok()) return std::string(pairs.status().message());
  std::string shown;
  for (const QueryPair& pair : *pairs) shown += "[" + pair.name + "][" + pair.value + "]";
  return shown;
}

TEST(QueryStringTest, KeepsOrderAndRepeats) {
  EXPECT_EQ(Shown("b=1&a=2&b=3"), "[b][1][a][2][b][3]");
}

TEST(QueryStringTest, UndoesEscapesInNamesAndValues) {
  EXPECT_EQ(Shown("a%5B%5D=x%26y%3Dz&s=a+b%2Bc&u=%C3%A9"), "[a[]][x&y=z][s][a b+c][u][\xC3\xA9]");
}

TEST(QueryStringTest, TakesEmptyValuesAndSkipsEmptyPairs) {
  EXPECT_EQ(Shown("&a&b=&&=c&d=e=f"), "[a][][b][][][c][d][e=f]");
  EXPECT_EQ(Shown(""), "");
}

TEST(QueryStringTest, NamesThePairWhoseEscapeIsIncomplete) {
  EXPECT_THAT(Shown("a=1&b=50%&c=2"), testing::HasSubstr("\"b=50%\""));
  EXPECT_THAT(Shown("%zz=1"), testing::HasSubstr("\"%zz=1\""));
}

}  // namespace
}  // namespace portico::rest
