#include "core/invoke/output_shaper.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "core/codec/json_allowance.h"
#include "core/plan/compile_fixture.h"

namespace portico::invoke {
namespace {

using codec::JsonValue;

// The answer of a tool with these `outputParameters`, in flow style, to `document`, or to
// its inputs `a` ("A") and `n` (not given) alone.
std::string Shaped(const std::string& outputs, const char* document,
                   codec::JsonAllowance* allowance = nullptr) {
  const std::string call = document == nullptr ? "" : "      call: api.get\n";
  const plan::Compiled compiled = plan::CompileText(absl::StrCat(
      "ikanos: 1\ncapability:\n  consumes:\n  - namespace: api\n    baseUri: https://a.example\n"
      "    resources: [{path: /x, operations: [{name: get, method: GET}]}]\n"
      "  exposes:\n  - type: mcp\n    tools:\n    - name: t\n",
      call, "      inputParameters: {a: {type: string}, n: {type: string}}\n",
      "      outputParameters: ", outputs, "\n"));
  if (compiled.plan == nullptr) return compiled.findings.front();
  const plan::Operation& operation = *compiled.plan->tools().at(0).operation;
  plan::Values values;
  values.allowance = allowance;
  values.inputs = {JsonValue::String("A"), std::nullopt};
  const std::optional<JsonValue> parsed = codec::ParseJson(document == nullptr ? "0" : document);
  const auto shaped =
      ShapeOutput(*operation.output, document == nullptr ? nullptr : &*parsed, values);
  return shaped.has_value() ? codec::WriteJson(*shaped) : "nothing";
}

struct Row {
  const char* name;
  const char* outputs;
  const char* document;  // null: a mock
  const char* shaped;
};

class OutputShaperTest : public testing::TestWithParam<Row> {};

TEST_P(OutputShaperTest, MakesTheAnswer) {
  EXPECT_EQ(Shaped(GetParam().outputs, GetParam().document), GetParam().shaped);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, OutputShaperTest,
    testing::Values(
        Row{"OneValue", "[{type: number, mapping: $.n}]", R"({"n":1.500})", "1.500"},
        Row{"BigNumbersStayWhole", "[{type: object, properties: {n: {mapping: $.a.n}}}]",
            R"({"a":{"n":123456789012345678901234567890}})",
            R"({"n":123456789012345678901234567890})"},
        Row{"NestedObjectsLookIntoTheSame",
            "[{type: object, properties: {s: {type: object, properties: {l: {mapping: $.d.l}}}}}]",
            R"({"d":{"l":3}})", R"({"s":{"l":3}})"},
        Row{"AMappedObjectLooksInside",
            "[{type: object, properties: {s: {type: object, mapping: $.d, properties: {l: "
            "{mapping: "
            "$.l}}}}}]",
            R"({"d":{"l":3}})", R"({"s":{"l":3}})"},
        Row{"ElementsOneByOne",
            "[{type: array, mapping: $.v, items: {type: object, properties: {k: {mapping: "
            "$.id}}}}]",
            R"({"v":[{"id":1},{"x":2}]})", R"([{"k":1},{"k":null}])"},
        Row{"ElementsAsTheyAre", "[{type: array, mapping: $., items: {type: string, mapping: $.}}]",
            R"(["a",1])", R"(["a",1])"},
        Row{"NamedItems", "[{name: c, type: array, items: {n: {type: string}}}]",
            R"({"c":[{"n":"x","m":"y"}]})", R"({"c":[{"n":"x"}]})"},
        Row{"OwnNames", "[{type: object, properties: {a: {type: string}, b: {}}}]",
            R"({"a":1,"c":2})", R"({"a":1,"b":null})"},
        Row{"NothingFoundIsNull", "[{type: object, properties: {k: {mapping: $.x.y}}}]", "{}",
            R"({"k":null})"},
        Row{"NoListIsNull", "[{type: array, mapping: $.v, items: {type: string}}]", R"({"v":"x"})",
            "null"},
        Row{"ObjectsOfNullAreNull",
            "[{type: object, properties: {s: {mapping: $.d, properties: {l: {mapping: $.l}}}}}]",
            R"({"d":null})", R"({"s":null})"},
        Row{"ValuesStandBeside",
            "[{type: object, properties: {k: {type: string, value: 'a {{a}}'}, i: {mapping: "
            "$.i}}}]",
            R"({"i":1})", R"({"k":"a A","i":1})"},
        Row{"ConstantsStandAlone", "[{name: k, const: {a: [1.0]}}]", R"({"k":2})",
            R"({"k":{"a":[1.0]}})"},
        Row{"AMappedConstantIsMapped", "[{name: k, mapping: $.k, const: 1}]", R"({"k":2})",
            R"({"k":2})"},
        Row{"MockTypes",
            "{n: {type: number, value: 1.50}, b: {type: boolean, value: true}, s: {type: string, "
            "value: 5}, x: {type: number, value: many}}",
            nullptr, R"({"n":1.50,"b":true,"s":"5","x":"many"})"},
        Row{"MockWithoutAValueIsLeftOut",
            "{a: {type: string, value: '{{a}}'}, n: {type: string, value: '{{n}}'}, o: {type: "
            "string}}",
            nullptr, R"({"a":"A"})"},
        Row{"MockListsAndObjects",
            "{l: {type: array, items: {type: string, value: x}}, o: {type: object, properties: {p: "
            "{value: y}}}}",
            nullptr, R"({"l":["x"],"o":{"p":"y"}})"}),
    [](const auto& info) { return info.param.name; });

// Of each way in which a list's elements could each repeat something.
TEST(OutputShaperAllowanceTest, ElementsRepeatNothingWithoutEnd) {
  for (const char* items :
       {"{type: string, value: '{{a}}'}", "{type: string, value: 'text'}",
        "{type: string, const: x}", "{type: object, properties: {x: {mapping: $.x}}}",
        "{type: string, mapping: $.}", "{type: object, properties: {x: {value: '{{n}}'}}}",
        "{type: array, items: {type: string}, mapping: $.}"}) {
    codec::JsonAllowance allowance(9);
    Shaped(absl::StrCat("[{type: array, mapping: $., items: ", items, "}]"),
           "[1,2,3,4,5,6,7,8,9,10]", &allowance);
    EXPECT_TRUE(allowance.exceeded()) << items;
  }
}

TEST(OutputShaperAllowanceTest, ItChangesNothingOfWhatStaysBelow) {
  codec::JsonAllowance allowance(10);
  EXPECT_EQ(Shaped("[{type: array, mapping: $., items: {type: string, mapping: $.}}]", "[1,[2],3]",
                   &allowance),
            "[1,[2],3]");
  EXPECT_FALSE(allowance.exceeded());
}

}  // namespace
}  // namespace portico::invoke
