#include "gateway/mcp/protocol_fields.h"

#include "absl/strings/escaping.h"
#include "absl/strings/strip.h"

namespace portico::mcp {
namespace {

std::optional<std::string> FieldOf(const http::RequestHead& head, absl::string_view name) {
  const absl::string_view* const value = head.Find(name);
  if (value == nullptr) return std::nullopt;
  return std::string(*value);
}

}  // namespace

ProtocolFields FieldsOf(const http::RequestHead& head) {
  return {FieldOf(head, "mcp-protocol-version"), FieldOf(head, "mcp-method"),
          FieldOf(head, "mcp-name")};
}

std::optional<std::string> DecodedField(absl::string_view value) {
  absl::string_view encoded = value;
  if (!absl::ConsumePrefix(&encoded, "=?base64?") || !absl::ConsumeSuffix(&encoded, "?=")) {
    return std::string(value);
  }
  std::string decoded;
  // Strict: Base64Unescape takes what is not padded, and white space between.
  if (encoded.size() % 4 != 0 || encoded.find_first_of(" \t") != absl::string_view::npos ||
      !absl::Base64Unescape(encoded, &decoded)) {
    return std::nullopt;
  }
  return decoded;
}

}  // namespace portico::mcp
