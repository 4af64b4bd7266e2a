// One caller's connection: brings what the socket has to the Conversation, waits for
// more, keeps the time limits, and closes.
//
// Threads: the loop's. Owned by its listener's context and by the waits under way;
// after Close it touches the context no more.
#ifndef PORTICO_GATEWAY_HTTP_CONNECTION_H_
#define PORTICO_GATEWAY_HTTP_CONNECTION_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "gateway/http/conversation.h"
#include "gateway/http/listener_context.h"
#include "gateway/http/problem.h"
#include "gateway/http/transport.h"

namespace portico::http {

class Connection : public std::enable_shared_from_this<Connection>, private Conversation::Owner {
 public:
  Connection(ListenerContext* context, std::unique_ptr<Transport> transport);

  // `place`: where the context has it.
  void Start(ListenerContext::Connections::iterator place);
  // Answers without a request, and closes.
  void Refuse(const Problem& problem);
  void Drain();
  // Looks at the time limits.
  void Sweep(Conversation::Time now);
  void Close();

 private:
  using error_code = boost::system::error_code;

  // Runs `event`, and then does what has become due: one turn.
  template <typename Event>
  void Turn(Event event);
  void Process(absl::string_view bytes);
  void ProcessLater() override;

  std::size_t Room() const;
  void AwaitReadable();
  void OnReadable(error_code error);
  void ReadOnce();
  void AwaitWritable() override;
  void OnWritable(error_code error);
  bool CallerHasLeft();

  ListenerContext* const context_;
  const std::unique_ptr<Transport> transport_;
  Conversation conversation_;
  std::string kept_;  // has come and could not be used yet
  ListenerContext::Connections::iterator place_;
  Conversation::Time send_deadline_ = Conversation::Time::max();
  bool in_turn_ = false;
  bool posted_ = false;   // a turn is coming
  bool waiting_ = false;  // for readability
  bool closed_ = false;
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_CONNECTION_H_
