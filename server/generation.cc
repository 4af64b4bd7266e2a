#include "server/generation.h"

#include <utility>

#include "absl/container/flat_hash_map.h"

namespace portico::server {
namespace {

void CarryOver(const Generation& before, Generation* next) {
  const auto& known = before.plan().upstreams();
  absl::flat_hash_map<absl::string_view, std::size_t> by_space;
  for (std::size_t i = 0; i < known.size(); ++i) by_space.emplace(known[i].space, i);
  const auto& upstreams = next->plan().upstreams();
  for (std::size_t i = 0; i < upstreams.size(); ++i) {
    const auto same = by_space.find(upstreams[i].space);
    if (same == by_space.end()) continue;
    if (known[same->second].base_uri != upstreams[i].base_uri) continue;
    next->health().TakeOver(i, before.health(), same->second);
  }
}

}  // namespace

absl::StatusOr<std::shared_ptr<Generation>> Generation::Make(
    std::shared_ptr<const plan::Plan> plan, const upstream::Environment& environment,
    const Site& site, const Generation* before) {
  std::shared_ptr<Generation> made(new Generation(std::move(plan), environment, site));
  auto services = ServedServices::Make(made->plan(), made->access());
  if (!services.ok()) return services.status();
  made->services_ = *std::move(services);
  if (before != nullptr) CarryOver(*before, made.get());
  return made;
}

Generation::Generation(std::shared_ptr<const plan::Plan> plan,
                       const upstream::Environment& environment, const Site& site)
    : plan_(std::move(plan)),
      credentials_(plan_->upstreams(), environment),
      access_(*plan_, environment),
      health_(plan_->upstreams().size(),
              [this, &site](std::size_t upstream) { site.on_reachability(*this, upstream); }),
      readiness_(*plan_, credentials_, access_, health_, site.draining),
      routes_(*plan_, access_),
      endpoints_(*plan_, access_, site.mcp, site.limiter),
      service_pages_([this] { return readiness_.States(); }),
      pages_(service_pages_) {}

void Generation::Publish(openapi::Doors doors) {
  document_ = std::make_unique<openapi::OpenApiDocument>(plan_, std::move(doors));
  document_pages_ = std::make_unique<page::DocumentPages>(*document_);
  pages_.Add(*document_pages_);
}

std::vector<bool> Generation::ReadyUpstreams() const {
  std::vector<bool> ready(plan_->upstreams().size());
  for (std::size_t i = 0; i < ready.size(); ++i) ready[i] = readiness_.WhyNot(i).empty();
  return ready;
}

}  // namespace portico::server
