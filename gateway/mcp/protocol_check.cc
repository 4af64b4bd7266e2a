#include "gateway/mcp/protocol_check.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gateway/mcp/json_view.h"

namespace portico::mcp {
namespace {

constexpr absl::string_view kLogLevels[] = {"debug", "info",     "notice", "warning",
                                            "error", "critical", "alert",  "emergency"};

Refusal Refused(int code, std::string why, std::string data = "") {
  return {400, {code, std::move(why), std::move(data)}};
}

Refusal Mismatch(absl::string_view why) {
  return Refused(kHeaderMismatch, absl::StrCat("Header mismatch: ", why));
}

Refusal Unsupported(absl::string_view requested) {
  return Refused(kUnsupportedVersion, "Unsupported protocol version",
                 absl::StrCat("{\"supported\":", kSupportedVersions,
                              ",\"requested\":", Quoted(requested), "}"));
}

// The member of `params` that Mcp-Name repeats; null for methods without one.
const char* NameMember(absl::string_view method) {
  if (method == "tools/call" || method == "prompts/get") return "name";
  return method == "resources/read" ? "uri" : nullptr;
}

std::optional<Refusal> CheckMethodField(const Message& message, const ProtocolFields& fields) {
  if (!fields.method.has_value()) {
    if (message.kind == Message::Kind::kNotification) return std::nullopt;
    return Mismatch("Mcp-Method is missing");
  }
  if (*fields.method == message.method) return std::nullopt;
  return Mismatch(
      absl::StrCat("Mcp-Method says \"", *fields.method, "\", the body \"", message.method, "\""));
}

std::optional<Refusal> CheckNameField(const Message& message, const ProtocolFields& fields) {
  const char* const member = NameMember(message.method);
  if (member == nullptr) return std::nullopt;
  const auto named = StringOf(Member(message.params, member));
  if (!named.has_value()) return std::nullopt;  // the method itself says what is missing
  if (!fields.name.has_value()) return Mismatch("Mcp-Name is missing");
  const auto decoded = DecodedField(*fields.name);
  if (!decoded.has_value()) return Mismatch("Mcp-Name is not base64 between its marks");
  if (*decoded == *named) return std::nullopt;
  return Mismatch(
      absl::StrCat("Mcp-Name says \"", *decoded, "\", the body's ", member, " \"", *named, "\""));
}

std::optional<Refusal> CheckVersion(const Message& message, const ProtocolFields* fields) {
  const absl::string_view value = Member(Member(message.params, "_meta"), kMetaVersion);
  const auto version = StringOf(value);
  if (!version.has_value()) {
    if (value.empty() && message.kind == Message::Kind::kNotification) return std::nullopt;
    return Refused(kInvalidParams, absl::StrCat("Invalid params: _meta[\"", kMetaVersion,
                                                "\"] is missing or no string"));
  }
  if (fields != nullptr && fields->version != version) {
    return Mismatch(fields->version.has_value()
                        ? absl::StrCat("MCP-Protocol-Version says \"", *fields->version,
                                       "\", _meta \"", *version, "\"")
                        : "MCP-Protocol-Version is missing");
  }
  if (*version != kModernVersion) return Unsupported(*version);
  return std::nullopt;
}

std::optional<Refusal> CheckMeta(const Message& message) {
  const absl::string_view meta = Member(message.params, "_meta");
  if (!IsObject(Member(meta, kMetaCapabilities)) && message.kind == Message::Kind::kRequest) {
    return Refused(kInvalidParams, absl::StrCat("Invalid params: _meta[\"", kMetaCapabilities,
                                                "\"] is missing or no object"));
  }
  const absl::string_view level = Member(meta, kMetaLogLevel);
  if (level.empty()) return std::nullopt;
  const auto named = StringOf(level);
  const auto* const end = std::end(kLogLevels);
  if (named.has_value() && std::find(std::begin(kLogLevels), end, *named) != end) {
    return std::nullopt;
  }
  return Refused(kInvalidParams, absl::StrCat("Invalid params: _meta[\"", kMetaLogLevel,
                                              "\"] is none of ", absl::StrJoin(kLogLevels, ", ")));
}

}  // namespace

std::optional<Refusal> CheckModern(const Message& message, const ProtocolFields* fields) {
  if (auto refusal = CheckVersion(message, fields)) return refusal;
  if (auto refusal = CheckMeta(message)) return refusal;
  if (fields == nullptr) return std::nullopt;
  if (auto refusal = CheckMethodField(message, *fields)) return refusal;
  return CheckNameField(message, *fields);
}

std::optional<Refusal> CheckLegacy(const Message& message, const ProtocolFields* fields) {
  if (fields == nullptr || !fields->version.has_value()) return std::nullopt;
  if (message.method == "initialize" || IsLegacyVersion(*fields->version)) return std::nullopt;
  return Refused(
      kInvalidRequest,
      absl::StrCat("Unsupported protocol version \"", *fields->version,
                   "\"; supported: ", absl::StrJoin(kLegacyVersions, ", "), ", ", kModernVersion));
}

}  // namespace portico::mcp
