#include "core/plan/json_path.h"

#include <gtest/gtest.h>

#include <string>

namespace portico::plan {
namespace {

constexpr char kShip[] = R"({
  "id": 9007199254740993, "length": 1.50,
  "dims": {"x y": [10, 20, 30]},
  "crew": [{"id": "a", "boss": {"id": "z"}}, {"id": "b"}],
  "none": null, "none": 1
})";

std::string FindIn(const std::string& path) {
  const auto parsed = JsonPath::Parse(path);
  if (!parsed.ok()) return std::string(parsed.status().message());
  const auto found = parsed->Find(*codec::ParseJson(kShip));
  return found.has_value() ? codec::WriteJson(*found) : "nothing";
}

struct Row {
  const char* name;
  const char* path;
  const char* found;
};

class JsonPathTest : public testing::TestWithParam<Row> {};

TEST_P(JsonPathTest, Finds) { EXPECT_EQ(FindIn(GetParam().path), GetParam().found); }

INSTANTIATE_TEST_SUITE_P(Rows, JsonPathTest,
                         testing::Values(Row{"NumbersInTheirSpelling", "$.id", "9007199254740993"},
                                         Row{"DecimalsWithTheirZeros", "$.length", "1.50"},
                                         Row{"NamesWithSpaces", "$.dims.x y[1]", "20"},
                                         Row{"QuotedNames", "$['dims'][\"x y\"][0]", "10"},
                                         Row{"FromTheEnd", "$.dims['x y'][-1]", "30"},
                                         Row{"TheFirstOfTwins", "$.none", "null"},
                                         Row{"EachElement", "$.crew[*].id", R"(["a","b"])"},
                                         Row{"EachMember", "$.dims.*[0]", "[10]"},
                                         Row{"AtAnyDepth", "$..id",
                                             R"([9007199254740993,"a","z","b"])"},
                                         Row{"AnEmptyListWhereNoneIs", "$.crew[*].age", "[]"},
                                         Row{"NothingWhereNoneIs", "$.crew[2].id", "nothing"},
                                         Row{"NothingBelowAScalar", "$.id.x", "nothing"},
                                         Row{"NothingByIndexInAnObject", "$.dims[0]", "nothing"}),
                         [](const auto& info) { return info.param.name; });

class JsonPathProblemTest : public testing::TestWithParam<Row> {};

TEST_P(JsonPathProblemTest, IsToldWithItsColumn) {
  EXPECT_EQ(FindIn(GetParam().path), GetParam().found);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, JsonPathProblemTest,
    testing::Values(
        Row{"NoDollar", "name",
            "is no JSONPath: it begins with \"$.\", as in \"$.name\" (column 1)"},
        Row{"NoSeparator", "$name", "has no \".\" or \"[\" there (column 2)"},
        Row{"NoName", "$.a.", "has no name behind the \".\" (column 5)"},
        Row{"Filter", "$.a[?(@.b)]",
            "may hold ['name'], [0], [-1] and [*]; filters, slices and lists are not read "
            "(column 4)"},
        Row{"OpenBracket", "$.a[0", "has no \"]\" for this \"[\" (column 4)"},
        Row{"OpenQuote", "$['a", "has no end of the quoted name (column 2)"},
        Row{"TwoDescents", "$..a..b", "holds \"..\" a second time (column 6)"}),
    [](const auto& info) { return info.param.name; });

TEST(JsonPathWholeTest, IsWrittenWithOrWithoutTheDot) {
  EXPECT_TRUE(JsonPath::Parse("$")->whole());
  EXPECT_TRUE(JsonPath::Parse("$.")->whole());
  EXPECT_FALSE(JsonPath::Parse("$.a")->whole());
}

TEST(JsonPathWholeTest, FallsApartIntoHeadAndTail) {
  const JsonPath path = *JsonPath::Parse("$.get-ship.crew[0]");
  EXPECT_EQ(path.Head(), "get-ship");
  EXPECT_EQ(codec::WriteJson(*path.Tail().Find(*codec::ParseJson(R"({"crew":[7]})"))), "7");
  EXPECT_EQ(JsonPath::Parse("$[0]")->Head(), std::nullopt);
}

TEST(JsonPathAllowanceTest, NothingIsFoundOnceCopiesOutgrowIt) {
  const codec::JsonValue root = *codec::ParseJson("[[[[1,2,3]]]]");
  const JsonPath each = *JsonPath::Parse("$..*");
  codec::JsonAllowance enough(18);  // 6 + 5 + 4 for the lists, 3 for the numbers
  EXPECT_EQ(codec::WriteJson(*each.Find(root, &enough)), "[[[[1,2,3]]],[[1,2,3]],[1,2,3],1,2,3]");
  codec::JsonAllowance less(17);
  EXPECT_EQ(each.Find(root, &less), std::nullopt);
  EXPECT_TRUE(less.exceeded());
  codec::JsonAllowance of_one(2);
  EXPECT_EQ(JsonPath::Parse("$[0]")->Find(root, &of_one), std::nullopt);
}

}  // namespace
}  // namespace portico::plan
