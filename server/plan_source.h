// Where a running server's Plan comes from, at start and at every reload: files, or the
// built-in ones, called at their own addresses or, with --demo, at stand-ins.
//
// Threads: one at a time.
#ifndef PORTICO_SERVER_PLAN_SOURCE_H_
#define PORTICO_SERVER_PLAN_SOURCE_H_

#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "core/capability/finding.h"
#include "core/plan/plan.h"
#include "core/upstream/credentials.h"
#include "demo/demo.h"
#include "server/file_mark.h"
#include "server/plan_loader.h"
#include "server/source_files.h"

namespace portico::server {

class PlanSource {
 public:
  // Starts the stand-ins when `demo`; they end with this. `pages`: pages of Portico's own
  // are served beside the routes, some of which they may hide.
  static absl::StatusOr<std::unique_ptr<PlanSource>> Open(PlanSources sources, bool demo,
                                                          bool pages,
                                                          upstream::Environment environment);

  // Null when any finding is an error.
  std::shared_ptr<const plan::Plan> Load(capability::Findings* findings);

  // Whether loading anew could bring anything new: since the last Load, well or not. What is
  // read for that, the next Load need not read again.
  bool Changed();

  // Another number when a file that counts is another, was written to, came or went
  // (file_mark.h): as they look now, and as they did when they were last read.
  std::size_t LooksNow() const;
  std::size_t looks() const { return LooksOf(marks_); }

  // For the Plan's upstreams. The stand-ins' token for what is called there: real keys
  // have no business with them, nor their token with a real API.
  upstream::Environment EnvironmentFor(const plan::Plan& plan) const;

 private:
  std::set<std::string> Listed(SourceFiles* files) const;

  PlanSource(PlanSources sources, bool pages, upstream::Environment environment)
      : sources_(std::move(sources)), pages_(pages), environment_(std::move(environment)) {}

  PlanSources sources_;
  const bool pages_;
  const upstream::Environment environment_;
  std::unique_ptr<demo::Demo> demo_;
  std::string token_;                          // the stand-ins'
  FileMarks marks_;                            // of what was loaded last
  std::set<SourceFiles::Location> locations_;  // in it
  std::unique_ptr<SourceFiles> ahead_;         // what was read for the next Load
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_PLAN_SOURCE_H_
