#include "gateway/mcp/posted_message.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gateway/mcp/post_response.h"
#include "gateway/mcp/subscription.h"

namespace portico::mcp {
namespace {

Refusal NoBatch() {
  return {400, {kInvalidRequest, "Invalid request: batches left MCP with 2025-06-18", ""}};
}

}  // namespace

PostedMessage::PostedMessage(DoorState& door, PostHead head, http::ResponseWriter* writer)
    : door_(door), head_(std::move(head)), writer_(writer), calls_(door_, head_, *this) {}

PostedMessage::~PostedMessage() {
  if (!listen_id_.empty()) --door_.listens;
  door_.to_tell.erase(this);
}

loop::Flow PostedMessage::OnBody(absl::string_view bytes) {
  if (ended_) return loop::Flow::kContinue;
  body_.append(bytes.data(), bytes.size());
  if (body_.size() > door_.options.max_body_bytes) {
    Refuse({413,
            {kRefused,
             absl::StrCat("Message over ", door_.options.max_body_bytes,
                          " bytes; --mcp-max-body sets the limit"),
             ""}},
           "");
  }
  return loop::Flow::kContinue;
}

void PostedMessage::OnBodyEnd() {
  if (ended_) return;
  const Parsed parsed = ParseMessages(body_);
  if (!parsed.ok()) {
    Refuse({400, parsed.error}, "");
  } else if (parsed.batch) {
    TakeBatch(parsed.messages);
  } else {
    Take(parsed.messages.front());
  }
  body_ = std::string();
}

void PostedMessage::Take(const Message& message) {
  if (message.kind == Message::Kind::kInvalid) return Refuse({400, message.error}, message.id);
  era_ = EraOf(message, head_.fields.version);
  if (message.kind == Message::Kind::kResponse && era_ == Era::kModern) {
    return Refuse({400, {kInvalidRequest, "Invalid request: no response is awaited", ""}},
                  message.id);
  }
  const auto refusal = era_ == Era::kModern ? CheckModern(message, &head_.fields)
                                            : CheckLegacy(message, &head_.fields);
  if (refusal.has_value()) return Refuse(*refusal, message.id);
  if (message.kind == Message::Kind::kRequest) return TakeRequest(message, era_);
  if (message.kind == Message::Kind::kNotification && era_ == Era::kLegacy) {
    calls_.CancelAnother(message);
  }
  Respond(202, "");
}

void PostedMessage::TakeRequest(const Message& request, Era era) {
  const Answer answer = head_.endpoint->Handle(request, era, head_.counted);
  if (answer.kind == Answer::Kind::kListen) return Listen(request);
  if (answer.kind == Answer::Kind::kError) {
    return Refuse({answer.status, answer.error}, request.id);
  }
  if (const auto reply = Reply(request, era, answer)) return Respond(200, *reply);
  const bool tells = calls_.last().has_token() || answer.tool->stream();
  if (tells && head_.takes_events) BeginStream();
}

std::optional<std::string> PostedMessage::Reply(const Message& request, Era era,
                                                const Answer& answer) {
  switch (answer.kind) {
    case Answer::Kind::kResult:
      return ResultText(request.id, answer.result);
    case Answer::Kind::kCall:
      return calls_.Start(request, era, answer);
    default:
      return ErrorText(request.id, answer.error);
  }
}

// Only legacy revisions know batches, and have no listens.
void PostedMessage::TakeBatch(const std::vector<Message>& messages) {
  const auto is_modern = [this](const Message& one) {
    return EraOf(one, head_.fields.version) == Era::kModern;
  };
  if (!TakesBatches(head_.fields.version) ||
      std::any_of(messages.begin(), messages.end(), is_modern)) {
    return Refuse(NoBatch(), "");
  }
  batch_ = true;
  for (const Message& message : messages) {
    if (message.kind == Message::Kind::kInvalid) {
      replies_.push_back(ErrorText(message.id, message.error));
    } else if (message.kind == Message::Kind::kRequest && message.method == "initialize") {
      replies_.push_back(
          ErrorText(message.id, {kInvalidRequest, "Invalid request: initialize stands alone", ""}));
    } else if (message.kind == Message::Kind::kRequest) {
      auto reply = Reply(message, Era::kLegacy,
                         head_.endpoint->Handle(message, Era::kLegacy, head_.counted));
      if (reply.has_value()) replies_.push_back(*std::move(reply));
    }
  }
  RespondBatch();
}

void PostedMessage::RespondBatch() {
  if (!calls_.empty()) return;
  if (replies_.empty()) return Respond(202, "");
  Respond(200, absl::StrCat("[", absl::StrJoin(replies_, ","), "]"));
}

void PostedMessage::Listen(const Message& request) {
  if (door_.listens >= door_.options.max_listens) {
    return Refuse({503, {kInternalError, "Too many listeners; try again later", ""}}, request.id);
  }
  ++door_.listens;
  listen_id_ = std::string(request.id);
  BeginStream();
  stream_->Send(AcknowledgedText(request));
  // It uses nothing of what was served when it began, and may stay for days.
  head_.endpoint = nullptr;
  head_.invoker = nullptr;
  head_.keep.reset();
  asked_ = HonouredLists(request);
  if (asked_.any()) {
    door_.to_tell.insert(this);
    return;
  }
  ended_ = true;
  stream_->End(CompletedText(listen_id_));
}

void PostedMessage::OnWritable() {
  if (stream_ != nullptr) stream_->OnWritable();
  TellChanged({});
}

void PostedMessage::TellChanged(ListKinds lists) {
  if (ended_) return;
  to_tell_ = to_tell_ | (lists & asked_);
  if (!to_tell_.any() || stream_->paused()) return;
  for (const std::string& text : ChangedTexts(std::exchange(to_tell_, {}), listen_id_)) {
    stream_->Send(text);
  }
}

void PostedMessage::OnDrain() {
  if (ended_) return;
  if (!listen_id_.empty()) {
    ended_ = true;
    return stream_->End(CompletedText(listen_id_));
  }
  calls_.StopEarly();
}

void PostedMessage::OnNotification(const std::string& text) {
  if (batch_ || !head_.takes_events) return;
  BeginStream();
  stream_->SendIfTaken(text);
}

void PostedMessage::OnResponse(RunningCall* call, std::string text) {
  calls_.Remove(call);
  if (batch_) {
    replies_.push_back(std::move(text));
    return RespondBatch();
  }
  if (stream_ == nullptr) return Respond(200, text);
  ended_ = true;
  stream_->End(text);
}

void PostedMessage::BeginStream() {
  if (stream_ == nullptr) {
    stream_ = std::make_unique<EventStream>(door_, writer_, head_.origin_fields);
  }
}

void PostedMessage::Respond(int status, absl::string_view body) {
  ended_ = true;
  RespondJson(writer_, status, body, head_.origin_fields);
}

void PostedMessage::Refuse(const Refusal& refusal, absl::string_view id) {
  ended_ = true;
  RespondRefused(writer_, refusal, id, head_.origin_fields);
}

}  // namespace portico::mcp
