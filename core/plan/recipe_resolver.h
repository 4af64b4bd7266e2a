// Which operation a recipe means: the one that it calls, the function that it refers
// to, or a composition of its own.
//
// Not thread-safe.
#ifndef PORTICO_CORE_PLAN_RECIPE_RESOLVER_H_
#define PORTICO_CORE_PLAN_RECIPE_RESOLVER_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "core/plan/call_resolver.h"
#include "core/plan/composition_compiler.h"

namespace portico::plan {

struct ResolvedRecipe {
  DraftOperation* operation = nullptr;  // null: left out, or with an error
  // Whose `with` feeds the operation: the recipe's own, or one of every input.
  const capability::Call* call = nullptr;
};

// `calls` counts the plain calls of one door, by what is called (CallResolver).
ResolvedRecipe ResolveRecipe(RecipeSite site, std::size_t file,
                             std::map<std::string, std::size_t>* calls, CallResolver* resolver,
                             CompositionCompiler* compositions, capability::FindingLog* log);

// The namespace of a door, or what stands for it.
std::string NamespaceOf(const capability::Expose& expose, const char* otherwise);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_RECIPE_RESOLVER_H_
