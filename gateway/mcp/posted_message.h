// One POST to an MCP endpoint: collects the body, tells what it is, and answers by
// application/json, or by text/event-stream where there is something to tell before
// the result.
//
// Loop thread only. The DoorState and the writer must outlive it.
#ifndef PORTICO_GATEWAY_MCP_POSTED_MESSAGE_H_
#define PORTICO_GATEWAY_MCP_POSTED_MESSAGE_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "gateway/http/request_handler.h"
#include "gateway/mcp/call_board.h"
#include "gateway/mcp/counted_caller.h"
#include "gateway/mcp/door_state.h"
#include "gateway/mcp/endpoint.h"
#include "gateway/mcp/event_stream.h"
#include "gateway/mcp/protocol_check.h"
#include "gateway/mcp/protocol_fields.h"
#include "gateway/mcp/running_call.h"

namespace portico::mcp {

// What is kept of the request's head.
struct PostHead {
  std::string path;
  const Endpoint* endpoint = nullptr;
  invoke::Invoker* invoker = nullptr;
  std::shared_ptr<const void> keep;  // keeps these alive
  ProtocolFields fields;
  std::vector<plan::Header> forwarded;      // invoke::kForwardedHeaders
  std::vector<plan::Header> origin_fields;  // of every answer
  bool takes_events = false;                // Accept names text/event-stream
  std::string caller;                       // for CallBoard
  CountedCaller counted;                    // for RateLimiter
};

class PostedMessage final : public http::RequestReceiver, private CallListener {
 public:
  PostedMessage(DoorState& door, PostHead head, http::ResponseWriter* writer);
  // A modern caller that goes away has cancelled, a legacy one has not.
  ~PostedMessage() override;

  loop::Flow OnBody(absl::string_view bytes) override;
  void OnBodyEnd() override;
  void OnWritable() override;
  void OnDrain() override;

  const std::string& path() const { return head_.path; }

  // For a listen that is in DoorState::to_tell. What its reader has not taken yet is
  // told once.
  void TellToolsChanged();

 private:
  void Take(const Message& message);
  void TakeRequest(const Message& request, Era era);
  void TakeBatch(const std::vector<Message>& messages);
  // The reply when it is known at once; null and a new call otherwise.
  std::optional<std::string> Reply(const Message& request, Era era, const Answer& answer);
  void Listen(const Message& request);

  // In the legacy era, so that it can be cancelled by a notification.
  void PutOnBoard(const RunningCall& call);
  void CancelAnother(const Message& notification);
  void CancelOwn(const std::string& id);

  void OnNotification(const std::string& text) override;
  void OnResponse(RunningCall* call, std::string text) override;

  void BeginStream();
  void Respond(int status, absl::string_view body);
  void Refuse(const Refusal& refusal, absl::string_view id);
  void RespondBatch();

  DoorState& door_;
  PostHead head_;
  http::ResponseWriter* const writer_;
  std::string body_;
  Era era_ = Era::kLegacy;
  std::vector<std::unique_ptr<RunningCall>> calls_;  // without a response yet
  // Given back before the response is, or the id's next call would not be the only one.
  absl::flat_hash_map<const RunningCall*, CallBoard::Ticket> tickets_;
  // What a cancellation that was posted to the loop knows it by; null once it is gone.
  std::shared_ptr<PostedMessage*> self_;
  std::unique_ptr<EventStream> stream_;
  std::string listen_id_;             // as JSON; empty: no listen
  std::vector<std::string> replies_;  // of a batch, so far
  bool batch_ = false;
  bool ended_ = false;
  bool to_tell_ = false;  // that the tools have changed, once the reader takes more
};

// An error before any message was read.
void RespondRefused(http::ResponseWriter* writer, const Refusal& refusal, absl::string_view id,
                    const std::vector<plan::Header>& fields);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_POSTED_MESSAGE_H_
