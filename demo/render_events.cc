#include "demo/render_events.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace portico::demo {
namespace {

constexpr absl::Duration kPingEvery = absl::Seconds(25);

// A failed run comes as task.completed too: its status tells.
std::string Frame(const TaskRun& run) {
  return absl::StrCat("id: 0\nevent: task.completed\ndata: ", Dump(RunDetailsJson(run)), "\n\n");
}

}  // namespace

void RunEvents::Stream(std::vector<std::string> run_ids,
                       const std::vector<const TaskRun*>& finished,
                       std::unique_ptr<Exchange> exchange) {
  Exchange* key = exchange.get();
  key->Open({200,
             "Content-Type: text/event-stream; charset=utf-8\r\n"
             "Cache-Control: no-cache, no-transform\r\n"});
  key->Write("retry: 2000\n\n");
  for (const TaskRun* run : finished) key->Write(Frame(*run));
  Open& open = *(streams_[key] = std::make_unique<Open>());
  open.run_ids = std::move(run_ids);
  open.exchange = std::move(exchange);
  PingLater(open);
  key->OnGone([this, key] { streams_.erase(key); });
}

void RunEvents::Tell(const TaskRun& run) {
  const std::string frame = Frame(run);
  for (const auto& [key, open] : streams_) {
    const auto& ids = open->run_ids;
    if (std::find(ids.begin(), ids.end(), run.id) != ids.end()) key->Write(frame);
  }
}

void RunEvents::PingLater(Open& open) {
  open.ping = schedule_->After(kPingEvery, [this, &open] {
    open.exchange->Write(": ping\n\n");
    PingLater(open);
  });
}

}  // namespace portico::demo
