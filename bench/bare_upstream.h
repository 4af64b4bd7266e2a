// The libcurl half of bare_proxy.cc: GET requests over one multi handle, driven by
// an Asio context, with pooled easy handles and kept-alive connections. What a
// careful engineer writes in an afternoon, and nothing of Portico's.
//
// One thread.
#ifndef PORTICO_BENCH_BARE_UPSTREAM_H_
#define PORTICO_BENCH_BARE_UPSTREAM_H_

#include <curl/curl.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace portico::bench {

// Where one answer goes; kept by its caller until Finished.
class AnswerSink {
 public:
  virtual ~AnswerSink() = default;
  virtual void OnBytes(std::string_view bytes) = 0;
  // `status` is 0 when there was no whole answer. `content_type` may be null.
  virtual void OnFinished(int status, const char* content_type) = 0;
};

class BareUpstream {
 public:
  // Requests go to `base` + target, with a bearer token as a gateway adds it.
  BareUpstream(boost::asio::io_context& context, std::string base);
  ~BareUpstream();

  void Get(std::string_view target, AnswerSink* sink);

 private:
  struct Watch {
    Watch(boost::asio::io_context& context, int socket) : descriptor(context, socket) {}
    boost::asio::posix::stream_descriptor descriptor;
    int wanted = 0;  // CURL_POLL_*
    bool reading = false, writing = false;
  };

  static int OnSocket(CURL*, curl_socket_t socket, int what, void* self, void*);
  static int OnTimeout(CURLM*, long milliseconds, void* self);
  static int OnClose(void* self, curl_socket_t socket);
  static std::size_t OnData(char* data, std::size_t, std::size_t size, void* sink);

  CURL* TakeHandle();
  void Wait(const std::shared_ptr<Watch>& watch);
  void Forget(curl_socket_t socket);
  void Drive(curl_socket_t socket, int events);
  void SetTimer(long milliseconds);
  void OnTimer();

  boost::asio::io_context& context_;
  const std::string base_;
  std::string url_;
  CURLM* multi_;
  curl_slist* headers_;
  std::vector<CURL*> idle_;
  std::unordered_map<curl_socket_t, std::shared_ptr<Watch>> watches_;
  boost::asio::steady_timer timer_;
  boost::asio::steady_timer::time_point expires_;  // what libcurl asked for last
  bool ringing_ = false;                           // the timer runs, perhaps too early
  bool posted_ = false;                            // instead of the timer
};

}  // namespace portico::bench

#endif  // PORTICO_BENCH_BARE_UPSTREAM_H_
