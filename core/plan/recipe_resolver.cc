#include "core/plan/recipe_resolver.h"

#include "absl/strings/str_cat.h"

namespace portico::plan {
namespace {

const capability::Call& EveryInput() {
  static const auto* const kCall = new capability::Call();
  return *kCall;
}

}  // namespace

ResolvedRecipe ResolveRecipe(RecipeSite site, std::size_t file,
                             std::map<std::string, std::size_t>* calls, CallResolver* resolver,
                             CompositionCompiler* compositions, capability::FindingLog* log) {
  const capability::Recipe& recipe = *site.recipe;
  if (recipe.ref.present()) {
    return {compositions->FindFunction(recipe.ref, site.position, file, log), &recipe.call};
  }
  const std::string& call = recipe.call.operation.text;
  if (!call.empty()) site.nth = (*calls)[call]++;
  if (!CompositionCompiler::IsPlainCall(site)) {
    return {compositions->Compile(site, file, log), &EveryInput()};
  }
  const CallResolver::Target target = resolver->Resolve(file, call, site.nth);
  if (!target.problem.empty()) {
    log->Error(capability::Rule::kUnresolvedCall, recipe.call.operation.line,
               absl::StrCat(site.position.key, ".call"), target.problem);
  }
  if (target.operation == nullptr) return {};
  return {compositions->Preset({&recipe.call,
                                site.space,
                                site.name,
                                {log->file(), site.position.line},
                                CallersNames(site)},
                               target.operation),
          &recipe.call};
}

std::string NamespaceOf(const capability::Expose& expose, const char* otherwise) {
  return expose.space.text.empty() ? otherwise : expose.space.text;
}

}  // namespace portico::plan
