// Whatever an upstream answers, and whatever a capability file makes of it: what is made
// is JSON and weighs no more than was allowed, and the allowance changes nothing of what
// stays below it.
//
// The input's first line is the path of a list, the second a path in its elements, the
// third an expression of the step `s` and the input `i`, the rest the upstream's JSON.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/codec/json_allowance.h"
#include "core/codec/json_syntax.h"
#include "core/codec/json_value.h"
#include "core/invoke/output_shaper.h"
#include "core/plan/expression_parser.h"
#include "core/plan/json_path.h"
#include "core/plan/output.h"

namespace {

using namespace portico;  // NOLINT(build/namespaces): most of it is used

constexpr std::size_t kAllowed = 5000;

void Require(bool condition) {
  if (!condition) std::abort();
}

absl::string_view TakeLine(absl::string_view* rest) {
  const absl::string_view line = rest->substr(0, rest->find('\n'));
  rest->remove_prefix(std::min(rest->size(), line.size() + 1));
  return line;
}

class OneStepAndOneInput final : public plan::Scope {
 public:
  std::optional<std::size_t> FindStep(absl::string_view name) override { return Known(name, "s"); }
  std::optional<std::size_t> FindInput(absl::string_view name) override { return Known(name, "i"); }
  bool IsCallersSpace(absl::string_view name) override { return name == "rest"; }
  std::size_t TakeInput(absl::string_view) override { return 0; }
  std::string Suggest(absl::string_view) override { return ""; }

 private:
  static std::optional<std::size_t> Known(absl::string_view name, absl::string_view known) {
    if (name != known) return std::nullopt;
    return 0;
  }
};

// A list of objects with a part of each kind; nullopt when a line cannot be read.
std::optional<plan::Output> ReadOutput(absl::string_view* input) {
  absl::StatusOr<plan::JsonPath> list = plan::JsonPath::Parse(TakeLine(input));
  absl::StatusOr<plan::JsonPath> inside = plan::JsonPath::Parse(TakeLine(input));
  OneStepAndOneInput scope;
  absl::StatusOr<plan::Expression> made = plan::ParseExpression(TakeLine(input), &scope);
  if (!list.ok() || !inside.ok() || !made.ok()) return std::nullopt;
  using Type = plan::Output::Type;
  plan::Output found{Type::kAny, "found", "", {}, {}, {}, *inside, {}};
  plan::Output value{Type::kNumber, "value", "", {}, {}, *std::move(made), {}, {}};
  plan::Output fixed{Type::kAny, "fixed", "", {}, {}, {}, {}, codec::JsonValue::String("x")};
  plan::Output nested{Type::kArray, "nested", "", {}, {found}, {}, *inside, {}};
  plan::Output element{Type::kObject, "", "", {found, value, fixed, nested}, {}, {}, {}, {}};
  return plan::Output{Type::kArray, "", "", {}, {element}, {}, *std::move(list), {}};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  absl::string_view input(reinterpret_cast<const char*>(data), size);
  const std::optional<plan::Output> output = ReadOutput(&input);
  if (!output.has_value()) return 0;
  const std::optional<codec::JsonValue> document = codec::ParseJson(input, kAllowed);
  if (!document.has_value()) return 0;
  codec::JsonAllowance allowance(kAllowed);
  plan::Values values{{codec::JsonValue::String("input")}, {document}, &allowance};
  const auto shaped = invoke::ShapeOutput(*output, &*document, values);
  if (allowance.exceeded()) return 0;
  Require(shaped.has_value() && codec::JsonAllowance(kAllowed).Take(*shaped));
  const std::string text = codec::WriteJson(*shaped);
  Require(!codec::FindJsonSyntaxError(text).has_value());
  values.allowance = nullptr;
  Require(codec::WriteJson(*invoke::ShapeOutput(*output, &*document, values)) == text);
  return 0;
}
