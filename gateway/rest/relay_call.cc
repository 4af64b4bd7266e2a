#include "gateway/rest/relay_call.h"

#include <utility>

#include "core/invoke/body_encoder.h"

namespace portico::rest {

RelayCall::RelayCall(RestRequest request) : request_(std::move(request)) {}

loop::Flow RelayCall::OnBody(absl::string_view bytes) {
  if (ended_) return loop::Flow::kContinue;
  body_bytes_ += bytes.size();
  if (body_bytes_ > request_.max_body_bytes) {
    End(BodyTooLarge(request_));
    return loop::Flow::kContinue;
  }
  if (streaming_body_) return exchange_->Send(bytes);
  body_.append(bytes.data(), bytes.size());
  const bool whole = request_.content_length.value_or(body_.size()) <= kWholeBody;
  // A composition looks into it, and what is wrong with it is said as of a short one.
  const bool composed = request_.call.operation->composition != nullptr;
  if (whole || composed || !request_.inputs->takes_body() || invoke::NeedsEncoding(request_.call)) {
    return loop::Flow::kContinue;
  }
  StartStreaming();
  return ended_ ? loop::Flow::kContinue : exchange_->Send(std::exchange(body_, {}));
}

void RelayCall::OnBodyEnd() {
  if (ended_) return;
  if (streaming_body_) return exchange_->FinishBody();
  PlaceBody(std::move(body_), &request_);
  Start();
}

void RelayCall::OnWritable() {
  if (exchange_ != nullptr) exchange_->Resume();
}

void RelayCall::Start() {
  invoke::CallError refusal;
  exchange_ = request_.invoker->Relay(std::move(request_.call), &response_, &refusal);
  if (exchange_ == nullptr) End(refusal);
}

void RelayCall::StartStreaming() {
  streaming_body_ = true;
  request_.call.arguments.send_body = true;
  request_.call.arguments.body_stream = {request_.content_length};
  Start();
}

void RelayCall::End(const invoke::CallError& error) {
  ended_ = true;
  exchange_.reset();
  if (answering_) {
    request_.writer->Abort();
  } else {
    Refuse(request_, error);
  }
}

void RelayCall::Response::OnHead(upstream::ResponseHead head) {
  call_.answering_ = true;
  call_.request_.writer->Start(Passed(call_.request_, head));
  if (!call_.request_.head_only) return;
  // Asked for with GET: its body is nobody's.
  call_.ended_ = true;
  call_.request_.writer->End();
  call_.exchange_.reset();
}

upstream::Flow RelayCall::Response::OnBody(absl::string_view bytes) {
  return call_.request_.writer->Write(bytes);
}

void RelayCall::Response::OnSendable() { call_.request_.writer->ResumeBody(); }

void RelayCall::Response::OnEnd(upstream::ExchangeEnd end) {
  if (end.failure != upstream::Failure::kNone) {
    return call_.End(ErrorOf(call_.request_, {}, std::move(end)));
  }
  call_.ended_ = true;
  call_.request_.writer->End();
}

}  // namespace portico::rest
