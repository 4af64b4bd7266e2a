// Those who wait for a task's events: server-sent streams and long polls.
//
// Threads: the server's own. Schedule and store must outlive it.
#ifndef PORTICO_DEMO_BACKSTAGE_READERS_H_
#define PORTICO_DEMO_BACKSTAGE_READERS_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "demo/backstage_store.h"
#include "demo/exchange.h"
#include "demo/schedule.h"

namespace portico::demo {

// A JSON array of them.
std::string EventsText(const std::vector<const TaskEvent*>& events);

class EventReaders {
 public:
  EventReaders(Schedule* schedule, TaskStore* store) : schedule_(schedule), store_(store) {}

  // Sends nothing, not even the head, before the first event; ends after the
  // batch with the completion. `after`: see TaskStore::EventsAfter.
  void Stream(const Task& task, std::optional<double> after, std::unique_ptr<Exchange> exchange);

  // Answers with the first batch of events, or with [] after 30 s.
  void LongPoll(const Task& task, std::optional<double> after, std::unique_ptr<Exchange> exchange);

  std::size_t waiting() const { return readers_.size(); }

 private:
  struct Reader {
    const Task* task;
    std::optional<double> after;
    std::unique_ptr<Exchange> exchange;
    bool opened = false;
    std::unique_ptr<TaskStore::Watch> watch = nullptr;
    std::unique_ptr<Timer> timeout = nullptr;
  };
  using Deliver = bool (*)(Reader&);  // true when the reader has all it wants

  void Add(Reader reader, Deliver deliver, bool times_out);
  static bool WriteFrames(Reader& reader);
  static bool ReplyOnce(Reader& reader);

  Schedule* schedule_;
  TaskStore* store_;
  std::unordered_map<Exchange*, std::unique_ptr<Reader>> readers_;
};

}  // namespace portico::demo

#endif  // PORTICO_DEMO_BACKSTAGE_READERS_H_
