#include "gateway/mcp/running_call.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/mcp/json_view.h"
#include "gateway/mcp/resource_set.h"

namespace portico::mcp {
namespace {

// Strings and integers are tokens; what is none asks for nothing.
std::string TokenOf(const Message& request) {
  const absl::string_view token = Member(Member(request.params, "_meta"), "progressToken");
  return IsString(token) || IsInteger(token) ? std::string(token) : "";
}

bool IsFieldText(absl::string_view text) {
  return !text.empty() && text.size() <= 8192 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

std::vector<plan::Header> WithTraceContext(const Message& request,
                                           std::vector<plan::Header> headers) {
  const absl::string_view meta = Member(request.params, "_meta");
  for (const char* const name : {"traceparent", "tracestate"}) {
    auto value = StringOf(Member(meta, name));
    if (!value.has_value() || !IsFieldText(*value)) continue;
    const auto same = [&](const plan::Header& one) {
      return absl::EqualsIgnoreCase(one.name, name);
    };
    headers.erase(std::remove_if(headers.begin(), headers.end(), same), headers.end());
    headers.push_back({name, *std::move(value)});
  }
  return headers;
}

std::string ResponseText(absl::string_view id, absl::string_view result, Era era) {
  return era == Era::kModern ? ResultText(id, ModernResult(result)) : ResultText(id, result);
}

RunningCall::RunningCall(loop::EventLoop& loop, invoke::Invoker& invoker,
                         std::shared_ptr<const void> keep, const Message& request,
                         const Answer& answer, Era era, CallListener* listener)
    : keep_(std::move(keep)),
      id_(request.id),
      token_(TokenOf(request)),
      uri_(answer.uri),
      era_(era),
      listener_(listener),
      call_(loop, invoker, *answer.tool, !token_.empty(), this) {}

std::optional<std::string> RunningCall::Start(const Answer& answer,
                                              std::vector<plan::Header> headers) {
  const auto result = call_.Start(answer.arguments, std::move(headers));
  if (!result.has_value()) return std::nullopt;
  return Response(*result);
}

std::string RunningCall::Response(absl::string_view result) const {
  if (uri_.empty()) return ResponseText(id_, result, era_);
  const absl::string_view failure = Member(result, "content");
  if (!failure.empty()) {
    std::string why;
    ForEachElement(failure, [&](absl::string_view block) {
      why = StringOf(Member(block, "text")).value_or("");
    });
    return ErrorText(id_, {kInternalError, std::move(why), ""});
  }
  std::string read = ReadResult(uri_, result);
  if (era_ == Era::kLegacy) return ResponseText(id_, read, era_);
  // Nobody knows how long the API's answer stays true, nor for whom.
  read.pop_back();
  return ResponseText(id_, absl::StrCat(read, ",\"ttlMs\":0,\"cacheScope\":\"private\"}"), era_);
}

void RunningCall::OnProgress(std::size_t progress, const std::string& message) {
  listener_->OnNotification(NotificationText(
      "notifications/progress", absl::StrCat("{\"progressToken\":", token_, ",\"progress\":",
                                             progress, ",\"message\":", Quoted(message), "}")));
}

void RunningCall::OnResult(std::string result) {
  listener_->OnResponse(this, Response(result));  // may destroy this
}

}  // namespace portico::mcp
