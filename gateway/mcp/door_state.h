// What the requests of one loop's MCP door share, and the calls that outlive theirs.
//
// Loop thread only.
#ifndef PORTICO_GATEWAY_MCP_DOOR_STATE_H_
#define PORTICO_GATEWAY_MCP_DOOR_STATE_H_

#include <cstddef>
#include <memory>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/time/time.h"
#include "core/invoke/invoker.h"
#include "core/loop/event_loop.h"
#include "gateway/http/origin_policy.h"
#include "gateway/mcp/call_board.h"
#include "gateway/mcp/running_call.h"

namespace portico::mcp {

struct McpOptions {
  std::size_t max_body_bytes = 4 * 1024 * 1024;   // of a message; more: 413
  absl::Duration keep_alive = absl::Seconds(15);  // between comments on a silent stream
  std::size_t max_listens = 1024;                 // at once for each loop
  http::OriginOptions origins;
  ToolOptions tools;
  EndpointOptions endpoint;
};

class EventStream;
class PostedMessage;

// A legacy caller that goes away has not cancelled (2025-11-25, basic/transports):
// what it began runs to its end, though nobody hears of it.
class Orphans final : private CallListener {
 public:
  void Adopt(std::unique_ptr<RunningCall> call) {
    call->set_listener(this);
    RunningCall* const key = call.get();
    calls_.emplace(key, std::move(call));
  }
  std::size_t size() const { return calls_.size(); }

 private:
  void OnNotification(const std::string&) override {}
  void OnResponse(RunningCall* call, std::string) override { calls_.erase(call); }

  absl::flat_hash_map<RunningCall*, std::unique_ptr<RunningCall>> calls_;
};

struct DoorState {
  // All must outlive it.
  DoorState(loop::EventLoop& loop, const McpOptions& options, CallBoard& board)
      : loop(loop), options(options), board(board) {}

  loop::EventLoop& loop;
  const McpOptions& options;
  CallBoard& board;                           // of all loops
  absl::flat_hash_set<EventStream*> streams;  // open, for keeping them alive
  std::size_t listens = 0;
  absl::flat_hash_set<PostedMessage*> to_tell;  // listens that asked for changes of the list
  Orphans orphans;
};

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_DOOR_STATE_H_
