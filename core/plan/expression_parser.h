// How capability files write values: in `with`, `mappings`, `lookupValue` and the
// `value` of outputs.
//
//   rest.imo, tools.imo, NAMESPACE.imo   the caller's value
//   $.get-ship.dims.length               of what a step brought, or a caller's value
//   {{imo}}, {{get-ship.dims.length}}    the same, also inside a text: "ship {{imo}}"
//   anything else                        the text itself
//
// Pure function; any thread.
#ifndef PORTICO_CORE_PLAN_EXPRESSION_PARSER_H_
#define PORTICO_CORE_PLAN_EXPRESSION_PARSER_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/plan/expression.h"

namespace portico::plan {

// What an expression may speak of where it stands.
class Scope {
 public:
  virtual ~Scope() = default;
  // A step that has run by then.
  virtual std::optional<std::size_t> FindStep(absl::string_view name) = 0;
  virtual std::optional<std::size_t> FindInput(absl::string_view name) = 0;
  // "rest", "tools" or the namespace of the door or aggregate.
  virtual bool IsCallersSpace(absl::string_view name) = 0;
  // The input of an explicit reference: one that the file does not declare begins with it.
  virtual std::size_t TakeInput(absl::string_view name) = 0;
  // "; did you mean ...?", or nothing.
  virtual std::string Suggest(absl::string_view name) = 0;
};

// InvalidArgument says what is wrong, in the words of a finding.
absl::StatusOr<Expression> ParseExpression(absl::string_view text, Scope* scope);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_EXPRESSION_PARSER_H_
