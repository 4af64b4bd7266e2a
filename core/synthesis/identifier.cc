#include "core/synthesis/identifier.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace portico::synthesis {
namespace {

// Sorted. Of Protobuf, C++20 (with what its headers define) and Python, in lower case:
// protoc escapes them differently in each language, or not at all.
constexpr absl::string_view kReserved[] = {
    "alignas",      "alignof",
    "and",          "and_eq",
    "as",           "asm",
    "assert",       "async",
    "auto",         "await",
    "bitand",       "bitor",
    "body",         "bool",
    "break",        "bytes",
    "case",         "catch",
    "char",         "class",
    "co_await",     "co_return",
    "co_yield",     "compl",
    "concept",      "const",
    "consteval",    "constexpr",
    "constinit",    "continue",
    "decltype",     "def",
    "default",      "del",
    "delete",       "do",
    "double",       "dynamic_cast",
    "elif",         "else",
    "enum",         "errno",
    "except",       "explicit",
    "export",       "extend",
    "extensions",   "extern",
    "false",        "finally",
    "fixed32",      "fixed64",
    "float",        "for",
    "friend",       "from",
    "global",       "goto",
    "group",        "if",
    "import",       "in",
    "inline",       "int",
    "int32",        "int64",
    "is",           "lambda",
    "long",         "map",
    "max",          "message",
    "mutable",      "namespace",
    "new",          "noexcept",
    "none",         "nonlocal",
    "not",          "not_eq",
    "null",         "nullptr",
    "oneof",        "operator",
    "option",       "optional",
    "or",           "or_eq",
    "package",      "pass",
    "private",      "protected",
    "public",       "raise",
    "register",     "reinterpret_cast",
    "repeated",     "required",
    "requires",     "reserved",
    "return",       "returns",
    "rpc",          "self",
    "service",      "sfixed32",
    "sfixed64",     "short",
    "signed",       "sint32",
    "sint64",       "sizeof",
    "static",       "static_assert",
    "static_cast",  "stream",
    "string",       "struct",
    "switch",       "syntax",
    "template",     "this",
    "thread_local", "throw",
    "to",           "true",
    "try",          "typedef",
    "typeid",       "typename",
    "uint32",       "uint64",
    "union",        "unmodeled_json",
    "unsigned",     "using",
    "virtual",      "void",
    "volatile",     "wchar_t",
    "weak",         "while",
    "with",         "xor",
    "xor_eq",       "yield",
};

static_assert(std::is_sorted(std::begin(kReserved), std::end(kReserved)));

bool IsReserved(absl::string_view name) {
  return std::binary_search(std::begin(kReserved), std::end(kReserved), name);
}

// Whether a word begins at `i`: `task|Id`, `API|Key`, `disabled|CI`.
bool StartsWord(absl::string_view name, std::size_t i) {
  if (i == 0 || !absl::ascii_isupper(name[i])) return false;
  if (!absl::ascii_isalnum(name[i - 1])) return false;
  if (!absl::ascii_isupper(name[i - 1])) return true;
  return i + 1 < name.size() && absl::ascii_islower(name[i + 1]);
}

std::string SnakeCase(absl::string_view name, absl::string_view prefix) {
  std::string snake;
  bool gap = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (!absl::ascii_isalnum(name[i])) {
      gap = true;
      continue;
    }
    if ((gap || StartsWord(name, i)) && !snake.empty()) snake.push_back('_');
    gap = false;
    snake.push_back(absl::ascii_tolower(name[i]));
  }
  if (snake.empty()) return std::string(prefix);
  return absl::ascii_isdigit(snake[0]) ? absl::StrCat(prefix, "_", snake) : snake;
}

}  // namespace

std::string FieldIdentifier(absl::string_view name) {
  std::string snake = SnakeCase(name, "field");
  return IsReserved(snake) ? absl::StrCat(snake, "_value") : snake;
}

std::string MethodIdentifier(absl::string_view name) {
  std::string pascal;
  bool start = true;
  for (const char c : name) {
    if (!absl::ascii_isalnum(c)) {
      start = true;
      continue;
    }
    pascal.push_back(start ? absl::ascii_toupper(c) : c);
    start = false;
  }
  if (pascal.empty()) return "Call";
  return absl::ascii_isdigit(pascal[0]) ? absl::StrCat("Call", pascal) : pascal;
}

std::string PackageIdentifier(absl::string_view name) { return SnakeCase(name, "api"); }

}  // namespace portico::synthesis
