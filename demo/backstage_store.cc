#include "demo/backstage_store.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"

namespace portico::demo {
namespace {

constexpr absl::Duration kPollEvery = absl::Seconds(1);

std::string EventText(std::int64_t id, const Task& task, absl::string_view type, const Json& body,
                      absl::Time now) {
  return absl::StrCat("{\"id\":", id, ",\"isTaskRecoverable\":false,\"taskId\":\"", task.id,
                      "\",\"body\":", Dump(body), ",\"type\":\"", type, "\",\"createdAt\":\"",
                      StoreTime(now), "\"}");
}

}  // namespace

struct TaskStore::Reader {
  absl::AnyInvocable<void()> changed;
  bool alive = true;
};

class TaskStore::ReaderWatch : public Watch {
 public:
  ReaderWatch(TaskStore* store, const Task* task, std::shared_ptr<Reader> reader)
      : store_(store), task_(task), reader_(std::move(reader)) {}
  ~ReaderWatch() override {
    reader_->alive = false;
    auto& readers = store_->readers_[task_];
    readers.erase(std::find(readers.begin(), readers.end(), reader_));
    if (readers.empty()) store_->readers_.erase(task_);
  }

 private:
  TaskStore* store_;
  const Task* task_;
  std::shared_ptr<Reader> reader_;
};

Task& TaskStore::Create(const Template& source, std::string values, std::string created_by) {
  Task& task = tasks_.emplace_back();
  task.id = ids_.Uuid();
  task.source = &source;
  task.values = std::move(values);
  task.created_by = std::move(created_by);
  task.created_at = now();
  by_id_[task.id] = &task;
  return task;
}

Task* TaskStore::Find(const std::string& id) {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

void TaskStore::Append(Task& task, absl::string_view type, const Json& body) {
  const std::int64_t id = ++last_event_;
  if (type == kCompletion) task.completion = task.events.size();
  task.events.push_back({id, type, EventText(id, task, type, body, now())});
  if (body.contains("stepId") && body["stepId"].is_string()) task.last_step = body["stepId"];
  if (readers_.find(&task) == readers_.end()) return;
  if (task.source->paced) return Tell(&task);
  changed_.insert(&task);
  if (poll_ != nullptr) return;
  // The store's own second, whenever the event fell.
  const absl::Duration since_poll = schedule_->Elapsed() % kPollEvery;
  poll_ = schedule_->After(kPollEvery - since_poll, [this] { Poll(); });
}

std::vector<const TaskEvent*> TaskStore::EventsAfter(const Task& task,
                                                     std::optional<double> after) {
  const bool none = after.has_value() && std::isnan(*after);  // nothing is later than NaN
  const auto first =
      none ? task.events.end()
           : std::partition_point(task.events.begin(), task.events.end(), [&](const auto& seen) {
               return after.has_value() && static_cast<double>(seen.id) <= *after;
             });
  std::vector<const TaskEvent*> events;
  if (task.completion.has_value() &&
      task.events.begin() + static_cast<std::ptrdiff_t>(*task.completion) < first) {
    events.push_back(&task.events[*task.completion]);
  }
  for (auto event = first; event != task.events.end(); ++event) events.push_back(&*event);
  return events;
}

std::unique_ptr<TaskStore::Watch> TaskStore::WatchTask(const Task& task,
                                                       absl::AnyInvocable<void()> changed) {
  auto reader = std::make_shared<Reader>();
  reader->changed = std::move(changed);
  readers_[&task].push_back(reader);
  return std::make_unique<ReaderWatch>(this, &task, std::move(reader));
}

void TaskStore::Poll() {
  poll_ = nullptr;
  for (const Task* task : std::exchange(changed_, {})) Tell(task);
}

void TaskStore::Tell(const Task* task) {
  const auto found = readers_.find(task);
  if (found == readers_.end()) return;
  const auto readers = found->second;  // a copy: watches end while they are told
  for (const auto& reader : readers) {
    if (reader->alive) reader->changed();
  }
}

}  // namespace portico::demo
