// A connection's responses, one after the other: the writer that a door is given.
//
// Threads: the loop's. The owner is called back from inside writer calls, and must
// then neither destroy a receiver nor close.
#ifndef PORTICO_GATEWAY_HTTP_RESPONSE_SENDER_H_
#define PORTICO_GATEWAY_HTTP_RESPONSE_SENDER_H_

#include <cstddef>

#include "gateway/http/listener_context.h"
#include "gateway/http/output_queue.h"
#include "gateway/http/problem.h"
#include "gateway/http/request_handler.h"
#include "gateway/http/response_framer.h"
#include "gateway/http/transport.h"

namespace portico::http {

class ResponseSender : public ResponseWriter {
 public:
  class Owner {
   public:
    // Asked when a response begins: may another request follow on the connection?
    virtual bool KeepsAlive() const = 0;
    // over() or failed() has become true.
    virtual void OnOver() = 0;
    // blocked() has become true: Resume when the socket can be written.
    virtual void OnBlocked() = 0;
    virtual void OnBodyWanted() = 0;

   protected:
    ~Owner() = default;
  };

  // Both must outlive it.
  ResponseSender(Owner* owner, ListenerContext* context, Transport* transport)
      : owner_(owner), context_(context), transport_(transport) {}

  // A request has come: one response may be written.
  void Expect(const ResponseForm& form);
  void Continue();  // 100, while none has begun
  void Refuse(const Problem& problem);
  // The socket can be written. True when a writer that was told to pause may go on.
  bool Resume();
  void Shrink() { output_.Shrink(); }
  // Writes nothing any more, whoever still holds the writer.
  void Disconnect();

  bool begun() const { return state_ != State::kExpected; }
  bool over() const { return state_ == State::kOver; }
  bool aborted() const { return aborted_; }
  // An aborted response would look whole if the connection just ended.
  bool needs_reset() const { return needs_reset_; }
  bool failed() const { return failed_; }  // the peer is gone
  bool blocked() const { return output_.blocked(); }
  std::size_t unsent() const { return output_.size(); }
  // After the response: whether another request may follow.
  bool keep_alive() const { return framer_.keep_alive() && !aborted_; }

  void Respond(const ResponseHead& head, absl::string_view body) override;
  void Start(const ResponseHead& head) override;
  void Flush() override;
  loop::Flow Write(absl::string_view bytes) override;
  void End() override;
  void Abort() override;
  void ResumeBody() override { owner_->OnBodyWanted(); }

 private:
  enum class State : std::uint8_t { kOver, kExpected, kStarted };

  void BeginHead(const ResponseHead& head, std::optional<std::uint64_t> length, std::string* out);
  void Send(absl::Span<const absl::string_view> pieces);
  void Finish();

  Owner* const owner_;
  ListenerContext* const context_;
  Transport* const transport_;
  OutputQueue output_;
  ResponseFramer framer_;
  ResponseForm form_;
  State state_ = State::kOver;
  bool paused_ = false;  // the writer was told so
  bool aborted_ = false;
  bool needs_reset_ = false;
  bool failed_ = false;
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_RESPONSE_SENDER_H_
