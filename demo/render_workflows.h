// The workflow tasks that the stand-in offers, and the life of their runs: pending,
// running, then completed or failed, or canceled on the way.
//
//   demo-workflow/echo     results: its input
//   demo-workflow/greet    results: a greeting of input.name, or of the first argument
//   demo-workflow/fail     fails, is retried once, and fails
//   demo-workflow/slow     runs for 120 s
//   demo-workflow/fan-out  starts two runs of echo, whose root it is
//   other-workflow/echo    of another workspace
//
// Threads: the server's own. The schedule must outlive it; tasks and runs live as
// long as it does.
#ifndef PORTICO_DEMO_RENDER_WORKFLOWS_H_
#define PORTICO_DEMO_RENDER_WORKFLOWS_H_

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

#include "demo/random_id.h"
#include "demo/render_run.h"
#include "demo/schedule.h"

namespace portico::demo {

class Workflows {
 public:
  // `finished` hears of runs that completed or failed, not of canceled ones.
  Workflows(Schedule* schedule, std::function<void(const TaskRun&)> finished);

  const std::deque<WorkflowTask>& tasks() const { return tasks_; }
  const std::deque<TaskRun>& runs() const { return runs_; }          // oldest first
  const WorkflowTask* FindTask(const std::string& id) const;         // null when unknown
  const WorkflowTask* FindTaskBySlug(absl::string_view slug) const;  // with or without version
  const TaskRun* FindRun(const std::string& id) const;

  // `parent` is null for a root.
  const TaskRun& Start(const WorkflowTask& task, Json input, const TaskRun* parent);

  // Nothing happens to a run that is over.
  void Cancel(const TaskRun& run);

 private:
  void AddTask(const std::string& workflow, const std::string& name, const std::string& owner);
  void Begin(TaskRun& run);
  void EndAttempt(TaskRun& run);
  void Finish(TaskRun& run, RunStatus status);

  Schedule* schedule_;
  std::function<void(const TaskRun&)> finished_;
  RandomId ids_;
  std::deque<WorkflowTask> tasks_;
  std::deque<TaskRun> runs_;
  std::unordered_map<std::string, TaskRun*> by_id_;
  std::unordered_map<const TaskRun*, std::unique_ptr<Timer>> timers_;  // of unfinished runs
};

}  // namespace portico::demo

#endif  // PORTICO_DEMO_RENDER_WORKFLOWS_H_
