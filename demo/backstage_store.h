// The tasks and their events. Readers learn of new events only when the store is
// polled, each second, as in Backstage: up to 1 s lies between an event and its
// frame. (Those of paced templates are told at once.)
//
// Threads: the server's own. The schedule must outlive the store, the store its
// watches; tasks live as long as the store.
#ifndef PORTICO_DEMO_BACKSTAGE_STORE_H_
#define PORTICO_DEMO_BACKSTAGE_STORE_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "demo/backstage_task.h"
#include "demo/random_id.h"
#include "demo/schedule.h"

namespace portico::demo {

class TaskStore {
 public:
  // Calls back until destroyed; it may be destroyed in its own call.
  class Watch {
   public:
    virtual ~Watch() = default;
  };

  explicit TaskStore(Schedule* schedule) : schedule_(schedule) {}

  Task& Create(const Template& source, std::string values, std::string created_by);
  Task* Find(const std::string& id);                        // null when unknown
  const std::deque<Task>& tasks() const { return tasks_; }  // oldest first

  // `type` is one of the constants of backstage_task.h.
  void Append(Task& task, absl::string_view type, const Json& body);

  // What a reader that has seen `after` gets: all later events, and the
  // completion whatever its id. Without `after`: all. NaN: only the completion.
  static std::vector<const TaskEvent*> EventsAfter(const Task& task, std::optional<double> after);

  // Calls `changed` at each poll that finds new events of `task`.
  std::unique_ptr<Watch> WatchTask(const Task& task, absl::AnyInvocable<void()> changed);

  absl::Time now() const { return schedule_->Now(); }

 private:
  struct Reader;
  class ReaderWatch;

  void Poll();
  void Tell(const Task* task);

  Schedule* schedule_;
  RandomId ids_;
  std::deque<Task> tasks_;  // addresses stay
  std::unordered_map<std::string, Task*> by_id_;
  std::int64_t last_event_ = 0;
  std::unordered_map<const Task*, std::vector<std::shared_ptr<Reader>>> readers_;
  std::unordered_set<const Task*> changed_;  // since the last poll, and read by someone
  std::unique_ptr<Timer> poll_;              // set while something has changed
};

}  // namespace portico::demo

#endif  // PORTICO_DEMO_BACKSTAGE_STORE_H_
