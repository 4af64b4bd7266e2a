#include "core/invoke/upstream_error_body.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace portico::invoke {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxMessage = 1024;
constexpr std::size_t kMaxViolations = 16;

std::string StringAt(const json& object, const char* key) {
  auto it = object.find(key);
  return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

// `["a", 0, "b"]` or "a" as `a[0].b`.
std::string FieldPath(const json& path) {
  if (path.is_string()) return path.get<std::string>();
  std::string text;
  if (!path.is_array()) return text;
  for (const json& step : path) {
    if (step.is_string()) {
      absl::StrAppend(&text, text.empty() ? "" : ".", step.get<std::string>());
    } else if (step.is_number_unsigned()) {
      absl::StrAppend(&text, "[", step.get<std::uint64_t>(), "]");
    }
  }
  return text;
}

FieldViolation ViolationOf(const json& item) {
  if (item.is_string()) return {"", item.get<std::string>()};
  if (!item.is_object()) return {};
  FieldViolation violation;
  for (const char* key : {"path", "field", "pointer", "property", "name", "location"}) {
    auto it = item.find(key);
    if (it != item.end()) violation.field = FieldPath(*it);
    if (!violation.field.empty()) break;
  }
  for (const char* key : {"message", "description", "detail", "reason"}) {
    violation.description = StringAt(item, key);
    if (!violation.description.empty()) break;
  }
  return violation;
}

void ReadViolations(const json& errors, std::vector<FieldViolation>* violations) {
  auto add = [violations](FieldViolation violation) {
    if (violation.description.empty() || violations->size() >= kMaxViolations) return;
    violations->push_back(std::move(violation));
  };
  if (errors.is_array()) {
    for (const json& item : errors) add(ViolationOf(item));
  } else if (errors.is_object()) {  // {field: ["message", ...]} or {field: "message"}
    for (const auto& [field, texts] : errors.items()) {
      for (const json& text : texts.is_array() ? texts : json::array({texts})) {
        if (text.is_string()) add({field, text.get<std::string>()});
      }
    }
  }
}

std::string MessageOf(const json& body) {
  auto error = body.find("error");
  if (error != body.end() && error->is_string()) return error->get<std::string>();
  if (error != body.end() && error->is_object()) {
    std::string message = StringAt(*error, "message");
    if (!message.empty()) return message;
  }
  for (const char* key : {"message", "detail", "title", "error_description"}) {
    std::string message = StringAt(body, key);
    if (!message.empty()) return message;
  }
  return "";
}

UpstreamErrorBody ReadObject(const json& body) {
  UpstreamErrorBody result;
  result.message = MessageOf(body);
  if (auto errors = body.find("errors"); errors != body.end()) {
    ReadViolations(*errors, &result.violations);
  }
  if (result.message.empty()) {
    for (const FieldViolation& violation : result.violations) {
      absl::StrAppend(&result.message, result.message.empty() ? "" : "; ", violation.field,
                      violation.field.empty() ? "" : ": ", violation.description);
    }
  }
  return result;
}

}  // namespace

absl::string_view Utf8Prefix(absl::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return text.substr(0, limit);
}

UpstreamErrorBody ReadErrorBody(absl::string_view body, absl::string_view content_type) {
  UpstreamErrorBody result;
  const json parsed = json::parse(body.begin(), body.end(), nullptr, /*allow_exceptions=*/false);
  if (parsed.is_object()) {
    result = ReadObject(parsed);
  } else if (parsed.is_string()) {
    result.message = parsed.get<std::string>();
  } else if (!absl::StrContains(content_type, "html")) {
    // A page made for browsers says nothing in one line; plain text may.
    result.message = std::string(absl::StripAsciiWhitespace(body.substr(0, 4 * kMaxMessage)));
  }
  // dump() with `replace` is the library's way to make any bytes valid UTF-8.
  const json text = result.message;
  const std::string quoted = text.dump(-1, ' ', false, json::error_handler_t::replace);
  const std::string clean = json::parse(quoted).get<std::string>();
  result.message = std::string(Utf8Prefix(clean, kMaxMessage));
  return result;
}

}  // namespace portico::invoke
