// MCP over standard input and output (basic/transports, "stdio", of every revision):
// one JSON-RPC message a line, many calls at once, answers in the order in which they
// are ready.
//
// Loop thread only, but for the constructor. Destroying it cancels what runs.
#ifndef PORTICO_GATEWAY_MCP_STDIO_SESSION_H_
#define PORTICO_GATEWAY_MCP_STDIO_SESSION_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/strings/string_view.h"
#include "core/invoke/invoker.h"
#include "core/loop/event_loop.h"
#include "gateway/mcp/endpoint.h"
#include "gateway/mcp/list_kinds.h"
#include "gateway/mcp/running_call.h"

namespace portico::mcp {

// What is served at a time.
struct StdioServed {
  invoke::Invoker* invoker = nullptr;  // of the session's loop
  const Endpoint* endpoint = nullptr;
  std::shared_ptr<const void> keep;  // what keeps these alive; each call holds it
};

class StdioSession final : private CallListener {
 public:
  // `write` is given each message, without a line feed, in calls that do not overlap.
  StdioSession(loop::EventLoop& loop, StdioServed first,
               std::function<void(absl::string_view)> write);

  // Messages from now on are answered by `next`; calls that run end as they began. Who
  // listens, and a legacy client, is told which lists have changed.
  void Serve(StdioServed next);

  // One line as it came, without its end. Blank ones are passed over.
  void TakeLine(absl::string_view line);

  // The client sends no more: listens end with their result; `idle` runs once when no
  // call is without its response, at once if none is.
  void WhenIdle(absl::AnyInvocable<void() &&> idle);

 private:
  // By the request's id, as JSON.
  using Calls = std::multimap<std::string, std::unique_ptr<RunningCall>>;

  // The reply; nothing where none is due, or not yet.
  std::optional<std::string> Reply(const Message& message);
  std::optional<std::string> ReplyTo(const Message& request, Era era);
  std::optional<std::string> Listen(const Message& request);
  void Cancel(const Message& cancelled);

  void OnNotification(const std::string& text) override { write_(text); }
  void OnResponse(RunningCall* call, std::string text) override;

  loop::EventLoop& loop_;
  StdioServed served_;
  const std::function<void(absl::string_view)> write_;
  Calls calls_;
  // Ids as JSON, and what each wants to hear of.
  std::vector<std::pair<std::string, ListKinds>> listens_;
  bool legacy_ = false;  // the client has begun by `initialize`
  absl::AnyInvocable<void() &&> idle_;
};

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_STDIO_SESSION_H_
