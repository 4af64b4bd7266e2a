// JSON as it came, to be looked into and passed on: numbers keep their spelling,
// objects the order of their members and those that occur twice.
//
// Plain data; any thread.
#ifndef PORTICO_CORE_CODEC_JSON_VALUE_H_
#define PORTICO_CORE_CODEC_JSON_VALUE_H_

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace portico::codec {

struct JsonValue {
  enum class Kind { kNull, kBoolean, kNumber, kString, kArray, kObject };

  Kind kind = Kind::kNull;
  // A string's text, in UTF-8; a number's spelling; "true", "false" or "null".
  std::string text = "null";
  std::vector<std::string> names;   // an object's, one for every element
  std::vector<JsonValue> elements;  // an array's, or the values of an object's members

  // The value of the first member of that name; null when there is none.
  JsonValue* Find(absl::string_view name);
  const JsonValue* Find(absl::string_view name) const;

  static JsonValue String(std::string text);
  static JsonValue Array();
  static JsonValue Object();
  // Behind the other members; whoever calls sees to it that no other has the name.
  void Add(std::string name, JsonValue value);
};

// Nullopt when `text` is not one JSON value in UTF-8, is nested more than 100 deep,
// holds half of a surrogate pair or more than `max_values` values.
std::optional<JsonValue> ParseJson(
    absl::string_view text, std::size_t max_values = std::numeric_limits<std::size_t>::max());

// Compact. Texts that are not UTF-8 are written empty: no parsed one is such.
std::string WriteJson(const JsonValue& value);

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_JSON_VALUE_H_
