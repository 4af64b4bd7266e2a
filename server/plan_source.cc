#include "server/plan_source.h"

#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/front_pages.h"

namespace portico::server {
namespace {

// What the REST door serves itself comes first.
void WarnOfHiddenRoutes(const plan::Plan& plan, capability::Findings* findings) {
  for (const plan::Route& route : plan.routes()) {
    if (!FrontPages::Owns(route.path.text())) continue;
    findings->push_back({capability::Severity::kWarning, route.place, "path",
                         absl::StrCat("the route ", route.path.text(),
                                      " is not reached: Portico serves a page of its own there"),
                         capability::Rule::kRouteClash});
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<PlanSource>> PlanSource::Open(PlanSources sources, bool demo,
                                                             bool pages,
                                                             upstream::Environment environment) {
  std::unique_ptr<PlanSource> source(
      new PlanSource(std::move(sources), pages, std::move(environment)));
  if (!demo) return source;
  const demo::DemoOptions options;
  absl::StatusOr<std::unique_ptr<demo::Demo>> started = demo::Demo::Start(options);
  if (!started.ok()) return started.status();
  source->demo_ = *std::move(started);
  source->token_ = options.token;
  source->sources_.stand_ins = source->demo_->base_uris();
  return source;
}

std::shared_ptr<const plan::Plan> PlanSource::Load(capability::Findings* findings,
                                                   std::size_t* texts) {
  // Before they are read: what changes meanwhile is loaded anew.
  const std::vector<std::string> files = Files();
  *texts = TextsOf(files);
  std::shared_ptr<const plan::Plan> plan = LoadPlan(sources_, findings, &imported_);
  if (Files() != files) *texts = TextsOf(Files());  // what is imported is known only now
  if (plan != nullptr && pages_) WarnOfHiddenRoutes(*plan, findings);
  return plan;
}

std::vector<std::string> PlanSource::Files() const {
  std::vector<std::string> files = FilesOf(sources_);
  files.insert(files.end(), imported_.begin(), imported_.end());
  return files;
}

upstream::Environment PlanSource::EnvironmentFor(const plan::Plan& plan) const {
  if (demo_ == nullptr) return environment_;
  std::set<std::string> names;
  for (const plan::Upstream& upstream : plan.upstreams()) {
    for (const auto& [space, uri] : demo_->base_uris()) {
      if (upstream.space != space || upstream.base_uri != uri) continue;
      for (const auto& [key, variable] : upstream.authentication.variables) names.insert(variable);
    }
  }
  return [names, token = token_, environment = environment_](const std::string& name) {
    return names.count(name) > 0 ? std::optional<std::string>(token) : environment(name);
  };
}

}  // namespace portico::server
