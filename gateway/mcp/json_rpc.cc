#include "gateway/mcp/json_rpc.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/codec/json_syntax.h"
#include "gateway/mcp/json_view.h"

namespace portico::mcp {
namespace {

Message Invalid(Message message, std::string why) {
  message.kind = Message::Kind::kInvalid;
  message.error = {kInvalidRequest, std::move(why), ""};
  return message;
}

Message Read(absl::string_view text) {
  Message message;
  if (!IsObject(text)) return Invalid(message, "a message must be a JSON object");
  const absl::string_view id = Member(text, "id");
  const bool usable_id = StringOf(id).has_value() || IsInteger(id);
  if (usable_id) message.id = id;
  if (StringOf(Member(text, "jsonrpc")) != "2.0") {
    return Invalid(message, "\"jsonrpc\" must be \"2.0\"");
  }
  const absl::string_view method = Member(text, "method");
  if (method.empty()) {
    if (Member(text, "result").empty() && Member(text, "error").empty()) {
      return Invalid(message, "\"method\" is missing");
    }
    message.kind = Message::Kind::kResponse;
    return message;
  }
  if (!id.empty() && !usable_id) {
    return Invalid(message, "\"id\" must be a string or an integer");
  }
  auto name = StringOf(method);
  if (!name.has_value()) return Invalid(message, "\"method\" must be a string");
  message.method = *std::move(name);
  message.params = Member(text, "params");
  if (!message.params.empty() && !IsObject(message.params)) {
    return Invalid(message, "\"params\" must be an object");
  }
  message.kind = id.empty() ? Message::Kind::kNotification : Message::Kind::kRequest;
  return message;
}

Parsed Refused(int code, std::string why) {
  Parsed parsed;
  parsed.error = {code, std::move(why), ""};
  return parsed;
}

}  // namespace

Parsed ParseMessages(absl::string_view text) {
  if (const auto wrong = codec::FindJsonSyntaxError(text)) {
    return Refused(kParseError,
                   absl::StrCat("Parse error: ", wrong->what, " at byte ", wrong->offset));
  }
  text = codec::TrimJsonSpace(text);
  if (DepthOf(text) > kMaxDepth) {
    return Refused(kParseError, absl::StrCat("Parse error: nested deeper than ", kMaxDepth));
  }
  Parsed parsed;
  parsed.batch = IsArray(text);
  std::size_t count = 1;
  if (parsed.batch) {
    count = 0;
    ForEachElement(text, [&](absl::string_view element) {
      if (++count <= kMaxBatch) parsed.messages.push_back(Read(element));
    });
  } else {
    parsed.messages.push_back(Read(text));
  }
  if (count == 0) return Refused(kInvalidRequest, "Invalid request: an empty batch");
  if (count > kMaxBatch) {
    return Refused(kInvalidRequest,
                   absl::StrCat("Invalid request: a batch of more than ", kMaxBatch));
  }
  return parsed;
}

std::string ResultText(absl::string_view id, absl::string_view result) {
  return absl::StrCat("{\"jsonrpc\":\"2.0\",\"id\":", id, ",\"result\":", result, "}");
}

std::string ErrorText(absl::string_view id, const RpcError& error) {
  return absl::StrCat("{\"jsonrpc\":\"2.0\",\"id\":", id.empty() ? "null" : id,
                      ",\"error\":{\"code\":", error.code, ",\"message\":", Quoted(error.message),
                      error.data.empty() ? "" : ",\"data\":", error.data, "}}");
}

std::string NotificationText(absl::string_view method, absl::string_view params) {
  return absl::StrCat("{\"jsonrpc\":\"2.0\",\"method\":", Quoted(method), ",\"params\":", params,
                      "}");
}

}  // namespace portico::mcp
