#include "core/plan/overlay_compiler.h"

#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/capability/suggestion.h"
#include "core/plan/base_uri_overlay.h"
#include "core/plan/operation_overlay.h"
#include "core/plan/upstream_compiler.h"
#include "core/plan/upstream_overlay.h"

namespace portico::plan {
namespace {

std::string KeyOf(const std::string& space) { return absl::StrCat("overlay.", space); }

// Where an operation says nothing of its own, what its API says counts.
void InheritTimeouts(const Timeouts& from, Timeouts* to) {
  if (!to->connect.has_value()) to->connect = from.connect;
  if (!to->total.has_value()) to->total = from.total;
  if (!to->idle.has_value()) to->idle = from.idle;
}

// A header that Portico sends by itself is not asked of callers.
void RelaxHeaders(const Upstream& upstream, Operation* operation) {
  for (Parameter& parameter : operation->parameters) {
    if (parameter.location != ParameterLocation::kHeader) continue;
    for (const Header& header : upstream.headers) {
      if (absl::EqualsIgnoreCase(header.name, parameter.name)) parameter.required = false;
    }
  }
}

}  // namespace

OverlayCompiler::OverlayCompiler(const std::vector<overlay::Overlay>& overlays) {
  for (const overlay::Overlay& overlay : overlays) sources_.emplace_back(overlay);
}

std::optional<std::string> OverlayCompiler::BaseUriOf(const capability::Consume& consume,
                                                      const BaseUriValues& environment) {
  BaseUriOverlay base_uri(consume.base_uri.text, environment);
  for (Source& source : sources_) {
    const auto& spaces = source.overlay.content.overlay();
    const auto written = spaces.find(consume.space.text);
    if (written == spaces.end()) continue;
    base_uri.Add(written->second, KeyOf(written->first), &source.log);
  }
  if (!base_uri.stated()) return std::nullopt;
  return base_uri.Resolve();
}

void OverlayCompiler::Apply(PlanDraft* draft) {
  if (sources_.empty()) return;
  std::map<std::string, std::size_t> upstreams;
  std::vector<std::string> spaces;
  for (std::size_t i = 0; i < draft->upstreams.size(); ++i) {
    upstreams.emplace(draft->upstreams[i].space, i);
    spaces.push_back(draft->upstreams[i].space);
  }
  for (Source& source : sources_) {
    for (const auto& [space, written] : source.overlay.content.overlay()) {
      const std::string key = KeyOf(space);
      const auto found = upstreams.find(space);
      if (found == upstreams.end()) {
        source.log.Error(key, absl::StrCat("is no namespace of a consumed API",
                                           capability::DidYouMean(space, spaces)));
        continue;
      }
      Upstream& upstream = draft->upstreams[found->second];
      OverlayUpstream(written, key, &source.log, &upstream);
      OverlayOperations(written, key, found->second, &source.log, draft);
      if (source.log.Has(absl::StrCat(key, ".baseUri")) && SendsSecretsInClear(upstream)) {
        source.log.Warn(absl::StrCat(key, ".baseUri"),
                        "is http: secrets go over the network in clear text");
      }
    }
  }
  for (const auto& drafted : draft->operations) {
    const Upstream& upstream = draft->upstreams[drafted->operation->upstream];
    InheritTimeouts(upstream.timeouts, &drafted->operation->timeouts);
    if (!upstream.headers.empty()) RelaxHeaders(upstream, drafted->operation.get());
  }
}

void OverlayCompiler::MoveFindingsTo(capability::Findings* findings) {
  for (Source& source : sources_) source.log.MoveTo(findings);
}

}  // namespace portico::plan
