#include "demo/render_workflows.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace portico::demo {
namespace {

constexpr absl::Duration kPending = absl::Milliseconds(200);
constexpr absl::Duration kRunning = absl::Milliseconds(500);
constexpr absl::Duration kSlow = absl::Seconds(120);
constexpr std::size_t kAttempts = 2;  // of a task that fails

std::string NameOf(const Json& input) {
  const Json name = input.is_array() ? (input.empty() ? Json("world") : input[0])
                                     : input.value("name", Json("world"));
  return name.is_string() ? name.get<std::string>() : Dump(name);
}

Json ResultsOf(const TaskRun& run) {
  if (run.task->name == "greet") return Json::array({absl::StrCat("Hello, ", NameOf(run.input))});
  if (run.input.is_array()) return run.input;
  return Json::array({run.input});
}

}  // namespace

Workflows::Workflows(Schedule* schedule, std::function<void(const TaskRun&)> finished)
    : schedule_(schedule), finished_(std::move(finished)) {
  for (const char* name : {"echo", "greet", "fail", "slow", "fan-out"}) {
    AddTask("demo-workflow", name, "tea-demo");
  }
  AddTask("other-workflow", "echo", "tea-other");
}

void Workflows::AddTask(const std::string& workflow, const std::string& name,
                        const std::string& owner) {
  tasks_.push_back({absl::StrCat("tsk-", workflow, "-", name), workflow, name,
                    absl::StrCat("wfl-", workflow), absl::StrCat("wfv-", workflow, "-1"), owner,
                    schedule_->Now()});
}

const WorkflowTask* Workflows::FindTask(const std::string& id) const {
  for (const WorkflowTask& task : tasks_) {
    if (task.id == id) return &task;
  }
  return nullptr;
}

const WorkflowTask* Workflows::FindTaskBySlug(absl::string_view slug) const {
  for (const WorkflowTask& task : tasks_) {
    if (task.MatchesSlug(slug)) return &task;
  }
  return nullptr;
}

const TaskRun* Workflows::FindRun(const std::string& id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

const TaskRun& Workflows::Start(const WorkflowTask& task, Json input, const TaskRun* parent) {
  TaskRun& run = runs_.emplace_back();
  run.id = absl::StrCat("trn-", ids_.Suffix(20));
  run.task = &task;
  run.input = std::move(input);
  run.created_at = schedule_->Now();
  run.parent_id = parent == nullptr ? "" : parent->id;
  run.root_id = parent == nullptr ? run.id : parent->root_id;
  by_id_[run.id] = &run;
  timers_[&run] = schedule_->After(kPending, [this, &run] { Begin(run); });
  return run;
}

void Workflows::Begin(TaskRun& run) {
  const absl::Time now = schedule_->Now();
  run.status = RunStatus::kRunning;
  if (!run.started_at.has_value()) run.started_at = now;
  const absl::Time enqueued = run.attempts.empty() ? run.created_at : now;
  run.attempts.push_back({RunStatus::kRunning, enqueued, now, std::nullopt});
  const absl::Duration duration = run.task->name == "slow" ? kSlow : kRunning;
  timers_[&run] = schedule_->After(duration, [this, &run] { EndAttempt(run); });
  if (run.task->name != "fan-out") return;
  const WorkflowTask& child = *FindTaskBySlug("demo-workflow/echo");
  for (int i = 0; i < 2; ++i) Start(child, Json::array({i}), &run);
}

void Workflows::EndAttempt(TaskRun& run) {
  if (run.task->name != "fail") {
    run.results = ResultsOf(run);
    return Finish(run, RunStatus::kCompleted);
  }
  run.error = "ValueError: this task always fails";
  if (run.attempts.size() == kAttempts) return Finish(run, RunStatus::kFailed);
  run.attempts.back().status = RunStatus::kFailed;
  run.attempts.back().completed_at = schedule_->Now();
  Begin(run);
}

void Workflows::Finish(TaskRun& run, RunStatus status) {
  run.status = status;
  run.completed_at = schedule_->Now();
  if (!run.attempts.empty()) {
    run.attempts.back().status = status;
    run.attempts.back().completed_at = run.completed_at;
  }
  timers_.erase(&run);
  if (status != RunStatus::kCanceled) finished_(run);
}

void Workflows::Cancel(const TaskRun& run) {
  if (!run.done()) Finish(*by_id_.at(run.id), RunStatus::kCanceled);
}

}  // namespace portico::demo
