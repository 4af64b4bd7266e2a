#include "gateway/mcp/json_view.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/codec/json_string.h"

namespace portico::mcp {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

void SkipSpace(absl::string_view* rest) {
  while (!rest->empty() && IsSpace(rest->front())) rest->remove_prefix(1);
}

// The length of the string that `text` begins with, quotes included.
std::size_t StringLength(absl::string_view text) {
  std::size_t at = 1;
  while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
  return std::min(at + 1, text.size());
}

std::size_t ContainerLength(absl::string_view text) {
  std::size_t open = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"') {
      at += StringLength(text.substr(at));
      continue;
    }
    ++at;
    if (c == '{' || c == '[') ++open;
    if ((c == '}' || c == ']') && --open == 0) return at;
  }
  return text.size();
}

std::size_t ScalarLength(absl::string_view text) {
  const auto ends = [](char c) { return IsSpace(c) || c == ',' || c == '}' || c == ']'; };
  return std::find_if(text.begin(), text.end(), ends) - text.begin();
}

// Takes the value that `rest` begins with, and the comma behind it.
absl::string_view TakeValue(absl::string_view* rest) {
  SkipSpace(rest);
  const std::size_t length = IsString(*rest)                     ? StringLength(*rest)
                             : IsObject(*rest) || IsArray(*rest) ? ContainerLength(*rest)
                                                                 : ScalarLength(*rest);
  const absl::string_view value = rest->substr(0, length);
  rest->remove_prefix(length);
  SkipSpace(rest);
  if (!rest->empty() && rest->front() == ',') rest->remove_prefix(1);
  return value;
}

bool IsNamed(absl::string_view key, absl::string_view name) {
  const absl::string_view raw = key.substr(1, key.size() - 2);
  if (raw.find('\\') == absl::string_view::npos) return raw == name;
  return StringOf(key) == name;
}

}  // namespace

bool IsInteger(absl::string_view value) {
  if (!value.empty() && value[0] == '-') value.remove_prefix(1);
  return !value.empty() &&
         std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
}

absl::string_view Member(absl::string_view object, absl::string_view name) {
  absl::string_view found;
  SkipSpace(&object);
  if (!IsObject(object)) return found;
  object.remove_prefix(1);
  for (SkipSpace(&object); IsString(object); SkipSpace(&object)) {
    const absl::string_view key = object.substr(0, StringLength(object));
    object.remove_prefix(key.size());
    SkipSpace(&object);
    if (!object.empty()) object.remove_prefix(1);  // the colon
    const absl::string_view value = TakeValue(&object);
    if (IsNamed(key, name)) found = value;
  }
  return found;
}

void ForEachElement(absl::string_view array, absl::FunctionRef<void(absl::string_view)> visit) {
  SkipSpace(&array);
  if (!IsArray(array)) return;
  array.remove_prefix(1);
  for (SkipSpace(&array); !array.empty() && array.front() != ']'; SkipSpace(&array)) {
    visit(TakeValue(&array));
  }
}

std::optional<std::string> StringOf(absl::string_view value) {
  if (!IsString(value) || value.size() < 2) return std::nullopt;
  const absl::string_view raw = value.substr(1, value.size() - 2);
  std::string text(raw.size(), '\0');
  std::size_t size = 0;
  if (codec::Unescape(raw, text.data(), &size) != codec::Unescaped::kDone) return std::nullopt;
  text.resize(size);
  return text;
}

std::size_t DepthOf(absl::string_view value) {
  std::size_t open = 0;
  std::size_t deepest = 0;
  for (std::size_t at = 0; at < value.size();) {
    const char c = value[at];
    if (c == '"') {
      at += StringLength(value.substr(at));
      continue;
    }
    ++at;
    if (c == '{' || c == '[') deepest = std::max(deepest, ++open);
    if ((c == '}' || c == ']') && open > 0) --open;
  }
  return deepest;
}

std::string Quoted(absl::string_view text) {
  std::string quoted = "\"";
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at != end;) {
    const std::size_t length = codec::Utf8Length(at, end);
    if (length == 0) {
      quoted += "\xEF\xBF\xBD";
      ++at;
      continue;
    }
    const auto byte = static_cast<unsigned char>(*at);
    if (*at == '"' || *at == '\\') quoted += '\\';
    if (byte < 0x20) {
      absl::StrAppendFormat(&quoted, "\\u%04x", byte);
    } else {
      quoted.append(at, length);
    }
    at += length;
  }
  return quoted + '"';
}

}  // namespace portico::mcp
