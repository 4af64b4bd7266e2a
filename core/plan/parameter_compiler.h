// The inputs of one consumed operation: its parameters, its body, the headers
// that are sent with every call, and those that are never taken from a caller.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_PLAN_PARAMETER_COMPILER_H_
#define PORTICO_CORE_PLAN_PARAMETER_COMPILER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/capability/capability.h"
#include "core/capability/finding_log.h"
#include "core/plan/operation.h"
#include "core/plan/path_template.h"

namespace portico::plan {

// More inputs than this for one operation are an error.
constexpr std::size_t kMaxInputs = 256;

struct CompiledInputs {
  std::vector<Parameter> parameters;  // implicit ones first
  BodyUse body = BodyUse::kNone;
  ValueType body_type = ValueType::kObject;
  std::string body_name;  // what the file calls the body
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

// `levels` holds the `inputParameters` of the operation, its resource and its
// API, in this order: of two for one place the earlier counts.
CompiledInputs CompileInputs(
    const std::vector<const std::vector<capability::InputParameter>*>& levels,
    const PathTemplate& path, AuthorizationInput authorization,
    const capability::Position& operation, capability::FindingLog* log);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_PARAMETER_COMPILER_H_
