// The projects and jobs of the Northflank stand-in.
//
// Threads: the server's own.
#ifndef PORTICO_DEMO_NORTHFLANK_JOBS_H_
#define PORTICO_DEMO_NORTHFLANK_JOBS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "demo/json.h"

namespace portico::demo {

struct NorthflankProject {
  std::string id;
  std::vector<Json> jobs;  // as lists have them; newest last

  const Json* FindJob(const std::string& id) const;  // null when unknown
};

class NorthflankJobs {
 public:
  // Two projects: demo-project with three jobs, empty-project with none.
  NorthflankJobs();

  NorthflankProject* FindProject(const std::string& id);  // null when unknown

  // Adds a job from a request's body and returns it. InvalidArgument when name or
  // billing.deploymentPlan is missing, AlreadyExists when the name is taken.
  // `kind` is manual or cron.
  static absl::StatusOr<Json> Create(NorthflankProject& project, const Json& body,
                                     const std::string& kind);

 private:
  std::vector<NorthflankProject> projects_;
};

}  // namespace portico::demo

#endif  // PORTICO_DEMO_NORTHFLANK_JOBS_H_
