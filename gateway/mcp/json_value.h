// JSON as a caller sent it, to be checked and passed on: numbers keep their
// spelling, objects the order of their members and those that occur twice.
//
// Plain data; any thread.
#ifndef PORTICO_GATEWAY_MCP_JSON_VALUE_H_
#define PORTICO_GATEWAY_MCP_JSON_VALUE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace portico::mcp {

struct JsonValue {
  enum class Kind { kNull, kBoolean, kNumber, kString, kArray, kObject };

  Kind kind = Kind::kNull;
  // A string's text, in UTF-8; a number's spelling; "true", "false" or "null".
  std::string text = "null";
  std::vector<std::string> names;   // an object's, one for every element
  std::vector<JsonValue> elements;  // an array's, or the values of an object's members

  // The value of the first member of that name; null when there is none.
  JsonValue* Find(absl::string_view name);
};

// Nullopt when `text` is not one JSON value in UTF-8, is nested more than 100 deep, or
// holds half of a surrogate pair.
std::optional<JsonValue> ParseJson(absl::string_view text);

// Compact.
std::string WriteJson(const JsonValue& value);

// "an object", "the number 5": for messages. Long values are cut.
std::string Described(const JsonValue& value);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_JSON_VALUE_H_
