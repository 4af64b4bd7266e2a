#include "core/plan/base_uri_overlay.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/capability/suggestion.h"
#include "core/plan/upstream_compiler.h"

namespace portico::plan {

void BaseUriOverlay::Add(const v1::UpstreamOverlay& written, const std::string& key,
                         overlay::OverlayLog* log) {
  const std::string variables = absl::StrCat(key, ".variables");
  for (const auto& [name, value] : written.variables()) {
    variables_[name] = {value, absl::StrCat(variables, ".", name), log};
    last_key_ = variables;
    last_log_ = log;
  }
  const std::string base_uri = absl::StrCat(key, ".baseUri");
  if (!log->Has(base_uri)) return;
  if (written.base_uri().empty()) log->Error(base_uri, "must not be empty");
  uri_ = written.base_uri();
  last_key_ = base_uri;
  last_log_ = log;
}

std::string BaseUriOverlay::Resolve() {
  std::string resolved = Expand();
  for (const auto& [name, value] : variables_) {
    if (value.used) continue;
    value.log->Error(value.key, absl::StrCat("is no variable of the base URI \"", uri_, "\""));
  }
  if (!resolved.empty()) {
    if (const std::string problem = BaseUriProblem(resolved); !problem.empty()) {
      last_log_->Error(last_key_,
                       absl::StrCat("makes the base URI \"", resolved, "\", which ", problem));
    }
  }
  return resolved;
}

// `{name}` and `{{name}}`; empty after an error.
std::string BaseUriOverlay::Expand() {
  std::string expanded;
  std::vector<std::string> missing;
  absl::string_view rest = uri_;
  while (true) {
    const std::size_t open = rest.find('{');
    const std::size_t close = rest.find('}', open);
    if (open == absl::string_view::npos || close == absl::string_view::npos) break;
    const bool twice = rest.substr(open, 2) == "{{";
    const std::size_t begin = open + (twice ? 2 : 1);
    const std::string name(rest.substr(begin, close - begin));
    absl::StrAppend(&expanded, rest.substr(0, open));
    const auto found = variables_.find(name);
    if (found == variables_.end()) {
      missing.push_back(name);
    } else {
      found->second.used = true;
      absl::StrAppend(&expanded, found->second.text);
    }
    rest.remove_prefix(close + 1);
    if (twice && !rest.empty() && rest.front() == '}') rest.remove_prefix(1);
  }
  if (missing.empty()) return absl::StrCat(expanded, rest);
  std::vector<std::string> names;
  for (const auto& [name, value] : variables_) {
    if (!value.used) names.push_back(name);
  }
  last_log_->Error(
      last_key_, absl::StrCat("leaves {", absl::StrJoin(missing, "} and {"), "} of the base URI \"",
                              uri_, "\" without a value; give it under \"variables\"",
                              capability::DidYouMean(missing.front(), names)));
  return "";
}

}  // namespace portico::plan
