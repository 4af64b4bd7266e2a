#include "bench/bare_upstream.h"

#include <unistd.h>

#include <boost/asio/post.hpp>
#include <chrono>
#include <utility>

namespace portico::bench {
namespace {

using boost::asio::posix::stream_descriptor;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

}  // namespace

BareUpstream::BareUpstream(boost::asio::io_context& context, std::string base)
    : context_(context),
      base_(std::move(base)),
      multi_(curl_multi_init()),
      headers_(curl_slist_append(nullptr, "Authorization: Bearer t")),
      timer_(context),
      expires_(Clock::time_point::max()) {
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &OnSocket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &OnTimeout);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, 1024L);
}

BareUpstream::~BareUpstream() {
  for (CURL* const easy : idle_) curl_easy_cleanup(easy);
  curl_multi_cleanup(multi_);
  curl_slist_free_all(headers_);
}

CURL* BareUpstream::TakeHandle() {
  if (!idle_.empty()) {
    CURL* const easy = idle_.back();
    idle_.pop_back();
    return easy;
  }
  CURL* const easy = curl_easy_init();
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers_);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 60'000L);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &OnData);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &OnClose);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, this);
  return easy;
}

void BareUpstream::Get(std::string_view target, AnswerSink* sink) {
  CURL* const easy = TakeHandle();
  url_.assign(base_).append(target);
  curl_easy_setopt(easy, CURLOPT_URL, url_.c_str());
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, sink);
  curl_easy_setopt(easy, CURLOPT_PRIVATE, sink);
  curl_multi_add_handle(multi_, easy);
}

std::size_t BareUpstream::OnData(char* data, std::size_t, std::size_t size, void* sink) {
  static_cast<AnswerSink*>(sink)->OnBytes({data, size});
  return size;
}

int BareUpstream::OnSocket(CURL*, curl_socket_t socket, int what, void* self, void*) {
  auto* const upstream = static_cast<BareUpstream*>(self);
  if (what == CURL_POLL_REMOVE) {
    upstream->Forget(socket);
    return 0;
  }
  auto& watch = upstream->watches_[socket];
  if (watch == nullptr) watch = std::make_shared<Watch>(upstream->context_, socket);
  watch->wanted = what;
  upstream->Wait(watch);
  return 0;
}

// The socket is libcurl's: it is let go of, not closed.
void BareUpstream::Forget(curl_socket_t socket) {
  const auto found = watches_.find(socket);
  if (found == watches_.end()) return;
  found->second->wanted = 0;
  found->second->descriptor.release();
  watches_.erase(found);
}

int BareUpstream::OnClose(void* self, curl_socket_t socket) {
  static_cast<BareUpstream*>(self)->Forget(socket);
  return close(socket);
}

void BareUpstream::Wait(const std::shared_ptr<Watch>& watch) {
  const auto start = [this, &watch](int wanted, bool Watch::*waiting,
                                    stream_descriptor::wait_type readiness, int event) {
    if ((watch->wanted & wanted) == 0 || std::exchange((*watch).*waiting, true)) return;
    watch->descriptor.async_wait(readiness, [=, this, watch = watch](const error_code& error) {
      (*watch).*waiting = false;
      if (error || (watch->wanted & wanted) == 0) return;
      Drive(watch->descriptor.native_handle(), event);
      Wait(watch);
    });
  };
  start(CURL_POLL_IN, &Watch::reading, stream_descriptor::wait_read, CURL_CSELECT_IN);
  start(CURL_POLL_OUT, &Watch::writing, stream_descriptor::wait_write, CURL_CSELECT_OUT);
}

void BareUpstream::Drive(curl_socket_t socket, int events) {
  int running = 0, left = 0;
  curl_multi_socket_action(multi_, socket, events, &running);
  while (const CURLMsg* const message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    CURL* const easy = message->easy_handle;
    const bool whole = message->data.result == CURLE_OK;
    long status = 0;
    const char* type = nullptr;
    void* sink = nullptr;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(easy, CURLINFO_CONTENT_TYPE, &type);
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &sink);
    curl_multi_remove_handle(multi_, easy);
    static_cast<AnswerSink*>(sink)->OnFinished(whole ? static_cast<int>(status) : 0, type);
    idle_.push_back(easy);
  }
}

int BareUpstream::OnTimeout(CURLM*, long milliseconds, void* self) {
  static_cast<BareUpstream*>(self)->SetTimer(milliseconds);
  return 0;
}

// libcurl moves its timer several times a request; Asio's is set again only when
// it would ring too late. "Now", which begins each request, costs no timer at all:
// the kernel's takes longer to be set and to ring than the rest of the request.
void BareUpstream::SetTimer(long milliseconds) {
  const bool never = milliseconds < 0;
  expires_ =
      never ? Clock::time_point::max() : Clock::now() + std::chrono::milliseconds(milliseconds);
  if (milliseconds == 0) {
    if (!std::exchange(posted_, true)) {
      boost::asio::post(context_, [this] {
        posted_ = false;
        OnTimer();
      });
    }
  } else if (!never && (!ringing_ || timer_.expiry() > expires_)) {
    ringing_ = true;
    timer_.expires_at(expires_);
    timer_.async_wait([this](const error_code& error) {
      if (error) return;
      ringing_ = false;
      OnTimer();
    });
  }
}

void BareUpstream::OnTimer() {
  if (expires_ == Clock::time_point::max()) return;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(expires_ - Clock::now());
  if (left.count() > 0) return SetTimer(left.count());
  expires_ = Clock::time_point::max();
  Drive(CURL_SOCKET_TIMEOUT, 0);
}

}  // namespace portico::bench
