#include "core/plan/base_uri_overlay.h"

#include <optional>
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

// Empty after an error.
std::string BaseUriOverlay::Expand() {
  FilledBaseUri filled =
      FillBaseUri(uri_, [this](const std::string& name) -> std::optional<std::string> {
        const auto found = variables_.find(name);
        if (found == variables_.end()) return environment_(name);
        found->second.used = true;
        return found->second.text;
      });
  const std::vector<std::string>& missing = filled.missing;
  if (missing.empty()) return std::move(filled.uri);
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
