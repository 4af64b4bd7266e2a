// Reads an event stream for a tool, which can only answer once: collects events up
// to the tool's limits and says where to continue.
//
// One per call; one thread at a time. The ServedTool must outlive it. It keeps no
// time: its owner stops it after ServedTool::limits.event_time.
#ifndef PORTICO_GATEWAY_MCP_EVENT_COLLECTOR_H_
#define PORTICO_GATEWAY_MCP_EVENT_COLLECTOR_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "core/invoke/outcome.h"
#include "core/plan/plan.h"
#include "core/upstream/sse_parser.h"
#include "gateway/mcp/served_tool.h"

namespace portico::mcp {

class EventCollector {
 public:
  explicit EventCollector(const ServedTool& tool);

  // Adds an event. False when enough has been read: the owner destroys the Invocation
  // and answers with Stopped(). Events that come after that are left out.
  bool Take(const upstream::SseEvent& event);

  // How many events there are, for `progress`; of the last one in a line of text, for
  // its `message`, at most 200 bytes.
  std::size_t count() const { return count_; }
  std::string Progress() const;

  // The result (tool_result.h) when the owner or a limit ended the reading:
  // {"events": [{"id"?, "event", "data"}], "lastEventId"?, "after"?, "truncated": true,
  // "notice"}. `data` is JSON where the stream's is, otherwise text. `after` is there
  // where the tool has an argument of that name: its value to continue with.
  std::string Stopped() const;

  // The result when the upstream ended it: the same with "truncated": false. A failure
  // after the first event keeps the events and becomes the notice; one before it is
  // an error.
  std::string Ended(const invoke::Outcome& outcome, const plan::Upstream& upstream,
                    absl::Time now) const;

 private:
  enum class Limit { kNone, kEvents, kBytes };

  std::string Result(bool truncated, absl::string_view notice) const;
  std::string HowToContinue() const;
  void NotePosition(const upstream::SseEvent& event);

  const ServedTool& tool_;
  const std::string after_argument_;
  const bool takes_after_;
  std::size_t count_ = 0;
  std::string events_;  // the elements of the array
  std::string last_event_id_;
  std::string after_;  // JSON; empty when unknown
  std::string last_line_;
  Limit reached_ = Limit::kNone;
};

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_EVENT_COLLECTOR_H_
