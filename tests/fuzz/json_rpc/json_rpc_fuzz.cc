// Whatever comes, messages are told apart as another parser reads them, their parts
// are the bytes that came, and every answer is one line of JSON.
//
// The input's first line is MCP-Protocol-Version, the second Mcp-Name; the rest is
// the message.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/string_view.h"
#include "core/codec/json_syntax.h"
#include "gateway/mcp/era.h"
#include "gateway/mcp/json_rpc.h"
#include "gateway/mcp/protocol_check.h"

namespace {

using namespace portico::mcp;  // NOLINT(build/namespaces): most of it is used
using nlohmann::json;

void Require(bool holds) {
  if (!holds) std::abort();
}

std::string TakeLine(absl::string_view* rest) {
  const absl::string_view line = rest->substr(0, rest->find('\n'));
  rest->remove_prefix(std::min(rest->size(), line.size() + 1));
  return std::string(line);
}

void RequireOneLineOfJson(const std::string& text) {
  Require(text.find('\n') == std::string::npos);
  Require(!portico::codec::FindJsonSyntaxError(text).has_value());
}

void Check(const Message& message, const ProtocolFields& fields) {
  RequireOneLineOfJson(ResultText(message.id.empty() ? "1" : message.id, "{}"));
  RequireOneLineOfJson(ErrorText(message.id, message.error));
  if (message.kind == Message::Kind::kInvalid) {
    Require(message.error.code == kInvalidRequest && !message.error.message.empty());
    return;
  }
  if (message.kind == Message::Kind::kResponse) return;
  Require(message.params.empty() || message.params.front() == '{');
  Require((message.kind == Message::Kind::kRequest) == !message.id.empty());
  for (const auto& refusal : {CheckModern(message, &fields), CheckModern(message, nullptr),
                              CheckLegacy(message, &fields)}) {
    if (refusal.has_value()) RequireOneLineOfJson(ErrorText(message.id, refusal->error));
  }
  EraOf(message, fields.version);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  absl::string_view input(reinterpret_cast<const char*>(bytes), size);
  ProtocolFields fields;
  fields.version = TakeLine(&input);
  fields.name = TakeLine(&input);
  // A copy of its own, so that the address sanitizer sees a read beyond its end.
  const std::string text(input);
  const Parsed parsed = ParseMessages(text);
  if (!parsed.ok()) {
    RequireOneLineOfJson(ErrorText("", parsed.error));
    return 0;
  }
  for (const Message& message : parsed.messages) Check(message, fields);
  const json tree = json::parse(text, nullptr, false);
  if (!tree.is_object()) return 0;
  const Message& message = parsed.messages[0];
  const bool called =
      message.kind == Message::Kind::kRequest || message.kind == Message::Kind::kNotification;
  if (called) Require(tree.at("method") == message.method);
  if (called && !message.params.empty()) {
    const json params = json::parse(message.params.begin(), message.params.end(), nullptr, false);
    Require(params.is_discarded() || params == tree.at("params"));
  }
  return 0;
}
