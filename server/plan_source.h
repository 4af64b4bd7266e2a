// Where a running server's Plan comes from, at start and at every reload: files, or the
// built-in ones, called at their own addresses or, with --demo, at stand-ins.
//
// Threads: one at a time.
#ifndef PORTICO_SERVER_PLAN_SOURCE_H_
#define PORTICO_SERVER_PLAN_SOURCE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "core/capability/finding.h"
#include "core/plan/plan.h"
#include "core/upstream/credentials.h"
#include "demo/demo.h"
#include "server/plan_loader.h"

namespace portico::server {

class PlanSource {
 public:
  // Starts the stand-ins when `demo`; they end with this. `pages`: pages of Portico's own
  // are served beside the routes, some of which they may hide.
  static absl::StatusOr<std::unique_ptr<PlanSource>> Open(PlanSources sources, bool demo,
                                                          bool pages,
                                                          upstream::Environment environment);

  // Null when any finding is an error. Reads the files, whose TextsOf is `texts`.
  std::shared_ptr<const plan::Plan> Load(capability::Findings* findings, std::size_t* texts);

  // For the Plan's upstreams. The stand-ins' token for what is called there: real keys
  // have no business with them, nor their token with a real API.
  upstream::Environment EnvironmentFor(const plan::Plan& plan) const;

  // FilesOf what is loaded, with what the files imported when they were last loaded.
  std::vector<std::string> Files() const;

 private:
  PlanSource(PlanSources sources, bool pages, upstream::Environment environment)
      : sources_(std::move(sources)), pages_(pages), environment_(std::move(environment)) {}

  PlanSources sources_;
  const bool pages_;
  const upstream::Environment environment_;
  std::unique_ptr<demo::Demo> demo_;
  std::string token_;                  // the stand-ins'
  std::vector<std::string> imported_;  // by the files that were loaded last
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_PLAN_SOURCE_H_
