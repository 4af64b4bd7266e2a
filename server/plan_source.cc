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
  sources.environment = environment;
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

std::shared_ptr<const plan::Plan> PlanSource::Load(capability::Findings* findings) {
  const std::unique_ptr<SourceFiles> files =
      ahead_ != nullptr ? std::move(ahead_) : std::make_unique<SourceFiles>();
  std::shared_ptr<const plan::Plan> plan = LoadPlan(sources_, files.get(), findings);
  marks_ = files->marks();
  locations_ = files->locations();
  if (plan != nullptr && pages_) WarnOfHiddenRoutes(*plan, findings);
  return plan;
}

bool PlanSource::Changed() {
  ahead_ = std::make_unique<SourceFiles>();
  for (const std::string& file : Listed(ahead_.get())) ahead_->Read(file);
  for (const auto& [file, mark] : marks_) {
    if (mark.text.has_value()) ahead_->Read(file);  // imported
  }
  for (const SourceFiles::Location& location : locations_) ahead_->Count(location);
  if (!HoldTheSame(ahead_->marks(), marks_)) {
    ahead_->Recount();
    return true;
  }
  marks_ = ahead_->marks();  // which may look otherwise
  ahead_.reset();
  return false;
}

std::size_t PlanSource::LooksNow() const {
  SourceFiles files;
  std::set<std::string> paths = Listed(&files);
  for (const auto& [file, mark] : marks_) paths.insert(file);
  for (const SourceFiles::Location& location : locations_) {
    for (std::string& file : FilesAt(location)) paths.insert(std::move(file));
  }
  return LooksOf(paths);
}

// The files that the operator names.
std::set<std::string> PlanSource::Listed(SourceFiles* files) const {
  capability::Findings unheard;  // LoadPlan says it
  std::set<std::string> paths;
  for (const auto* const named : {&sources_.paths, &sources_.overlays}) {
    for (const std::string& path : *named) {
      if (path == kBuiltInOverlays) continue;
      for (std::string& file : files->List(path, &unheard)) paths.insert(std::move(file));
    }
  }
  return paths;
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
