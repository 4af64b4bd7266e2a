// What an operation answers: its types, for whoever describes it, and where each
// part comes from, for whoever makes it (core/invoke/output_shaper.h).
//
// Plain immutable data owned by the Plan; any thread.
#ifndef PORTICO_CORE_PLAN_OUTPUT_H_
#define PORTICO_CORE_PLAN_OUTPUT_H_

#include <optional>
#include <string>
#include <vector>

#include "core/codec/json_value.h"
#include "core/plan/expression.h"
#include "core/plan/json_path.h"

namespace portico::plan {

struct Output {
  enum class Type { kAny, kString, kNumber, kInteger, kBoolean, kArray, kObject };

  Type type = Type::kAny;
  std::string name;  // as a member of an object; otherwise empty
  std::string description;
  std::vector<Output> properties;  // kObject; none: any members
  std::vector<Output> items;       // kArray: what its elements are; none: anything

  // At most one of these is used, in this order.
  std::optional<Expression> value;           // made of inputs
  std::optional<JsonPath> mapping;           // of what the part around it stands for
  std::optional<codec::JsonValue> constant;  // as in JSON Schema; also the answer, alone
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_OUTPUT_H_
