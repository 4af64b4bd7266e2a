// One caller's connection: reads requests one after the other, hands each to the
// handler, and sees to it that its response goes out before the next is looked at.
//
// Threads: the loop's. Owned by its listener's context and by the waits under way;
// after Close it touches the context no more.
#ifndef PORTICO_GATEWAY_HTTP_CONNECTION_H_
#define PORTICO_GATEWAY_HTTP_CONNECTION_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "gateway/http/listener_context.h"
#include "gateway/http/request_body.h"
#include "gateway/http/request_handler.h"
#include "gateway/http/response_sender.h"
#include "gateway/http/transport.h"

namespace portico::http {

class Connection : public std::enable_shared_from_this<Connection>, private ResponseSender::Owner {
 public:
  Connection(ListenerContext* context, std::unique_ptr<Transport> transport);

  // `place`: where the context has it.
  void Start(ListenerContext::Connections::iterator place);
  // Answers without a request, and closes.
  void Refuse(const Problem& problem);
  void Drain();
  // Looks at the time limits.
  void Sweep(ListenerContext::Clock::time_point now);
  // Destroys the receiver.
  void Close();

 private:
  using error_code = boost::system::error_code;
  enum class Phase : std::uint8_t {
    kBetween,   // nothing of a request has come
    kHead,      // some of a request's head has
    kBody,      // a request is under way, and its body is not at its end
    kResponse,  // its response is awaited or sent
    kLinger,    // nothing is sent any more; what comes is thrown away for a while
  };

  // One step each through what has come; true: go on with the rest.
  bool Step(absl::string_view* bytes);
  bool StepHead(absl::string_view* bytes);
  void BeginExchange(absl::string_view* bytes);
  bool StepBody(absl::string_view* bytes);
  void GiveBody(absl::string_view piece);
  bool StepOver(absl::string_view* bytes);
  void FinishClosing(bool more_came);

  void Process(absl::string_view* bytes);
  void ProcessKept();
  void Proceed();
  void ProceedLater();

  bool WantsRead() const;
  void AwaitReadable();
  void OnReadable(error_code error);
  void ReadOnce();
  void Take(absl::string_view bytes);
  void OnEnd();
  void OnWritable(error_code error);
  void OnTimeout();
  bool CallerHasLeft();
  void RefuseBody(const Problem& problem);
  void EnterBetween();
  void SetDeadline(absl::Duration from_now);

  bool KeepsAlive() const override;
  void OnOver() override { ProceedLater(); }
  void OnBlocked() override;
  void OnBodyWanted() override;

  ListenerContext* const context_;
  const std::unique_ptr<Transport> transport_;
  ResponseSender sender_;
  std::unique_ptr<RequestReceiver> receiver_;
  RequestBody body_;
  std::string kept_;         // has come and not been looked at
  std::size_t scanned_ = 0;  // of kept_, for the parser
  std::size_t thrown_away_ = 0;
  ListenerContext::Connections::iterator place_;
  ListenerContext::Clock::time_point deadline_;       // of what is read
  ListenerContext::Clock::time_point send_deadline_;  // of what is sent
  Phase phase_ = Phase::kBetween;
  bool shaking_hands_ = false;
  bool busy_ = false;             // inside one of our own events: no need to post
  bool posted_ = false;           // Proceed is coming
  bool waiting_ = false;          // for readability
  bool paused_ = false;           // the receiver wants no body for now
  bool awaits_continue_ = false;  // the caller holds its body back
  bool caller_closes_ = false;    // sends no further request
  bool ended_ = false;            // the caller sends nothing any more
  bool closed_ = false;
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_CONNECTION_H_
