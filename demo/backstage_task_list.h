// The list of tasks: which query parameters Backstage takes, in which words it
// refuses them, and what they choose.
//
// Threads: the server's own.
#ifndef PORTICO_DEMO_BACKSTAGE_TASK_LIST_H_
#define PORTICO_DEMO_BACKSTAGE_TASK_LIST_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "demo/backstage_store.h"

namespace portico::demo {

struct TaskOrder {
  bool descending;
  std::string field;  // created_at, status or created_by
};

struct TaskFilter {
  std::vector<std::string> created_by;  // any of them; empty: all tasks
  std::vector<std::string> status;
  std::vector<TaskOrder> order;  // empty: newest first
  std::optional<std::size_t> limit;
  std::size_t offset = 0;

  // InvalidArgument with the vendor's message. Parameters repeat; a comma is part
  // of the value; an empty value and an unknown name are errors.
  static absl::StatusOr<TaskFilter> Parse(absl::string_view text);
};

// {"tasks":[...],"totalTasks":n}; the total counts what limit and offset leave out.
std::string ListTasks(const TaskStore& store, const TaskFilter& filter);

// A query integer in the vendor's words: "request/query/NAME must be integer".
absl::StatusOr<std::int64_t> ParseInteger(absl::string_view name, absl::string_view value);

}  // namespace portico::demo

#endif  // PORTICO_DEMO_BACKSTAGE_TASK_LIST_H_
