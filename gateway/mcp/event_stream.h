// A response as text/event-stream: one JSON-RPC message an event, comments while
// nothing happens (2026-07-28, basic/transports, "Streamable HTTP").
//
// Loop thread only. The writer and the DoorState must outlive it.
#ifndef PORTICO_GATEWAY_MCP_EVENT_STREAM_H_
#define PORTICO_GATEWAY_MCP_EVENT_STREAM_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "core/plan/operation.h"
#include "gateway/http/request_handler.h"
#include "gateway/mcp/door_state.h"

namespace portico::mcp {

class EventStream {
 public:
  // Sends the head at once. `fields`: further ones of it.
  EventStream(DoorState& door, http::ResponseWriter* writer,
              const std::vector<plan::Header>& fields);
  ~EventStream();
  EventStream(const EventStream&) = delete;
  EventStream& operator=(const EventStream&) = delete;

  void Send(absl::string_view message);
  // Send, unless the reader has fallen behind: progress can be left out.
  void SendIfTaken(absl::string_view message);
  // The reader has fallen behind; its writer says when it takes more.
  bool paused() const { return paused_; }
  void OnWritable() { paused_ = false; }
  // `message` is the last one.
  void End(absl::string_view message);
  // A comment, if nothing was sent since the last call.
  void KeepAlive();

 private:
  DoorState& door_;
  http::ResponseWriter* const writer_;
  bool paused_ = false;
  bool sent_ = false;  // since the last KeepAlive
  bool ended_ = false;
};

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_EVENT_STREAM_H_
