// What a tool's arguments must look like: written as JSON Schema 2020-12 for clients,
// and what argument_check.h checks by. One description for both.
//
// Plain data, immutable once built; any thread.
#ifndef PORTICO_GATEWAY_MCP_INPUT_SCHEMA_H_
#define PORTICO_GATEWAY_MCP_INPUT_SCHEMA_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace portico::mcp {

struct InputMember;

// Only what every model provider takes (measured, 2026): `type`, `description`,
// `properties`, `required`, `additionalProperties`, `items`, `minimum`, and `anyOf` where
// any value will do.
struct InputSchema {
  enum class Type { kAny, kString, kInteger, kNumber, kBoolean, kArray, kObject };

  Type type = Type::kAny;
  std::string description;           // at most 1,000 bytes
  bool not_negative = false;         // of numbers
  bool nullable = false;             // null is passed on, too; the schema does not say so
  bool takes_one = false;            // of an array: one value stands for a list of one
  std::vector<InputMember> members;  // of an object
  bool closed = false;               // of an object: no other members
  // Of an array, its elements; of an object, its other members. Null: any JSON.
  std::shared_ptr<const InputSchema> element = nullptr;

  // Null when there is none of that name.
  const InputMember* Find(absl::string_view name) const;
};

struct InputMember {
  std::string name;    // ^[a-zA-Z0-9_.-]{1,64}$ in `arguments` itself
  std::string source;  // there, the plan::Binding::caller_name that it feeds
  bool required = false;
  InputSchema schema;
};

// "a string", "an array of integers".
std::string Expected(const InputSchema& schema);

// Compact JSON.
std::string WriteSchema(const InputSchema& schema);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_INPUT_SCHEMA_H_
