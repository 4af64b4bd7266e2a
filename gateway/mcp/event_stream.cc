#include "gateway/mcp/event_stream.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/http/problem.h"

namespace portico::mcp {

EventStream::EventStream(DoorState& door, http::ResponseWriter* writer,
                         const std::vector<plan::Header>& fields)
    : door_(door), writer_(writer) {
  http::ResponseHead head(200);
  head.Add("Content-Type", "text/event-stream");
  head.Add("Cache-Control", "no-cache");
  head.Add("X-Accel-Buffering", "no");  // or nginx in front would hold events back
  head.Add(http::kSourceField, "portico");
  for (const plan::Header& field : fields) head.Add(field.name, field.value);
  writer_->Start(head);
  writer_->Flush();
  door_.streams.insert(this);
}

EventStream::~EventStream() { door_.streams.erase(this); }

void EventStream::Send(absl::string_view message) {
  sent_ = true;
  const std::string event = absl::StrCat("event: message\ndata: ", message, "\n\n");
  paused_ = writer_->Write(event) == loop::Flow::kPause;
}

void EventStream::SendIfTaken(absl::string_view message) {
  if (!paused_) Send(message);
}

void EventStream::End(absl::string_view message) {
  Send(message);
  ended_ = true;
  writer_->End();
}

void EventStream::KeepAlive() {
  if (std::exchange(sent_, false) || ended_ || paused_) return;
  paused_ = writer_->Write(": keep-alive\n\n") == loop::Flow::kPause;
}

}  // namespace portico::mcp
