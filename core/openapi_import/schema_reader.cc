#include "core/openapi_import/schema_reader.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace portico::openapi_import {
namespace {

using Kind = YamlNode::Kind;

constexpr std::size_t kMaxSchemas = 256;  // that one combines
constexpr std::size_t kMaxValues = 30;    // of an enum that are written out
constexpr std::size_t kMaxMembers = 40;   // of a body that are written out
constexpr std::size_t kMaxRead = 1000;    // members of a schema that are looked at

// The type that 3.0's text or 3.1's list names; "" for none and for null alone.
std::string NamedType(const YamlNode& schema) {
  const YamlNode* type = schema.Find("type");
  if (type == nullptr) return "";
  if (type->kind == Kind::kScalar) return type->text == "null" ? "" : type->text;
  for (const auto& item : type->items) {
    if (item->kind == Kind::kScalar && item->text != "null") return item->text;
  }
  return "";
}

bool Enter(const YamlNode* schema, std::set<const YamlNode*>* seen) {
  return seen->size() < kMaxSchemas && seen->insert(schema).second;
}

}  // namespace

std::string SchemaReader::TypeOf(const YamlNode* schema) {
  Seen seen;
  std::string type = TypeWithin(schema, &seen);
  for (const char* known : {"integer", "number", "boolean", "array", "object"}) {
    if (type == known) return type;
  }
  return "string";
}

std::string SchemaReader::TypeWithin(const YamlNode* schema, Seen* seen) {
  schema = resolver_->Resolve(schema);
  if (schema == nullptr || !Enter(schema, seen)) return "";
  if (std::string type = NamedType(*schema); !type.empty()) return type;
  for (const char* combination : {"allOf", "oneOf", "anyOf"}) {
    const YamlNode* parts = schema->Find(combination);
    if (parts == nullptr) continue;
    for (const auto& part : parts->items) {
      if (std::string type = TypeWithin(part.get(), seen); !type.empty()) return type;
    }
  }
  if (schema->Find("properties") != nullptr) return "object";
  return schema->Find("items") != nullptr ? "array" : "";
}

std::string SchemaReader::ValuesOf(const YamlNode* schema) {
  schema = resolver_->Resolve(schema);
  if (schema == nullptr) return "";
  const YamlNode* listed = schema;
  if (const YamlNode* items = resolver_->Member(*schema, "items")) listed = items;
  std::vector<std::string> values;
  if (const YamlNode* choices = listed->Find("enum")) {
    for (const auto& choice : choices->items) {
      if (choice->kind == Kind::kScalar && values.size() < kMaxValues) {
        values.push_back(choice->text);
      }
    }
  }
  std::string text;
  if (!values.empty()) text = absl::StrCat("One of: ", absl::StrJoin(values, ", "), ".");
  const std::string initial = resolver_->TextOf(*schema, "default");
  return initial.empty() ? text : Joined(text, absl::StrCat("Default: ", initial, "."));
}

std::vector<SchemaReader::Member> SchemaReader::MembersOf(const YamlNode* schema) {
  std::vector<Member> members;
  Seen seen;
  AddMembers(schema, &seen, &members);
  return members;
}

void SchemaReader::AddMembers(const YamlNode* schema, Seen* seen, std::vector<Member>* members) {
  schema = resolver_->Resolve(schema);
  if (schema == nullptr || !Enter(schema, seen)) return;
  if (const YamlNode* parts = schema->Find("allOf")) {
    for (const auto& part : parts->items) AddMembers(part.get(), seen, members);
  }
  if (const YamlNode* properties = schema->Find("properties")) {
    for (std::size_t i = 0; i < properties->keys.size() && members->size() < kMaxRead; ++i) {
      const YamlNode* property = resolver_->Resolve(properties->items[i].get());
      if (property != nullptr && resolver_->FlagOf(*property, "readOnly")) continue;
      members->push_back({properties->keys[i].text, property, false});
    }
  }
  const YamlNode* required = schema->Find("required");
  if (required == nullptr) return;
  for (const auto& name : required->items) {
    for (Member& member : *members) {
      if (member.name == name->text) member.required = true;
    }
  }
}

std::string SchemaReader::MemberText(const YamlNode* schema) {
  std::vector<Member> members = MembersOf(schema);
  if (members.empty()) return "";
  // What must be there is what a reader of a shortened list needs.
  std::stable_partition(members.begin(), members.end(),
                        [](const Member& member) { return member.required; });
  std::vector<std::string> words;
  for (const Member& member : members) {
    if (words.size() == kMaxMembers) {
      words.emplace_back("...");
      break;
    }
    words.push_back(absl::StrCat(member.name, " (", TypeOf(member.schema),
                                 member.required ? ", required)" : ")"));
  }
  return absl::StrCat("Members: ", absl::StrJoin(words, ", "), ".");
}

std::string Shortened(absl::string_view text, std::size_t limit) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(text, absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty());
  std::string line = absl::StrJoin(words, " ");
  if (line.size() <= limit) return line;
  std::size_t end = line.rfind(' ', limit - 3);
  if (end == std::string::npos) {
    // One long word, or a script that has no spaces.
    for (end = limit - 3; end > 0 && (line[end] & 0xC0) == 0x80;) --end;
  }
  line.resize(end);
  return line + "...";
}

std::string Joined(absl::string_view first, absl::string_view second) {
  first = absl::StripAsciiWhitespace(first);
  second = absl::StripAsciiWhitespace(second);
  if (first.empty() || second.empty()) return absl::StrCat(first, second);
  const bool ended = absl::ascii_ispunct(static_cast<unsigned char>(first.back())) != 0;
  return absl::StrCat(first, ended ? " " : ". ", second);
}

}  // namespace portico::openapi_import
