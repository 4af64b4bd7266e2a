// What the inputs of one consumed operation come to, while they are compiled.
//
// Plain data; not thread-safe.
#ifndef PORTICO_CORE_PLAN_COMPILED_INPUTS_H_
#define PORTICO_CORE_PLAN_COMPILED_INPUTS_H_

#include <optional>
#include <string>
#include <vector>

#include "core/plan/operation.h"

namespace portico::plan {

struct CompiledInputs {
  std::vector<Parameter> parameters;  // implicit ones first
  BodyUse body = BodyUse::kNone;
  ValueType body_type = ValueType::kObject;
  std::string body_name;  // what the file calls the body
  std::string body_description;
  std::vector<Header> constant_headers;
  std::vector<Constant> constants;
  std::optional<std::string> constant_body;
  std::vector<std::string> untaken;
  bool accepts_event_stream = false;  // an `Accept` input says so
};

// What becomes of an input called `Authorization`.
enum class AuthorizationInput {
  kPassed,     // a header like any other: the file has no `authentication`
  kRefused,    // the configured credential is what is sent
  kReplacing,  // the caller's, where given, in the place of the configured one
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_COMPILED_INPUTS_H_
