#include "server/grpc/standing_call.h"

#include "server/grpc/byte_buffer.h"
#include "third_party/tsan_order.h"

namespace portico::server {

void EndStandingCalls(const std::shared_ptr<StandingCalls>& calls) {
  calls->loop.Post([calls] {
    calls->ending = true;
    // None leaves the set before OnDone, which is a task of its own.
    for (StandingCall* call : calls->open) call->OnEnding();
  });
}

void StandingCall::Begin() {
  self_ = shared_from_this();
  OnLoop([this] { calls_->open.insert(this); });
  tsan::GiveTo(this);
  StartRead(&request_);
}

grpc::Status StandingCall::ShuttingDown() {
  return {grpc::StatusCode::UNAVAILABLE, "this server is shutting down; ask another"};
}

void StandingCall::Read() {
  if (finished_) return;
  tsan::GiveTo(this);
  StartRead(&request_);
}

void StandingCall::Write(const std::string& message) {
  if (finished_) return;
  response_ = ToByteBuffer(message);
  tsan::GiveTo(this);
  StartWrite(&response_);
}

void StandingCall::FinishWith(const grpc::Status& status) {
  if (finished_) return;
  finished_ = true;
  tsan::GiveTo(this);
  Finish(status);
}

void StandingCall::OnReadDone(bool ok) {
  tsan::TakeFrom(this);
  OnLoop([this, ok] {
    if (finished_) return;
    if (!ok) return OnNoRequest();
    OnRequest(request_);
  });
}

void StandingCall::OnWriteDone(bool ok) {
  tsan::TakeFrom(this);
  OnLoop([this, ok] {
    if (finished_) return;
    if (!ok) return FinishWith(grpc::Status::CANCELLED);
    OnWritten();
  });
}

void StandingCall::OnCancel() {
  tsan::TakeFrom(this);
  OnLoop([this] { FinishWith(grpc::Status::CANCELLED); });
}

void StandingCall::OnDone() {
  tsan::TakeFrom(this);
  OnLoop([this] {
    calls_->open.erase(this);
    OnClosed();
    self_.reset();
  });
}

}  // namespace portico::server
