// One REST call whose answer is an event stream: text/event-stream as the upstream
// sends it, frame by frame, or each event as a line of JSON.
//
// The caller gets the response's head at the latest kHeadGrace after the call has
// begun, though the upstream may withhold its own until the first event; comments
// keep a silent stream alive; a stream that breaks ends with an event (or line)
// that says why. An error answer that comes in time passes through as it is.
//
// Loop thread only.
#ifndef PORTICO_GATEWAY_REST_EVENT_RELAY_H_
#define PORTICO_GATEWAY_REST_EVENT_RELAY_H_

#include <memory>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/time/time.h"
#include "core/loop/event_loop.h"
#include "core/upstream/sse_parser.h"
#include "gateway/http/request_handler.h"
#include "gateway/rest/rest_request.h"
#include "gateway/rest/sse_frames.h"

namespace portico::rest {

enum class EventForm { kEventStream, kLines };

class EventRelay final : public http::RequestReceiver {
 public:
  // How long an error answer may take to be passed on with its status.
  static constexpr absl::Duration kHeadGrace = absl::Milliseconds(250);

  // The loop's open streams, for keeping them alive.
  using OpenStreams = absl::flat_hash_set<EventRelay*>;

  EventRelay(RestRequest request, EventForm form, loop::EventLoop& loop, OpenStreams& open);
  ~EventRelay() override;

  // Sends a comment (a blank line in the form of lines) if nothing was sent since
  // the last call.
  void KeepAlive();

  loop::Flow OnBody(absl::string_view bytes) override;
  void OnBodyEnd() override;
  void OnWritable() override;
  void OnDrain() override;

 private:
  // What the upstream sends.
  class Response final : public upstream::ResponseReceiver {
   public:
    explicit Response(EventRelay& call) : call_(call) {}
    void OnHead(upstream::ResponseHead head) override;
    upstream::Flow OnBody(absl::string_view bytes) override;
    void OnEnd(upstream::ExchangeEnd end) override;

   private:
    EventRelay& call_;
  };
  // What its answer turned out to be.
  enum class Answer { kUnknown, kEvents, kPassed, kCollected };

  void Begin(http::ResponseHead head);
  void TakeHead(upstream::ResponseHead head);
  upstream::Flow TakeEvents(absl::string_view bytes);
  void TakeEnd(upstream::ExchangeEnd end);
  upstream::Flow Write(absl::string_view bytes);
  void Break(const invoke::CallError& error);

  RestRequest request_;
  const EventForm form_;
  loop::EventLoop& loop_;
  OpenStreams& open_;
  Response response_{*this};
  std::unique_ptr<upstream::Exchange> exchange_;
  std::unique_ptr<loop::Timer> grace_;
  std::unique_ptr<upstream::SseParser> parser_;  // for lines only
  SseFrames frames_;
  upstream::ResponseHead head_;  // kCollected: for the error that it is
  std::string body_;             // of the request; later kCollected's
  Answer answer_ = Answer::kUnknown;
  bool begun_ = false;  // the response's head is out
  bool ended_ = false;
  bool sent_ = false;  // since the last KeepAlive
};

}  // namespace portico::rest

#endif  // PORTICO_GATEWAY_REST_EVENT_RELAY_H_
