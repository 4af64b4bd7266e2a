// The calls that one POST has begun and that have no response yet. Those of the legacy era
// stand on the CallBoard meanwhile, so that a notification can cancel them.
//
// Loop thread only. What the constructor is given must outlive it.
#ifndef PORTICO_GATEWAY_MCP_POSTED_CALLS_H_
#define PORTICO_GATEWAY_MCP_POSTED_CALLS_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "gateway/mcp/call_board.h"
#include "gateway/mcp/door_state.h"
#include "gateway/mcp/endpoint.h"
#include "gateway/mcp/era.h"
#include "gateway/mcp/json_rpc.h"
#include "gateway/mcp/post_head.h"
#include "gateway/mcp/running_call.h"

namespace portico::mcp {

class PostedCalls {
 public:
  PostedCalls(DoorState& door, const PostHead& head, CallListener& listener)
      : door_(door), head_(head), listener_(listener) {}
  // A modern caller that goes away has cancelled, a legacy one has not.
  ~PostedCalls();
  PostedCalls(const PostedCalls&) = delete;
  PostedCalls& operator=(const PostedCalls&) = delete;

  // The response when it is known at once; empty, and one more call, otherwise. All are of
  // one era.
  std::optional<std::string> Start(const Message& request, Era era, const Answer& answer);
  // A call that has its response.
  void Remove(const RunningCall* call);

  // Of the legacy era: the one call that `notification` means, wherever it runs.
  void CancelAnother(const Message& notification);
  void StopEarly();

  bool empty() const { return calls_.empty(); }
  // The one begun last.
  const RunningCall& last() const { return *calls_.back(); }

 private:
  void PutOnBoard(const RunningCall& call);
  void Cancel(const std::string& id);

  DoorState& door_;
  const PostHead& head_;
  CallListener& listener_;
  std::vector<std::unique_ptr<RunningCall>> calls_;
  // Given back before the response is, or the id's next call would not be the only one.
  absl::flat_hash_map<const RunningCall*, CallBoard::Ticket> tickets_;
  // What a cancellation that was posted to the loop knows this by; null once it is gone. Only
  // of the legacy era.
  std::shared_ptr<PostedCalls*> self_;
};

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_POSTED_CALLS_H_
