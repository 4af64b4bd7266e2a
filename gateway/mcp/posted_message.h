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

#include "absl/strings/string_view.h"
#include "gateway/http/request_handler.h"
#include "gateway/mcp/door_state.h"
#include "gateway/mcp/endpoint.h"
#include "gateway/mcp/event_stream.h"
#include "gateway/mcp/list_kinds.h"
#include "gateway/mcp/post_head.h"
#include "gateway/mcp/posted_calls.h"
#include "gateway/mcp/protocol_check.h"

namespace portico::mcp {

class PostedMessage final : public http::RequestReceiver, private CallListener {
 public:
  PostedMessage(DoorState& door, PostHead head, http::ResponseWriter* writer);
  ~PostedMessage() override;

  loop::Flow OnBody(absl::string_view bytes) override;
  void OnBodyEnd() override;
  void OnWritable() override;
  void OnDrain() override;

  const std::string& path() const { return head_.path; }

  // For a listen that is in DoorState::to_tell: of these lists, those that it asked for. What
  // its reader has not taken yet is told once.
  void TellChanged(ListKinds lists);

 private:
  void Take(const Message& message);
  void TakeRequest(const Message& request, Era era);
  void TakeBatch(const std::vector<Message>& messages);
  // The reply when it is known at once; null and a new call otherwise.
  std::optional<std::string> Reply(const Message& request, Era era, const Answer& answer);
  void Listen(const Message& request);

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
  PostedCalls calls_;
  std::unique_ptr<EventStream> stream_;
  std::string listen_id_;             // as JSON; empty: no listen
  std::vector<std::string> replies_;  // of a batch, so far
  bool batch_ = false;
  bool ended_ = false;
  ListKinds asked_;    // by the listen
  ListKinds to_tell_;  // have changed; once the reader takes more
};

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_POSTED_MESSAGE_H_
