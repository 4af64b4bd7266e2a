#include "demo/backstage_runner.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "demo/backstage_expression.h"

namespace portico::demo {
namespace {

// From the claim of a task to its first event.
constexpr absl::Duration kStartUp = absl::Milliseconds(200);
// A worker looks for cancellation as often.
constexpr absl::Duration kCancelPoll = absl::Seconds(1);
constexpr absl::Duration kLongestWait = absl::Minutes(10);

constexpr absl::string_view kWorkflowStack =
    "\n    at async NunjucksWorkflowRunner.execute (/app/node_modules/@backstage/"
    "plugin-scaffolder-backend/dist/scaffolder/tasks/NunjucksWorkflowRunner.cjs.js:621:29)"
    "\n    at async TaskWorker.runOneTask (/app/node_modules/@backstage/"
    "plugin-scaffolder-backend/dist/scaffolder/tasks/TaskWorker.cjs.js:196:26)"
    "\n    at async run (/app/node_modules/p-queue/dist/index.js:163:29)";
constexpr absl::string_view kWaitStack =
    "\n    at Object.handler (/app/node_modules/@backstage/plugin-scaffolder-backend/dist/"
    "scaffolder/actions/builtin/debug/wait.cjs.js:40:15)"
    "\n    at NunjucksWorkflowRunner.executeStep (/app/node_modules/@backstage/"
    "plugin-scaffolder-backend/dist/scaffolder/tasks/NunjucksWorkflowRunner.cjs.js:410:22)";
constexpr absl::string_view kCancelStack =
    "\n    at NunjucksWorkflowRunner.executeStep (/app/node_modules/@backstage/"
    "plugin-scaffolder-backend/dist/scaffolder/tasks/NunjucksWorkflowRunner.cjs.js:494:15)";

std::string Info(absl::string_view message) {
  return absl::StrCat("\x1b[32minfo\x1b[39m: ", message);
}

double Number(const Json& input, const char* key) {
  const auto found = input.find(key);
  return found != input.end() && found->is_number() ? found->get<double>() : 0;
}

const Json& Step(const Task& task, std::size_t index) { return task.source->steps[index]; }

std::string StepText(const Task& task, std::size_t index, const char* key) {
  return Step(task, index)[key].get<std::string>();
}

}  // namespace

void StepRunner::Submit(Task& task) {
  if (task.source->paced) return Take(task);
  queue_.push_back(&task);
  TakeQueued();
}

void StepRunner::TakeQueued() {
  while (busy_ < kWorkers && !queue_.empty()) {
    Task* task = queue_.front();
    queue_.pop_front();
    ++busy_;
    Take(*task);
  }
}

void StepRunner::Take(Task& task) {
  task.status = TaskStatus::kProcessing;
  auto run = std::make_unique<Run>();
  run->task = &task;
  run->scope["parameters"] = ParseJson(task.values).value_or(Json::object());
  run->timer = schedule_->After(kStartUp, [this, run = run.get()] { Start(*run); });
  runs_[&task] = std::move(run);
}

void StepRunner::Start(Run& run) {
  run.started = true;
  const std::size_t steps = run.task->source->steps.size();
  store_->Append(*run.task, kLog,
                 {{"message", absl::StrCat("Starting up task with ", steps, " steps")}});
  if (!run.task->cancelled) return Continue(run);
  Log(run, absl::StrCat("Beginning step ", StepText(*run.task, 0, "name")), "processing");
  FailCancelled(run);
}

void StepRunner::Continue(Run& run) {
  const Task& task = *run.task;
  while (run.step < task.source->steps.size()) {
    Log(run, absl::StrCat("Beginning step ", StepText(task, run.step, "name")), "processing");
    run.input = Render(Step(task, run.step).value("input", Json::object()), run.scope);
    if (!Execute(run)) return;
    FinishStep(run);
  }
  Complete(run);
}

bool StepRunner::Execute(Run& run) {
  const std::string action = StepText(*run.task, run.step, "action");
  if (action == "debug:wait") return Wait(run);
  if (action == "demo:tick") return Tick(run);
  LogInput(run);
  return true;
}

void StepRunner::LogInput(Run& run) {
  Log(run, Info(Dump(run.input, 2)));
  Log(run, Info(run.input.value("message", "")));
  if (run.input.value("listWorkspace", false)) Log(run, Info("Workspace:\n"));
}

bool StepRunner::Wait(Run& run) {
  const absl::Duration wait =
      absl::Minutes(Number(run.input, "minutes")) + absl::Seconds(Number(run.input, "seconds"));
  if (wait > kLongestWait) {
    Fail(run,
         "Waiting duration is longer than the maximum threshold of 0 hours, 10 minutes, 0 seconds",
         kWaitStack);
    return false;
  }
  if (wait <= absl::ZeroDuration()) return true;
  run.timer = schedule_->After(wait, [this, &run] {
    FinishStep(run);
    Continue(run);
  });
  return false;
}

// Steady: the n-th tick is due n intervals after the first moment, however late
// the ones before it were.
bool StepRunner::Tick(Run& run) {
  if (run.ticks == 0) run.ticking_since = schedule_->Elapsed();
  if (run.ticks >= Number(run.input, "count")) return true;
  const absl::Duration interval = absl::Milliseconds(Number(run.input, "interval_ms"));
  const absl::Duration due = run.ticking_since + interval * (run.ticks + 1);
  run.timer = schedule_->After(due - schedule_->Elapsed(), [this, &run] {
    Log(run, absl::StrCat("tick ", ++run.ticks));  // bench/stream_load counts on it
    if (!Tick(run)) return;
    FinishStep(run);
    Continue(run);
  });
  return false;
}

void StepRunner::FinishStep(Run& run) {
  Log(run, absl::StrCat("Finished step ", StepText(*run.task, run.step, "name")), "completed");
  ++run.step;
}

void StepRunner::Complete(Run& run) {
  End(run, TaskStatus::kCompleted,
      {{"message", "Run completed with status: completed"},
       {"output", Render(run.task->source->output, run.scope)}});
}

void StepRunner::Fail(Run& run, const std::string& message, absl::string_view stack) {
  Log(run, absl::StrCat("Error: ", message, stack, kWorkflowStack), "failed");
  while (++run.step < run.task->source->steps.size()) {
    Log(run,
        absl::StrCat("Skipping step ", StepText(*run.task, run.step, "id"),
                     " because a previous step failed"),
        "skipped");
  }
  End(run, TaskStatus::kFailed,
      {{"message", "Run completed with status: failed"},
       {"error", {{"name", "Error"}, {"message", message}}}});
}

void StepRunner::FailCancelled(Run& run) {
  const Task& task = *run.task;
  Fail(run,
       absl::StrCat("Step ", StepText(task, run.step, "id"), " (", StepText(task, run.step, "name"),
                    ") of task ", task.id, " has been cancelled."),
       kCancelStack);
}

// Destroys the run, and with it the timer that is running just now.
void StepRunner::End(Run& run, TaskStatus status, const Json& completion) {
  Task& task = *run.task;
  task.status = status;
  task.ended_at = schedule_->Now();
  store_->Append(task, kCompletion, completion);
  if (!task.source->paced) --busy_;
  runs_.erase(&task);
  TakeQueued();
}

void StepRunner::Cancel(Task& task) {
  const Json step = task.last_step.empty() ? Json(0) : Json(task.last_step);
  const std::string name = task.last_step.empty() ? "0" : task.last_step;
  store_->Append(task, kCancelled,
                 {{"message", absl::StrCat("Step ", name, " has been cancelled.")},
                  {"stepId", step},
                  {"status", "cancelled"}});
  task.cancelled = true;
  const auto found = runs_.find(&task);
  if (found == runs_.end()) return;
  Run& run = *found->second;
  if (!run.started || std::exchange(run.aborting, true)) return;
  run.timer = schedule_->After(kCancelPoll, [this, &run] { FailCancelled(run); });
}

void StepRunner::Log(Run& run, const std::string& message, absl::string_view status) {
  Json body = {{"message", message}, {"stepId", Step(*run.task, run.step)["id"]}};
  if (!status.empty()) body["status"] = std::string(status);
  store_->Append(*run.task, kLog, body);
}

}  // namespace portico::demo
