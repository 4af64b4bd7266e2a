// JSON-RPC 2.0 as MCP uses it: what a caller sent, told apart and checked, and the
// texts of what goes back.
//
// Pure functions; any thread; nothing throws. Messages are views into the text that
// they were parsed of.
#ifndef PORTICO_GATEWAY_MCP_JSON_RPC_H_
#define PORTICO_GATEWAY_MCP_JSON_RPC_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace portico::mcp {

// JSON-RPC 2.0, 5.1.
inline constexpr int kParseError = -32700;
inline constexpr int kInvalidRequest = -32600;
inline constexpr int kMethodNotFound = -32601;
inline constexpr int kInvalidParams = -32602;
inline constexpr int kInternalError = -32603;
// MCP 2026-07-28, basic/index, "Error codes".
inline constexpr int kHeaderMismatch = -32020;
inline constexpr int kUnsupportedVersion = -32022;
// Of the implementation's own range; the SDKs answer foreign Origins and unsuited
// HTTP requests by it.
inline constexpr int kRefused = -32000;
// Outside the range that MCP keeps to itself; the number that LSP has for it.
inline constexpr int kCancelled = -32800;

struct RpcError {
  int code = kInternalError;
  std::string message;
  std::string data;  // JSON text; empty: none
};

struct Message {
  enum class Kind { kRequest, kNotification, kResponse, kInvalid };
  Kind kind = Kind::kInvalid;
  absl::string_view id;  // JSON text as it came, a string or an integer; empty: none
  std::string method;
  absl::string_view params;  // JSON text of an object; empty: none
  RpcError error;            // of an invalid one
};

struct Parsed {
  bool batch = false;  // `messages` came in an array
  std::vector<Message> messages;
  RpcError error;  // the text as a whole is refused; `messages` is empty then
  bool ok() const { return !messages.empty(); }
};

// Messages nest no deeper, and a batch holds no more: what reads them later may
// recurse, and what answers them runs all at once.
inline constexpr std::size_t kMaxDepth = 128;
inline constexpr std::size_t kMaxBatch = 100;

// kParseError for what is not JSON in UTF-8; kInvalidRequest for an empty or too large
// batch. What is wrong with one message is told with it.
Parsed ParseMessages(absl::string_view text);

// Compact, without line feeds.
std::string ResultText(absl::string_view id, absl::string_view result);
// Without an id the member is null (JSON-RPC 2.0, 5).
std::string ErrorText(absl::string_view id, const RpcError& error);
std::string NotificationText(absl::string_view method, absl::string_view params);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_JSON_RPC_H_
