#include "demo/backstage_readers.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "demo/backstage_reply.h"

namespace portico::demo {
namespace {

// RFC 6202 advises it, and the vendor follows.
constexpr absl::Duration kLongPoll = absl::Seconds(30);

}  // namespace

std::string EventsText(const std::vector<const TaskEvent*>& events) {
  return absl::StrCat(
      "[",
      absl::StrJoin(events, ",",
                    [](std::string* out, const TaskEvent* event) { *out += event->text; }),
      "]");
}

void EventReaders::Stream(const Task& task, std::optional<double> after,
                          std::unique_ptr<Exchange> exchange) {
  Add({&task, after, std::move(exchange)}, WriteFrames, /*times_out=*/false);
}

void EventReaders::LongPoll(const Task& task, std::optional<double> after,
                            std::unique_ptr<Exchange> exchange) {
  Add({&task, after, std::move(exchange)}, ReplyOnce, /*times_out=*/true);
}

void EventReaders::Add(Reader reader, Deliver deliver, bool times_out) {
  if (deliver(reader)) return;
  Exchange* key = reader.exchange.get();
  Reader& kept = *(readers_[key] = std::make_unique<Reader>(std::move(reader)));
  kept.watch = store_->WatchTask(*kept.task, [this, key, &kept, deliver] {
    if (deliver(kept)) readers_.erase(key);
  });
  if (times_out) {
    kept.timeout = schedule_->After(kLongPoll, [this, key] {
      ReplyJson(*key, 200, "[]");
      readers_.erase(key);
    });
  }
  key->OnGone([this, key] { readers_.erase(key); });
}

bool EventReaders::WriteFrames(Reader& reader) {
  bool complete = false;
  for (const TaskEvent* event : TaskStore::EventsAfter(*reader.task, reader.after)) {
    if (!std::exchange(reader.opened, true)) reader.exchange->Open(EventStreamHead());
    reader.exchange->Write(absl::StrCat("event: ", event->type, "\ndata: ", event->text, "\n\n"));
    reader.after = static_cast<double>(event->id);
    complete = complete || event->type == kCompletion;
  }
  if (complete) reader.exchange->End();
  return complete;
}

bool EventReaders::ReplyOnce(Reader& reader) {
  const auto events = TaskStore::EventsAfter(*reader.task, reader.after);
  if (events.empty()) return false;
  ReplyJson(*reader.exchange, 200, EventsText(events));
  return true;
}

}  // namespace portico::demo
