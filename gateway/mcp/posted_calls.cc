#include "gateway/mcp/posted_calls.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/mcp/json_view.h"

namespace portico::mcp {

PostedCalls::~PostedCalls() {
  if (self_ == nullptr) return;
  *self_ = nullptr;
  for (auto& call : calls_) door_.orphans.Adopt(std::move(call));
}

std::optional<std::string> PostedCalls::Start(const Message& request, Era era,
                                              const Answer& answer) {
  auto call = std::make_unique<RunningCall>(door_.loop, *head_.invoker, head_.keep, request, answer,
                                            era, &listener_);
  RunningCall* const started = call.get();
  calls_.push_back(std::move(call));
  auto reply = started->Start(answer, WithTraceContext(request, head_.forwarded));
  if (reply.has_value()) {
    calls_.pop_back();
  } else if (era == Era::kLegacy) {
    PutOnBoard(*started);
  }
  return reply;
}

void PostedCalls::Remove(const RunningCall* call) {
  tickets_.erase(call);
  calls_.erase(std::find_if(calls_.begin(), calls_.end(),
                            [call](const auto& one) { return one.get() == call; }));
}

void PostedCalls::PutOnBoard(const RunningCall& call) {
  if (self_ == nullptr) self_ = std::make_shared<PostedCalls*>(this);
  const auto cancel = [&loop = door_.loop, self = self_, id = call.id()] {
    loop.Post([self, id] {
      if (*self != nullptr) (*self)->Cancel(id);
    });
  };
  tickets_.emplace(&call, door_.board.Add(absl::StrCat(call.id(), "\n", head_.caller), cancel));
}

void PostedCalls::CancelAnother(const Message& notification) {
  if (notification.method != "notifications/cancelled") return;
  door_.board.CancelOne(absl::StrCat(Member(notification.params, "requestId"), "\n", head_.caller));
}

// HTTP owes a response although the protocol does not.
void PostedCalls::Cancel(const std::string& id) {
  const auto cancelled =
      std::find_if(calls_.begin(), calls_.end(), [&](const auto& one) { return one->id() == id; });
  if (cancelled == calls_.end()) return;
  listener_.OnResponse(cancelled->get(),
                       ErrorText(id, {kCancelled, "Cancelled by its caller", ""}));
}

void PostedCalls::StopEarly() {
  for (const auto& call : calls_) call->StopEarly();
}

}  // namespace portico::mcp
