#include "demo/json.h"

#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace portico::demo {
namespace {

constexpr int kMaxDepth = 200;
constexpr std::size_t kQuoted = 16;  // of the text, in an error

int Depth(absl::string_view text) {
  int depth = 0;
  int deepest = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      deepest = ++depth > deepest ? depth : deepest;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return deepest;
}

// Node 20's words.
std::string SyntaxMessage(absl::string_view text, std::size_t byte) {
  if (byte > text.size()) return "Unexpected end of JSON input";
  const std::size_t at = byte == 0 ? 0 : byte - 1;
  const bool whole = text.size() <= kQuoted;
  return absl::StrCat("Unexpected token '", text.substr(at, 1), "', \"", text.substr(0, kQuoted),
                      whole ? "" : "...", "\" is not valid JSON");
}

}  // namespace

absl::StatusOr<Json> ParseJson(absl::string_view text) {
  if (Depth(text) > kMaxDepth) {
    return absl::InvalidArgumentError(
        absl::StrCat("JSON nests deeper than ", kMaxDepth, " levels"));
  }
  try {
    return Json::parse(text.begin(), text.end());
  } catch (const Json::parse_error& error) {
    return absl::InvalidArgumentError(SyntaxMessage(text, error.byte));
  } catch (const Json::exception& error) {  // a number out of range
    return absl::InvalidArgumentError(error.what());
  }
}

std::string Dump(const Json& value, int indent) {
  return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

std::string Quote(absl::string_view text) { return Dump(Json(std::string(text))); }

}  // namespace portico::demo
