// What a capability file can say of a JSON schema: a type, and a text for people and
// models. Recursive schemas are common, so nothing is followed deeper than it is shown.
//
// Not thread-safe. The resolver must outlive the reader.
#ifndef PORTICO_CORE_OPENAPI_IMPORT_SCHEMA_READER_H_
#define PORTICO_CORE_OPENAPI_IMPORT_SCHEMA_READER_H_

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "core/openapi_import/reference_resolver.h"

namespace portico::openapi_import {

class SchemaReader {
 public:
  // A property of an object, its own or one of an `allOf`.
  struct Member {
    std::string name;
    const YamlNode* schema = nullptr;  // may be null
    bool required = false;
  };

  explicit SchemaReader(ReferenceResolver* resolver) : resolver_(resolver) {}

  // string, integer, number, boolean, array or object. Of several the first that is not
  // null; "string" when nothing is said.
  std::string TypeOf(const YamlNode* schema);
  // "One of: a, b. Default: a." or "".
  std::string ValuesOf(const YamlNode* schema);
  std::vector<Member> MembersOf(const YamlNode* schema);
  // "Members: name (string, required), count (integer)." or "".
  std::string MemberText(const YamlNode* schema);

 private:
  // Each schema counts once, so that those that combine one another end soon.
  using Seen = std::set<const YamlNode*>;

  std::string TypeWithin(const YamlNode* schema, Seen* seen);
  void AddMembers(const YamlNode* schema, Seen* seen, std::vector<Member>* members);

  ReferenceResolver* resolver_;
};

// `text` in one paragraph, cut after a word at `limit` bytes at the most; never inside a
// character.
std::string Shortened(absl::string_view text, std::size_t limit);
// "a b" of "a" and "b"; a sentence's end between them.
std::string Joined(absl::string_view first, absl::string_view second);

}  // namespace portico::openapi_import

#endif  // PORTICO_CORE_OPENAPI_IMPORT_SCHEMA_READER_H_
