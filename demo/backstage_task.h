// A scaffolder task and its events, as the stand-in keeps them and writes them.
//
// Threads: the server's own.
#ifndef PORTICO_DEMO_BACKSTAGE_TASK_H_
#define PORTICO_DEMO_BACKSTAGE_TASK_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "demo/backstage_template.h"

namespace portico::demo {

inline constexpr absl::string_view kLog = "log";
inline constexpr absl::string_view kCompletion = "completion";
inline constexpr absl::string_view kCancelled = "cancelled";

struct TaskEvent {
  std::int64_t id;         // global: the events of all tasks share one sequence
  absl::string_view type;  // one of the three above
  std::string text;        // the event as JSON
};

// `cancelled` and `skipped` are in the vendor's document, but a cancelled task
// ends as failed.
enum class TaskStatus { kOpen, kProcessing, kCompleted, kFailed };

absl::string_view StatusName(TaskStatus status);

struct Task {
  std::string id;
  const Template* source;  // the catalog's
  std::string values;      // JSON text
  std::string created_by;  // an entity reference; empty for a service's token
  TaskStatus status = TaskStatus::kOpen;
  absl::Time created_at;
  absl::Time ended_at;
  std::vector<TaskEvent> events;          // in the order of their ids
  std::optional<std::size_t> completion;  // its index among them
  std::string last_step;                  // of the latest event that names one
  bool cancelled = false;                 // someone asked for it
};

// The task as GET answers it. While it runs its heartbeat is as good as `now`.
std::string TaskText(const Task& task, absl::Time now);

// Seconds are all the vendor's store keeps: 2026-11-21T22:39:20.000Z
std::string StoreTime(absl::Time time);

}  // namespace portico::demo

#endif  // PORTICO_DEMO_BACKSTAGE_TASK_H_
