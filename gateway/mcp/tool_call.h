// Runs one tools/call over the Invoker, for any transport: checked arguments, one
// call upstream, one result.
//
// Loop thread only. Destroying it cancels: the upstream's socket is closed at once,
// and the owner hears nothing more. The ServedTool and the Owner must outlive it.
#ifndef PORTICO_GATEWAY_MCP_TOOL_CALL_H_
#define PORTICO_GATEWAY_MCP_TOOL_CALL_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "core/invoke/invoker.h"
#include "core/loop/event_loop.h"
#include "gateway/mcp/event_collector.h"
#include "gateway/mcp/served_tool.h"

namespace portico::mcp {

class ToolCall final : private invoke::OutcomeReceiver {
 public:
  class Owner {
   public:
    // How far the call is, as a number that grows with each; rate-limited.
    virtual void OnProgress(std::size_t progress, const std::string& message) = 0;
    // The members of a CallToolResult as JSON; of a resource its content, or the failure
    // as a CallToolResult. Once, last; may destroy the ToolCall.
    virtual void OnResult(std::string result) = 0;

   protected:
    ~Owner() = default;
  };

  // Clients that were told of progress wait 60 s for the next word (TypeScript SDK).
  static constexpr absl::Duration kProgressPause = absl::Seconds(10);

  // `progress`: somebody wants to be told.
  ToolCall(loop::EventLoop& loop, invoke::Invoker& invoker, const ServedTool& tool, bool progress,
           Owner* owner);

  // `arguments`: JSON text; `headers`: to be passed on. The result when it is known
  // at once; otherwise OnResult follows, never from inside Start.
  std::optional<std::string> Start(absl::string_view arguments, std::vector<plan::Header> headers);

  // The server is closing: what a stream has brought so far is the result.
  void StopEarly();

 private:
  upstream::Flow OnEvent(const upstream::SseEvent& event) override;
  void OnOutcome(invoke::Outcome outcome) override;
  void Tell(const std::string& message);
  void TellRegularly();
  void StartCollecting();
  void StopSoon();
  void Stop();
  const plan::Upstream& upstream() const;

  loop::EventLoop& loop_;
  invoke::Invoker& invoker_;
  const ServedTool& tool_;
  const bool progress_;
  Owner* const owner_;
  std::unique_ptr<EventCollector> events_;  // of a stream
  std::unique_ptr<invoke::Invocation> invocation_;
  std::unique_ptr<loop::Timer> until_;    // a stream's time, or its end on the next turn
  std::unique_ptr<loop::Timer> regular_;  // until the next word
  absl::Time told_ = absl::InfinitePast();
  std::size_t told_count_ = 0;
  bool stopping_ = false;
};

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_TOOL_CALL_H_
