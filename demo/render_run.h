// Render's workflow tasks and their runs, as the stand-in keeps and writes them.
//
// Threads: the server's own.
#ifndef PORTICO_DEMO_RENDER_RUN_H_
#define PORTICO_DEMO_RENDER_RUN_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "demo/json.h"

namespace portico::demo {

struct WorkflowTask {
  std::string id;
  std::string workflow;  // its slug
  std::string name;
  std::string workflow_id;
  std::string workflow_version_id;
  std::string owner_id;  // the workspace's
  absl::Time created_at;

  std::string slug() const { return workflow + "/" + name; }
  // True for "workflow/name" and "workflow/name:VERSION" of this very version.
  bool MatchesSlug(absl::string_view slug_and_version) const;
};

// `succeeded` and `paused` are in the vendor's document too.
enum class RunStatus { kPending, kRunning, kCompleted, kFailed, kCanceled };

absl::string_view RunStatusName(RunStatus status);

struct RunAttempt {
  RunStatus status;
  absl::Time enqueued_at;
  absl::Time started_at;
  std::optional<absl::Time> completed_at;
};

struct TaskRun {
  std::string id;
  const WorkflowTask* task;
  Json input;             // array or object
  std::string parent_id;  // empty for a root
  std::string root_id;    // its own for a root
  absl::Time created_at;
  RunStatus status = RunStatus::kPending;
  std::optional<absl::Time> started_at;
  std::optional<absl::Time> completed_at;
  std::vector<RunAttempt> attempts;
  Json results = Json::array();
  std::string error;

  bool done() const { return status != RunStatus::kPending && status != RunStatus::kRunning; }
};

Json TaskJson(const WorkflowTask& task);
// As lists and the answer to its creation have it.
Json RunJson(const TaskRun& run);
// With input, results and error, as GET and the events have it.
Json RunDetailsJson(const TaskRun& run);

}  // namespace portico::demo

#endif  // PORTICO_DEMO_RENDER_RUN_H_
