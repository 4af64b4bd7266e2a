// Compositions: what exposed operations, tools and functions do that is more than one
// plain call. Each becomes an Operation of its own.
//
// Not thread-safe. The draft and the resolver must outlive the compiler.
#ifndef PORTICO_CORE_PLAN_COMPOSITION_COMPILER_H_
#define PORTICO_CORE_PLAN_COMPOSITION_COMPILER_H_

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/capability/capability.h"
#include "core/capability/finding_log.h"
#include "core/plan/call_resolver.h"
#include "core/plan/composition.h"
#include "core/plan/input_scope.h"
#include "core/plan/plan_draft.h"

namespace portico::plan {

// More steps than this are an error.
constexpr std::size_t kMaxSteps = 32;

// Where a recipe stands.
struct RecipeSite {
  const capability::Recipe* recipe = nullptr;
  capability::Position position = {};
  std::string space = {};  // namespace of the door or aggregate
  std::string name = {};   // of the operation, within `space`
  std::string description = {};
  std::string http_method = {};         // of a route; empty: by what the steps do
  const PathTemplate* route = nullptr;  // null for a tool or function
  // Of the exposed resource, and behind the recipe's own.
  const std::vector<capability::InputParameter>* more_inputs = nullptr;
  std::size_t nth = 0;  // of the calls of this operation (CallResolver)
};

// The inputs that the site declares.
std::vector<std::string> InputNames(const RecipeSite& site);
// Those, and what its route captures.
std::vector<std::string> CallersNames(const RecipeSite& site);

// Where a plain call stands.
struct PresetSite {
  const capability::Call* call = nullptr;
  std::string space = {};  // as of a RecipeSite, and so the next
  std::string name = {};
  capability::Place place = {};
  std::vector<std::string> inputs = {};  // names of the caller's values
};

class CompositionCompiler {
 public:
  CompositionCompiler(PlanDraft* draft, CallResolver* resolver);

  // Whether the recipe is a call whose answer is passed on whole: no composition.
  static bool IsPlainCall(const RecipeSite& site);

  // Adds the operation to the draft. Null when something is wrong, with errors, and when
  // an API that it calls is left out.
  DraftOperation* Compile(const RecipeSite& site, std::size_t file, capability::FindingLog* log);

  // What a plain call calls: `called`, or, where `with` fixes inputs by variables, an operation of
  // its own, which is added to the draft.
  DraftOperation* Preset(const PresetSite& site, DraftOperation* called);

  // Adds an operation for every function. `log`: of the file in which they stand.
  void CompileAggregate(const capability::Aggregate& aggregate, std::size_t file,
                        capability::FindingLog* log);
  // The operation of `ref` in capability `file`; null, with an error, when there is none.
  DraftOperation* FindFunction(const capability::Text& ref, const capability::Position& position,
                               std::size_t file, capability::FindingLog* log);

 private:
  bool CompileSteps(const RecipeSite& site, std::size_t file, InputScope* scope, Composition* made,
                    Operation* operation, capability::FindingLog* log);
  bool CompileAnswer(const RecipeSite& site, InputScope* scope, Composition* made,
                     Operation* operation, capability::FindingLog* log);
  DraftOperation* Adopt(std::unique_ptr<DraftOperation> preset, const PresetSite& site);
  std::string UniqueName(const std::string& space, const std::string& name);

  PlanDraft* draft_;
  CallResolver* resolver_;
  std::set<std::string> ids_;
  std::map<std::pair<std::size_t, std::string>, DraftOperation*> functions_;
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_COMPOSITION_COMPILER_H_
