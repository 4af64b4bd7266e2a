// Runs tasks: ten at a time, step by step, with the log events that Backstage
// writes. Knows the actions debug:log, debug:wait and demo:tick.
//
// Threads: the server's own. Schedule and store must outlive the runner.
#ifndef PORTICO_DEMO_BACKSTAGE_RUNNER_H_
#define PORTICO_DEMO_BACKSTAGE_RUNNER_H_

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>

#include "absl/strings/string_view.h"
#include "demo/backstage_store.h"
#include "demo/schedule.h"

namespace portico::demo {

class StepRunner {
 public:
  static constexpr std::size_t kWorkers = 10;  // the vendor's default

  StepRunner(Schedule* schedule, TaskStore* store) : schedule_(schedule), store_(store) {}

  // Runs an open task as soon as a worker is free.
  void Submit(Task& task);

  // Appends a `cancelled` event whatever the task's state, as Backstage does. A
  // running task then fails within a second; an open one stays open until a
  // worker takes it; a finished one stays as it is.
  void Cancel(Task& task);

 private:
  struct Run {
    Task* task;
    Json scope;            // of the steps' expressions
    std::size_t step = 0;  // the current one
    bool started = false;
    bool aborting = false;
    Json input;  // of the current step, rendered
    int ticks = 0;
    absl::Duration ticking_since;
    std::unique_ptr<Timer> timer;
  };

  void TakeQueued();
  void Take(Task& task);
  void Start(Run& run);
  void Continue(Run& run);
  bool Execute(Run& run);  // true when the step is done at once
  void LogInput(Run& run);
  bool Wait(Run& run);
  bool Tick(Run& run);
  void FinishStep(Run& run);
  void Complete(Run& run);
  void Fail(Run& run, const std::string& message, absl::string_view stack);
  void FailCancelled(Run& run);
  void End(Run& run, TaskStatus status, const Json& completion);
  void Log(Run& run, const std::string& message, absl::string_view status = "");

  Schedule* schedule_;
  TaskStore* store_;
  std::deque<Task*> queue_;
  std::unordered_map<const Task*, std::unique_ptr<Run>> runs_;
  std::size_t busy_ = 0;  // workers
};

}  // namespace portico::demo

#endif  // PORTICO_DEMO_BACKSTAGE_RUNNER_H_
