#include "core/capability/yaml_json.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace portico::capability {
namespace {

std::string Quoted(absl::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      absl::StrAppend(&quoted, "\\", absl::string_view(&c, 1));
    } else if (static_cast<unsigned char>(c) < 0x20) {
      absl::StrAppend(&quoted, absl::StrFormat("\\u%04x", c));
    } else {
      quoted.push_back(c);
    }
  }
  return quoted + "\"";
}

// Takes digits off the front; false when there are none.
bool TakeDigits(absl::string_view* text) {
  const std::size_t count = std::min(text->find_first_not_of("0123456789"), text->size());
  text->remove_prefix(count);
  return count > 0;
}

// RFC 8259, 6.
bool IsNumber(absl::string_view text) {
  if (!text.empty() && text[0] == '-') text.remove_prefix(1);
  if (text.size() > 1 && text[0] == '0' && absl::ascii_isdigit(text[1])) return false;
  if (!TakeDigits(&text)) return false;
  if (!text.empty() && text[0] == '.') {
    text.remove_prefix(1);
    if (!TakeDigits(&text)) return false;
  }
  if (!text.empty() && (text[0] == 'e' || text[0] == 'E')) {
    text.remove_prefix(1);
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
    if (!TakeDigits(&text)) return false;
  }
  return text.empty();
}

std::string ScalarAsJson(const YamlNode& node) {
  if (node.quoted) return Quoted(node.text);
  if (node.text == "true" || node.text == "false" || IsNumber(node.text)) return node.text;
  if (node.text == "null" || node.text == "~") return "null";
  return Quoted(node.text);
}

}  // namespace

std::string YamlAsJson(const YamlNode& node) {
  if (node.kind == YamlNode::Kind::kNull) return "null";
  if (node.kind == YamlNode::Kind::kScalar) return ScalarAsJson(node);
  const bool map = node.kind == YamlNode::Kind::kMap;
  std::string json = map ? "{" : "[";
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    if (i > 0) json.push_back(',');
    if (map) absl::StrAppend(&json, Quoted(node.keys[i].text), ":");
    json += YamlAsJson(*node.items[i]);
  }
  return json + (map ? "}" : "]");
}

}  // namespace portico::capability
