// What the expressions of one composition may speak of: its inputs, and the steps
// that have run by then.
//
// Not thread-safe.
#ifndef PORTICO_CORE_PLAN_INPUT_SCOPE_H_
#define PORTICO_CORE_PLAN_INPUT_SCOPE_H_

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/capability/capability.h"
#include "core/capability/finding_log.h"
#include "core/plan/expression_parser.h"
#include "core/plan/operation.h"

namespace portico::plan {

class InputScope final : public Scope {
 public:
  // `space`: of the door or aggregate; its values are the caller's.
  explicit InputScope(std::string space) : space_(std::move(space)) {}

  // One of `inputParameters`; of two of one name the first counts. `required`: it is
  // when the file does not say.
  void Declare(const capability::InputParameter& written, bool required,
               capability::FindingLog* log);
  // A placeholder of the route: declared already, or an input of its own.
  void DeclareCapture(const std::string& name);
  void AddStep(std::string name) { steps_.push_back(std::move(name)); }

  // The input that feeds `fed` without being named: the declared one of its name, or one
  // that is like it.
  std::size_t InputLike(const Parameter& fed);
  // Takes the type and words of what it feeds, when nothing else is known of it.
  void Resemble(std::size_t input, const Parameter& fed);
  // Warns of declared inputs that nothing has asked for.
  void CheckUse(capability::FindingLog* log) const;

  std::optional<std::size_t> FindStep(absl::string_view name) override;
  std::optional<std::size_t> FindInput(absl::string_view name) override;
  bool IsCallersSpace(absl::string_view name) override;
  std::size_t TakeInput(absl::string_view name) override;
  std::string Suggest(absl::string_view name) override;

  const std::vector<Parameter>& inputs() const { return inputs_; }
  // Whether some are declared as members of the body.
  bool takes_body() const { return takes_body_; }

 private:
  std::vector<std::string> Names() const;

  const std::string space_;
  std::vector<Parameter> inputs_;
  std::vector<capability::Position> places_;  // of each that is declared; line 0 otherwise
  std::set<std::size_t> used_;
  std::vector<std::string> steps_;
  bool takes_body_ = false;
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_INPUT_SCOPE_H_
