// Render's event stream, with the habits of the vendor's local server: `retry:`
// first, a comment each 25 s, `id: 0` on every frame, and no end.
//
// Threads: the server's own. The schedule must outlive it.
#ifndef PORTICO_DEMO_RENDER_EVENTS_H_
#define PORTICO_DEMO_RENDER_EVENTS_H_

#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "demo/exchange.h"
#include "demo/render_run.h"
#include "demo/schedule.h"

namespace portico::demo {

class RunEvents {
 public:
  explicit RunEvents(Schedule* schedule) : schedule_(schedule) {}

  // Streams the events of `run_ids` until the caller leaves, beginning with those
  // of `finished`, the runs among them that have completed or failed already.
  void Stream(std::vector<std::string> run_ids, const std::vector<const TaskRun*>& finished,
              std::unique_ptr<Exchange> exchange);

  // Tells the streams that wait for `run`.
  void Tell(const TaskRun& run);

  std::size_t streams() const { return streams_.size(); }

 private:
  struct Open {
    std::vector<std::string> run_ids;
    std::unique_ptr<Exchange> exchange;
    std::unique_ptr<Timer> ping;
  };

  void PingLater(Open& open);

  Schedule* schedule_;
  std::unordered_map<Exchange*, std::unique_ptr<Open>> streams_;
};

}  // namespace portico::demo

#endif  // PORTICO_DEMO_RENDER_EVENTS_H_
