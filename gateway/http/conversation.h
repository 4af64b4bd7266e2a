// What is said on one connection: requests one after the other, each handed to the
// handler, and its response gone out before the next is looked at. Knows no sockets'
// waits: Connection brings the bytes.
//
// Threads: the loop's.
#ifndef PORTICO_GATEWAY_HTTP_CONVERSATION_H_
#define PORTICO_GATEWAY_HTTP_CONVERSATION_H_

#include <memory>

#include "absl/strings/string_view.h"
#include "gateway/http/listener_context.h"
#include "gateway/http/problem.h"
#include "gateway/http/request_body.h"
#include "gateway/http/request_handler.h"
#include "gateway/http/response_sender.h"
#include "gateway/http/transport.h"

namespace portico::http {

class Conversation : private ResponseSender::Owner {
 public:
  class Owner {
   public:
    // Call Process on a later turn, or after the call that is under way.
    virtual void ProcessLater() = 0;
    // Call OnWritable when the socket can be written.
    virtual void AwaitWritable() = 0;

   protected:
    ~Owner() = default;
  };
  using Time = ListenerContext::Clock::time_point;

  // All must outlive it.
  Conversation(Owner* owner, ListenerContext* context, Transport* transport);

  // Takes from the front of `*bytes` what can be used now, and does what is due; also
  // called without new bytes. Then look at finished(), appetite() and deadline().
  void Process(absl::string_view* bytes);
  void OnWritable();
  void OnTimeout();    // deadline() has passed
  void OnCallerEnd();  // no bytes will come any more
  void OnCallerGone() { finished_ = true; }
  void OnDrain();
  // Answers without a request, and finishes.
  void Refuse(const Problem& problem);
  // The connection is closed: destroys the receiver.
  void Forget();

  // The connection is to be closed.
  bool finished() const { return finished_; }
  // Nothing of a request has come.
  bool idle() const { return phase_ == Phase::kBetween; }
  bool blocked() const { return sender_.blocked(); }
  // What should be read: nothing for now; a little, to see whether the caller leaves;
  // or all that comes.
  enum class Appetite { kNothing, kLittle, kAll };
  Appetite appetite() const;
  Time deadline() const { return deadline_; }

 private:
  enum class Phase : std::uint8_t {
    kBetween,   // nothing of a request has come
    kHead,      // some of a request's head has
    kBody,      // a request is under way, and its body is not at its end
    kResponse,  // its response is awaited or sent
    kLinger,    // nothing is sent any more; what comes is thrown away for a while
  };

  // One step through what has come; true: there may be another.
  bool Step(absl::string_view* bytes);
  bool StepHead(absl::string_view* bytes);
  void BeginExchange(absl::string_view* bytes);
  bool StepBody(absl::string_view* bytes);
  void GiveBody(absl::string_view piece);
  bool StepOver(absl::string_view* bytes);
  bool StepClose(bool more_came);
  void EnterResponse();
  void EnterBetween();
  void RefuseBody(const Problem& problem);
  void SetDeadline(absl::Duration from_now);
  void ExtendDeadline(std::size_t came);

  bool KeepsAlive() const override;
  void OnOver() override { owner_->ProcessLater(); }
  void OnBlocked() override { owner_->AwaitWritable(); }
  void OnBodyWanted() override;

  Owner* const owner_;
  ListenerContext* const context_;
  Transport* const transport_;
  ResponseSender sender_;
  std::unique_ptr<RequestReceiver> receiver_;
  RequestBody body_;
  std::size_t scanned_ = 0;      // of the head's bytes so far, by the parser
  std::size_t thrown_away_ = 0;  // while lingering
  Time deadline_;
  Phase phase_ = Phase::kBetween;
  bool shaking_hands_;
  bool paused_ = false;           // the receiver wants no body for now
  bool awaits_continue_ = false;  // the caller holds its body back
  bool caller_closes_ = false;    // it sends no further request
  bool caller_ended_ = false;     // it sends nothing any more
  bool finished_ = false;
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_CONVERSATION_H_
