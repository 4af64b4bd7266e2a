// How a door meets the HTTP listener: it is handed one request after the other
// and a writer for each one's response.
//
// Threads: one handler per event loop; everything on that loop's thread.
#ifndef PORTICO_GATEWAY_HTTP_REQUEST_HANDLER_H_
#define PORTICO_GATEWAY_HTTP_REQUEST_HANDLER_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "core/loop/flow.h"
#include "gateway/http/request_head.h"
#include "gateway/http/response_head.h"

namespace portico::http {

// Takes one response, whole by Respond or in parts: Start, Write*, then End or
// Abort. The connection adds Date, Connection and the framing, and sends no body
// where none may be: to HEAD, with 204 and 304. Valid until the response has ended
// or the RequestReceiver is destroyed, whichever is first.
class ResponseWriter {
 public:
  virtual ~ResponseWriter() = default;
  virtual void Respond(const ResponseHead& head, absl::string_view body) = 0;

  // The head goes out with the first Write, or by Flush.
  virtual void Start(const ResponseHead& head) = 0;
  virtual void Flush() = 0;
  // `bytes` are taken whole and sent at once as far as the socket takes them. kPause
  // when more than Limits::unsent bytes wait for the reader: OnWritable follows.
  virtual loop::Flow Write(absl::string_view bytes) = 0;
  virtual void End() = 0;
  // The response cannot be finished: the connection is closed in a way that the
  // reader can tell from a whole one (without the last chunk, or short).
  virtual void Abort() = 0;

  // Asks for the request's body again after OnBody said kPause.
  virtual void ResumeBody() = 0;
};

// One request under way. Destroyed, never from inside a call of the writer's, when
// the response has been handed over whole, or when the caller is gone: what runs
// for it is cancelled by its destructor.
class RequestReceiver {
 public:
  virtual ~RequestReceiver() = default;
  // The body as it comes, chunks undone, never empty.
  virtual loop::Flow OnBody(absl::string_view bytes) = 0;
  virtual void OnBodyEnd() = 0;  // once, also when there is no body
  virtual void OnWritable() = 0;
  // The server is closing: a response without an end should end itself soon.
  virtual void OnDrain() = 0;
};

class RequestHandler {
 public:
  virtual ~RequestHandler() = default;
  // `writer` may be used at once, or by the receiver. Null when the response has
  // been given whole; a body that still comes is then read away when it is small,
  // or ends the connection.
  virtual std::unique_ptr<RequestReceiver> Begin(const RequestHead& head,
                                                 ResponseWriter* writer) = 0;
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_REQUEST_HANDLER_H_
