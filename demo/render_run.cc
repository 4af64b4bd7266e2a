#include "demo/render_run.h"

#include "absl/strings/strip.h"

namespace portico::demo {
namespace {

std::string TimeText(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", time, absl::UTCTimeZone());
}

Json AttemptsJson(const TaskRun& run, bool with_details) {
  Json attempts = Json::array();
  for (const RunAttempt& attempt : run.attempts) {
    Json item = {{"status", std::string(RunStatusName(attempt.status))},
                 {"enqueuedAt", TimeText(attempt.enqueued_at)},
                 {"startedAt", TimeText(attempt.started_at)}};
    if (attempt.completed_at.has_value()) item["completedAt"] = TimeText(*attempt.completed_at);
    if (with_details && attempt.status == RunStatus::kFailed) item["error"] = run.error;
    if (with_details && attempt.status == RunStatus::kCompleted) item["results"] = run.results;
    attempts.push_back(item);
  }
  return attempts;
}

Json Written(const TaskRun& run, bool with_details) {
  Json json = {
      {"id", run.id}, {"taskId", run.task->id}, {"status", std::string(RunStatusName(run.status))}};
  if (with_details) {
    json["results"] = run.results;
    if (!run.error.empty()) json["error"] = run.error;
  }
  if (run.started_at.has_value()) json["startedAt"] = TimeText(*run.started_at);
  if (run.completed_at.has_value()) json["completedAt"] = TimeText(*run.completed_at);
  if (with_details) json["input"] = run.input;
  json["parentTaskRunId"] = run.parent_id;
  json["rootTaskRunId"] = run.root_id;
  json["retries"] = run.attempts.empty() ? 0 : run.attempts.size() - 1;
  json["attempts"] = AttemptsJson(run, with_details);
  return json;
}

}  // namespace

bool WorkflowTask::MatchesSlug(absl::string_view slug_and_version) const {
  if (!absl::ConsumePrefix(&slug_and_version, slug())) return false;
  return slug_and_version.empty() || slug_and_version == ":" + workflow_version_id;
}

absl::string_view RunStatusName(RunStatus status) {
  switch (status) {
    case RunStatus::kPending:
      return "pending";
    case RunStatus::kRunning:
      return "running";
    case RunStatus::kCompleted:
      return "completed";
    case RunStatus::kFailed:
      return "failed";
    case RunStatus::kCanceled:
      break;
  }
  return "canceled";
}

Json TaskJson(const WorkflowTask& task) {
  return {{"id", task.id},
          {"name", task.name},
          {"createdAt", TimeText(task.created_at)},
          {"workflowId", task.workflow_id},
          {"workflowVersionId", task.workflow_version_id}};
}

Json RunJson(const TaskRun& run) { return Written(run, /*with_details=*/false); }

Json RunDetailsJson(const TaskRun& run) { return Written(run, /*with_details=*/true); }

}  // namespace portico::demo
