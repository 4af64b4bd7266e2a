#include "core/plan/call_resolver.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/capability/suggestion.h"

namespace portico::plan {

CallResolver::CallResolver(const PlanDraft& draft) {
  for (const auto& drafted : draft.operations) {
    const std::string call = absl::StrCat(drafted->operation->space, ".", drafted->written_name);
    by_file_[{drafted->file, call}].push_back(drafted.get());
    by_name_[call].push_back(drafted.get());
  }
}

CallResolver::Target CallResolver::Resolve(std::size_t file, const std::string& call,
                                           std::size_t nth) {
  const auto pick = [&](const std::vector<DraftOperation*>& operations) {
    return Target{operations[std::min(nth, operations.size() - 1)], false, ""};
  };
  if (const auto own = by_file_.find({file, call}); own != by_file_.end()) return pick(own->second);
  for (const auto& [owner, space] : left_out_) {
    if (owner == file && absl::StartsWith(call, absl::StrCat(space, "."))) {
      return Target{nullptr, true, ""};
    }
  }
  if (const auto any = by_name_.find(call); any != by_name_.end()) return pick(any->second);
  return Target{nullptr, false, Problem(file, call)};
}

std::string CallResolver::Problem(std::size_t file, const std::string& call) {
  std::string problem = absl::StrCat("names unknown operation \"", call, "\"");
  if (suggestions_left_ == 0) return problem;
  --suggestions_left_;
  std::vector<std::string> names;
  for (const auto& [name, operations] : by_file_) {
    if (name.first == file) names.push_back(name.second);
  }
  // The namespace may be missing altogether.
  for (const std::string& name : names) {
    if (absl::EndsWith(name, absl::StrCat(".", call))) {
      return absl::StrCat(problem, "; did you mean \"", name, "\"?");
    }
  }
  for (const auto& [name, operations] : by_name_) names.push_back(name);
  return absl::StrCat(problem, capability::DidYouMean(call, names));
}

}  // namespace portico::plan
