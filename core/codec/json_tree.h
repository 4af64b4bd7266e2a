// A JSON text as a tree that forgets nothing but white space and the spelling of
// strings: numbers keep their lexemes, objects the order and the duplicates of
// their members. For tests, written without the code under test.
#ifndef PORTICO_CORE_CODEC_JSON_TREE_H_
#define PORTICO_CORE_CODEC_JSON_TREE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace portico::codec {

struct JsonTree {
  char type = 'n';   // one of `{["0tfn`, the value's kind
  std::string text;  // a number's lexeme; a string's text, lone surrogates as in WTF-8
  std::vector<std::string> names;  // an object's, one for every element
  std::vector<JsonTree> elements;  // an array's, or the values of an object's members
};

// Nothing when `text` is not JSON. Recursive: not for very deep texts.
std::optional<JsonTree> ParseJsonTree(absl::string_view text);

enum class MemberOrder {
  // Members that follow the typed ones: a first run in order, then a second one.
  kRemainderLast,
  // Any, but for members of the same name: their order tells which one counts.
  kAny,
};

// Whether two texts are the same JSON, with objects' members in the order allowed.
bool SameJson(const JsonTree& expected, const JsonTree& actual, MemberOrder order);

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_JSON_TREE_H_
