#include "gateway/openapi/yaml.h"

#include "gtest/gtest.h"

namespace portico::openapi {
namespace {

// That YAML readers read back what went in is tested with two of them in
// tests/openapi.
struct Row {
  const char* name;
  const char* json;
  const char* yaml;
};

class YamlTest : public testing::TestWithParam<Row> {};

TEST_P(YamlTest, Prints) { EXPECT_EQ(ToYaml(Json::parse(GetParam().json)), GetParam().yaml); }

INSTANTIATE_TEST_SUITE_P(
    Rows, YamlTest,
    testing::Values(
        Row{"Empty", "{}", "{}\n"}, Row{"Number", "1", "1\n"},
        Row{"MembersKeepTheirOrder", R"({"b":1,"a":[]})", "b: 1\na: []\n"},
        Row{"Nested", R"({"a":{"b":{"c":null}}})", "a:\n  b:\n    c: null\n"},
        Row{"ObjectsInArrays", R"([{"a":1,"b":2},[3,4]])", "- a: 1\n  b: 2\n- - 3\n  - 4\n"},
        Row{"ArraysInObjects", R"({"a":[{"b":[1]}]})", "a:\n  - b:\n      - 1\n"},
        Row{"PlainText", R"({"a":"two words"})", "a: two words\n"},
        Row{"StatusesAreText", R"({"200":"404"})", "\"200\": \"404\"\n"},
        Row{"WordsThatMeanSomethingElse", R"(["yes","No","null","y","True"])",
            "- \"yes\"\n- \"No\"\n- \"null\"\n- \"y\"\n- \"True\"\n"},
        Row{"TextWithPunctuation", R"(["a: b","# c","- d","","e "])",
            "- \"a: b\"\n- \"# c\"\n- \"- d\"\n- \"\"\n- \"e \"\n"},
        Row{"Lines", R"({"a":"one\n\ntwo: 2"})", "a: |-\n  one\n\n  two: 2\n"},
        Row{"LinesThatABlockWouldChange", R"(["a\n b","a\n","\na","a \nb"])",
            "- \"a\\n b\"\n- \"a\\n\"\n- \"\\na\"\n- \"a \\nb\"\n"},
        Row{"ControlCharacters", R"(["\u001b[32m\n\u007f"])", "- \"\\u001b[32m\\n\\u007f\"\n"},
        Row{"CharactersThatYamlDoesNotPrint",
            R"(["a\u0085b","\u2028\u2029","\ufeff\ufffe","one\ntwo\u0085","\u00a0\u2027\ufffd"])",
            "- \"a\\u0085b\"\n- \"\\u2028\\u2029\"\n- \"\\ufeff\\ufffe\"\n- \"one\\ntwo\\u0085\"\n"
            "- \"\xc2\xa0\xe2\x80\xa7\xef\xbf\xbd\"\n"}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace portico::openapi
