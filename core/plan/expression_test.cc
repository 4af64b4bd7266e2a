#include "core/plan/expression.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "core/plan/expression_parser.h"

namespace portico::plan {
namespace {

using codec::JsonValue;

// Inputs `imo` and `crew`; steps `ship` and `nobody`.
class OneScope : public Scope {
 public:
  std::optional<std::size_t> FindStep(absl::string_view name) override {
    if (name == "ship") return 0;
    return name == "nobody" ? std::optional<std::size_t>(1) : std::nullopt;
  }
  std::optional<std::size_t> FindInput(absl::string_view name) override {
    if (name == "imo") return 0;
    return name == "crew" ? std::optional<std::size_t>(1) : std::nullopt;
  }
  bool IsCallersSpace(absl::string_view name) override { return name == "rest" || name == "yard"; }
  std::size_t TakeInput(absl::string_view name) override { return *FindInput(name); }
  std::string Suggest(absl::string_view) override { return "; did you mean?"; }
};

std::string Made(const std::string& text) {
  OneScope scope;
  const auto expression = ParseExpression(text, &scope);
  if (!expression.ok()) return absl::StrCat("! ", expression.status().message());
  Values values;
  values.inputs = {JsonValue::String("I1"), std::nullopt};
  values.steps = {codec::ParseJson(R"({"id":7.0,"tags":["a"],"sub":{"x":"y"}})"), std::nullopt};
  const auto made = expression->Evaluate(values);
  return made.has_value() ? codec::WriteJson(*made) : "absent";
}

struct Row {
  const char* name;
  const char* text;
  const char* made;
};

class ExpressionTest : public testing::TestWithParam<Row> {};

TEST_P(ExpressionTest, IsMade) { EXPECT_EQ(Made(GetParam().text), GetParam().made); }

INSTANTIATE_TEST_SUITE_P(
    Rows, ExpressionTest,
    testing::Values(Row{"OfText", "active", R"("active")"}, Row{"OfNoText", "", R"("")"},
                    Row{"OfADoorsValue", "rest.imo", R"("I1")"},
                    Row{"OfANamespacesValue", "yard.imo", R"("I1")"},
                    Row{"OfAnotherNamespacesText", "other.imo", R"("other.imo")"},
                    Row{"OfAPlaceholder", "{{imo}}", R"("I1")"},
                    Row{"OfADoorsPlaceholder", "{{ rest.imo }}", R"("I1")"},
                    Row{"OfAStepWithItsType", "$.ship.id", "7.0"},
                    Row{"OfAStepsPlaceholder", "{{ship.id}}", "7.0"},
                    Row{"OfAWholeStep", "$.ship.tags", R"(["a"])"},
                    Row{"OfAnInputByPath", "$.imo", R"("I1")"},
                    Row{"OfTextAndValues", "{{imo}}/{{ship.sub.x}}:{{ship.tags}}",
                        R"("I1/y:[\"a\"]")"},
                    Row{"OfWhatIsNotThere", "$.ship.nothing", "null"},
                    Row{"OfAStepThatFoundNothing", "$.nobody.id", "absent"},
                    Row{"OfAnInputNotGiven", "{{crew}}", "absent"},
                    Row{"OfTextAndNothing", "of {{crew}}", "absent"},
                    Row{"OfTextWithAGap", "{{imo}}-{{crew}}", R"("I1-")"},
                    Row{"OfBracesLeftOpen", "{{imo", R"("{{imo")"},
                    Row{"NeverOfUnknownNames", "{{imoo}}",
                        "! \"imoo\" is neither an input nor a step before this; did you mean?"},
                    Row{"NeverOfUnknownSteps", "$.shop.id",
                        "! \"shop\" is neither an input nor a step before this; did you mean?"},
                    Row{"NeverOfAnIndexAlone", "$[0].id",
                        "! \"$[0].id\" names no step: write \"$.STEP.FIELD\""},
                    Row{"NeverOfNoName", "rest.", "! names no value of the caller after the \".\""},
                    Row{"NeverOfEmptyBraces", "a{{}}", "! has an empty \"{{}}\""}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace portico::plan
