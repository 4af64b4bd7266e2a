#include "demo/backstage_expression.h"

#include <cstddef>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace portico::demo {
namespace {

constexpr absl::string_view kOpen = "${{";
constexpr absl::string_view kClose = "}}";

const Json* Lookup(absl::string_view path, const Json& scope) {
  const Json* value = &scope;
  for (absl::string_view key : absl::StrSplit(path, '.')) {
    if (!value->is_object()) return nullptr;
    const auto found = value->find(std::string(absl::StripAsciiWhitespace(key)));
    if (found == value->end()) return nullptr;
    value = &*found;
  }
  return value;
}

// `expression` without its marks. Filters other than default() change nothing.
std::optional<Json> Evaluate(absl::string_view expression, const Json& scope) {
  const auto bar = expression.find('|');
  const Json* value = Lookup(absl::StripAsciiWhitespace(expression.substr(0, bar)), scope);
  if (value != nullptr) return *value;
  if (bar == absl::string_view::npos) return std::nullopt;
  absl::string_view filter = absl::StripAsciiWhitespace(expression.substr(bar + 1));
  if (!absl::ConsumePrefix(&filter, "default(") || !absl::ConsumeSuffix(&filter, ")")) {
    return std::nullopt;
  }
  auto fallback = ParseJson(filter);
  if (fallback.ok()) return *std::move(fallback);
  return Json(std::string(filter));
}

std::string AsText(const std::optional<Json>& value) {
  if (!value.has_value() || value->is_null()) return "";
  return value->is_string() ? value->get<std::string>() : Dump(*value);
}

// The only expression of `text`, if it is nothing else.
std::optional<absl::string_view> WholeExpression(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  if (!absl::ConsumePrefix(&text, kOpen) || !absl::ConsumeSuffix(&text, kClose)) {
    return std::nullopt;
  }
  if (absl::StrContains(text, kClose)) return std::nullopt;
  return text;
}

}  // namespace

std::string RenderText(absl::string_view text, const Json& scope) {
  std::string rendered;
  while (true) {
    const std::size_t open = text.find(kOpen);
    const std::size_t close = text.find(kClose, open);
    if (open == absl::string_view::npos || close == absl::string_view::npos) break;
    rendered.append(text.data(), open);
    const std::size_t begin = open + kOpen.size();
    rendered += AsText(Evaluate(text.substr(begin, close - begin), scope));
    text.remove_prefix(close + kClose.size());
  }
  return rendered.append(text.data(), text.size());
}

Json Render(const Json& value, const Json& scope) {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    const auto whole = WholeExpression(text);
    if (whole.has_value()) return Evaluate(*whole, scope).value_or(Json(""));
    return RenderText(text, scope);
  }
  if (!value.is_structured()) return value;
  Json rendered = value;
  for (Json& item : rendered) item = Render(item, scope);
  return rendered;
}

}  // namespace portico::demo
