#include "core/invoke/lookup.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/codec/json_allowance.h"

namespace portico::invoke {
namespace {

constexpr char kCrew[] = R"([{"crew_id":"a","name":"Ann","age":40},{"crew_id":7,"name":"Bo"},
                             {"crew_id":"a","name":"twin"},{"name":"none"},5])";

std::string Found(const char* match, const char* value, std::vector<std::string> fields = {"name"},
                  const char* index = kCrew) {
  const plan::Lookup lookup{0, match, plan::Expression::Text(""), std::move(fields)};
  codec::JsonAllowance allowance(100);
  const auto found = LookUp(lookup, *codec::ParseJson(index), *codec::ParseJson(value), &allowance);
  return found.has_value() ? codec::WriteJson(*found) : "nothing";
}

TEST(LookupTest, KeepsTheFieldsOfTheFirstThatMatches) {
  EXPECT_EQ(Found("crew_id", R"("a")"), R"({"name":"Ann"})");
  EXPECT_EQ(Found("crew_id", R"("a")", {"age", "rank"}), R"({"age":40,"rank":null})");
  EXPECT_EQ(Found("crew_id", "7", {}), R"({"crew_id":7,"name":"Bo"})");
}

TEST(LookupTest, OneEntryIsNotRepeatedWithoutEnd) {
  const std::string value = absl::StrCat("[", absl::StrJoin(std::vector<int>(60, 7), ","), "]");
  EXPECT_EQ(Found("crew_id", value.c_str()), "nothing");
}

TEST(LookupTest, ComparesTexts) { EXPECT_EQ(Found("crew_id", R"("7")"), R"({"name":"Bo"})"); }

TEST(LookupTest, ComparesNamesFoldedWhereNoneIsEqual) {
  EXPECT_EQ(Found("crew-id", "7"), R"({"name":"Bo"})");
}

TEST(LookupTest, FindsEachOfAList) {
  EXPECT_EQ(Found("crew_id", R"([7,"x","a",null])"), R"([{"name":"Bo"},{"name":"Ann"}])");
}

TEST(LookupTest, FindsNothing) {
  EXPECT_EQ(Found("crew_id", R"("x")"), "nothing");
  EXPECT_EQ(Found("crew_id", R"(["x"])"), "nothing");
  EXPECT_EQ(Found("crew_id", "[]"), "nothing");
  EXPECT_EQ(Found("crew_id", "null"), "nothing");
  EXPECT_EQ(Found("rank", "7"), "nothing");
  EXPECT_EQ(Found("crew_id", "7", {"name"}, R"("text")"), "nothing");
}

TEST(LookupTest, LooksIntoASingleObject) {
  EXPECT_EQ(Found("id", "1", {"n"}, R"({"id":1,"n":2})"), R"({"n":2})");
}

}  // namespace
}  // namespace portico::invoke
