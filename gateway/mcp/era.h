// The two eras of MCP, told apart for each request: nothing is remembered between
// requests, so that any replica can answer any of them.
//
// Legacy are the revisions up to 2025-11-25, which begin with `initialize`. Modern is
// 2026-07-28 (basic/versioning), where each request says its revision itself.
//
// Pure functions; any thread.
#ifndef PORTICO_GATEWAY_MCP_ERA_H_
#define PORTICO_GATEWAY_MCP_ERA_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "gateway/mcp/json_rpc.h"

namespace portico::mcp {

enum class Era { kLegacy, kModern };

inline constexpr char kModernVersion[] = "2026-07-28";
// Newest first.
inline constexpr absl::string_view kLegacyVersions[] = {"2025-11-25", "2025-06-18", "2025-03-26",
                                                        "2024-11-05"};
// JSON text of the revisions that a modern client may name.
inline constexpr char kSupportedVersions[] = "[\"2026-07-28\"]";

// Members of `_meta`.
inline constexpr char kMetaVersion[] = "io.modelcontextprotocol/protocolVersion";
inline constexpr char kMetaCapabilities[] = "io.modelcontextprotocol/clientCapabilities";
inline constexpr char kMetaLogLevel[] = "io.modelcontextprotocol/logLevel";
inline constexpr char kMetaSubscription[] = "io.modelcontextprotocol/subscriptionId";
inline constexpr char kMetaServer[] = "io.modelcontextprotocol/serverInfo";

// A revision's name (a date) that is 2026-07-28 or later.
bool IsModernVersion(absl::string_view version);
bool IsLegacyVersion(absl::string_view version);

// Modern when `_meta` names a revision, or when the header field MCP-Protocol-Version
// names a modern one: a client that forgot `_meta` is told so, not misunderstood.
Era EraOf(const Message& message, const std::optional<std::string>& version_field);

// What `initialize` answers to a client that speaks `wanted`: the same if it is one of
// ours, otherwise our newest legacy revision (2025-11-25, basic/lifecycle).
absl::string_view Negotiate(absl::string_view wanted);

// Batches left the protocol with 2025-06-18. No field at all means 2025-03-26.
bool TakesBatches(const std::optional<std::string>& version_field);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_ERA_H_
