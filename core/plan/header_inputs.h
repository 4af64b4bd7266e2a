// Inputs that are header fields: which are taken from callers, which are sent as the file has
// them, and which never are.
//
// Not thread-safe. What the constructor is given must outlive it.
#ifndef PORTICO_CORE_PLAN_HEADER_INPUTS_H_
#define PORTICO_CORE_PLAN_HEADER_INPUTS_H_

#include <string>

#include "core/capability/capability.h"
#include "core/plan/compiled_inputs.h"
#include "core/plan/input_log.h"

namespace portico::plan {

class HeaderInputs {
 public:
  HeaderInputs(AuthorizationInput authorization, CompiledInputs* compiled, InputLog* log)
      : authorization_(authorization), compiled_(compiled), log_(log) {}

  // `name`: what is sent, not empty.
  void Add(const capability::InputParameter& input, const std::string& name);

 private:
  void AddParameter(const capability::InputParameter& input, const std::string& name);
  void AddAuthorization(const capability::InputParameter& input, const std::string& name);
  void AddAccept(const capability::InputParameter& input);
  void AddConstantHeader(const capability::InputParameter& input, const std::string& name);

  const AuthorizationInput authorization_;
  CompiledInputs* compiled_;
  InputLog* log_;
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_HEADER_INPUTS_H_
