#include "gateway/mcp/stdio_session.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "gateway/mcp/json_view.h"
#include "gateway/mcp/protocol_check.h"
#include "gateway/mcp/subscription.h"

namespace portico::mcp {

StdioSession::StdioSession(loop::EventLoop& loop, StdioServed first,
                           std::function<void(absl::string_view)> write)
    : loop_(loop), served_(std::move(first)), write_(std::move(write)) {}

void StdioSession::Serve(StdioServed next) {
  const StdioServed before = std::exchange(served_, std::move(next));
  const ListKinds changed = served_.endpoint->OtherThan(*before.endpoint);
  const auto tell = [&](ListKinds lists, absl::string_view id) {
    for (const std::string& text : ChangedTexts(lists, id)) write_(text);
  };
  if (legacy_) tell(changed, "");
  for (const auto& [id, asked] : listens_) tell(changed & asked, id);
}

void StdioSession::TakeLine(absl::string_view line) {
  line = absl::StripAsciiWhitespace(line);
  if (line.empty()) return;
  const Parsed parsed = ParseMessages(line);
  if (!parsed.ok()) return write_(ErrorText("", parsed.error));
  // No stdio client sends batches; each of their messages is answered on a line of its own.
  for (const Message& message : parsed.messages) {
    if (const auto reply = Reply(message)) write_(*reply);
  }
}

std::optional<std::string> StdioSession::Reply(const Message& message) {
  switch (message.kind) {
    case Message::Kind::kInvalid:
      return ErrorText(message.id, message.error);
    case Message::Kind::kResponse:
      return std::nullopt;
    case Message::Kind::kNotification:
      if (message.method == "notifications/cancelled") Cancel(message);
      return std::nullopt;
    case Message::Kind::kRequest:
      break;
  }
  const Era era = EraOf(message, std::nullopt);
  if (era == Era::kModern) {
    const auto refusal = CheckModern(message, nullptr);
    if (refusal.has_value()) return ErrorText(message.id, refusal->error);
  }
  return ReplyTo(message, era);
}

std::optional<std::string> StdioSession::ReplyTo(const Message& request, Era era) {
  const Answer answer = served_.endpoint->Handle(request, era, {});
  switch (answer.kind) {
    case Answer::Kind::kResult:
      if (era == Era::kLegacy && request.method == "initialize") legacy_ = true;
      return ResultText(request.id, answer.result);
    case Answer::Kind::kError:
      return ErrorText(request.id, answer.error);
    case Answer::Kind::kListen:
      return Listen(request);
    case Answer::Kind::kCall:
      break;
  }
  CallListener* const listener = this;
  auto call = std::make_unique<RunningCall>(loop_, *served_.invoker, served_.keep, request, answer,
                                            era, listener);
  auto reply = call->Start(answer, WithTraceContext(request, {}));
  if (!reply.has_value()) calls_.emplace(call->id(), std::move(call));
  return reply;
}

std::optional<std::string> StdioSession::Listen(const Message& request) {
  write_(AcknowledgedText(request));
  const ListKinds asked = HonouredLists(request);
  if (!asked.any()) return CompletedText(request.id);
  listens_.emplace_back(request.id, asked);
  return std::nullopt;
}

// The same in both eras. What was cancelled gets no response.
void StdioSession::Cancel(const Message& cancelled) {
  const std::string id(Member(cancelled.params, "requestId"));
  calls_.erase(id);
  listens_.erase(std::remove_if(listens_.begin(), listens_.end(),
                                [&](const auto& listen) { return listen.first == id; }),
                 listens_.end());
}

void StdioSession::WhenIdle(absl::AnyInvocable<void() &&> idle) {
  for (const auto& [id, asked] : std::exchange(listens_, {})) write_(CompletedText(id));
  if (calls_.empty()) return std::move(idle)();
  idle_ = std::move(idle);
}

void StdioSession::OnResponse(RunningCall* call, std::string text) {
  const auto range = calls_.equal_range(call->id());
  const auto done = std::find_if(range.first, range.second,
                                 [call](const auto& one) { return one.second.get() == call; });
  calls_.erase(done);
  write_(text);
  if (calls_.empty() && idle_ != nullptr) std::exchange(idle_, nullptr)();
}

}  // namespace portico::mcp
