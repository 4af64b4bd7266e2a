// A tools/call under way for a caller: which request it answers, in which era, and
// where its messages go.
//
// Loop thread only.
#ifndef PORTICO_GATEWAY_MCP_RUNNING_CALL_H_
#define PORTICO_GATEWAY_MCP_RUNNING_CALL_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gateway/mcp/endpoint.h"
#include "gateway/mcp/era.h"
#include "gateway/mcp/json_rpc.h"
#include "gateway/mcp/tool_call.h"

namespace portico::mcp {

class RunningCall;

// Takes whole JSON-RPC messages.
class CallListener {
 public:
  // A notification, while the call goes on.
  virtual void OnNotification(const std::string& text) = 0;
  // The response. Once, last; may destroy the call.
  virtual void OnResponse(RunningCall* call, std::string text) = 0;

 protected:
  ~CallListener() = default;
};

class RunningCall final : private ToolCall::Owner {
 public:
  // `answer` is of the kind kCall. The listener must outlive the call, or be replaced.
  // `keep` keeps alive what the call uses: the tool and the Invoker.
  RunningCall(loop::EventLoop& loop, invoke::Invoker& invoker, std::shared_ptr<const void> keep,
              const Message& request, const Answer& answer, Era era, CallListener* listener);

  // The response when it is known at once; otherwise OnResponse follows, never from
  // inside Start. `answer` as at construction.
  std::optional<std::string> Start(const Answer& answer, std::vector<plan::Header> headers);

  void StopEarly() { call_.StopEarly(); }
  void set_listener(CallListener* listener) { listener_ = listener; }
  const std::string& id() const { return id_; }
  // The caller wants to hear of progress.
  bool has_token() const { return !token_.empty(); }

 private:
  void OnProgress(std::size_t progress, const std::string& message) override;
  void OnResult(std::string result) override;

  const std::shared_ptr<const void> keep_;
  const std::string id_;
  // The response with a ToolCall's result: of a resource, its content or an error.
  std::string Response(absl::string_view result) const;

  const std::string token_;  // as JSON; empty: none
  const std::string uri_;    // of the resource that is read; empty: none is
  const Era era_;
  CallListener* listener_;
  ToolCall call_;
};

// The caller's trace context in `_meta` (SEP-414) in front of what the transport's
// headers say.
std::vector<plan::Header> WithTraceContext(const Message& request,
                                           std::vector<plan::Header> headers);

// A result as the era has it, as the response to `id`.
std::string ResponseText(absl::string_view id, absl::string_view result, Era era);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_RUNNING_CALL_H_
