#include "core/upstream/curl_multi_driver.h"

#include <unistd.h>

#include <algorithm>

#include "absl/time/time.h"

namespace portico::upstream {

CurlMultiDriver::CurlMultiDriver(loop::EventLoop& loop, Listener* listener,
                                 long max_idle_connections)
    : loop_(loop), listener_(listener), multi_(curl_multi_init()) {
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &SocketCallback);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &TimerCallback);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, max_idle_connections);
  curl_multi_setopt(multi_, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
}

CurlMultiDriver::~CurlMultiDriver() {
  inside_ = true;  // nothing is to be driven any more
  curl_multi_cleanup(multi_);
}

CURLcode CurlMultiDriver::Prepare(CURL* easy) {
  const CURLcode code = curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &CloseCallback);
  return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, this);
}

void CurlMultiDriver::Add(CURL* easy) {
  if (inside_) {
    joining_.push_back(easy);
  } else {
    AddNow(easy);
  }
}

void CurlMultiDriver::AddNow(CURL* easy) {
  if (curl_multi_add_handle(multi_, easy) == CURLM_OK) return;
  failed_.emplace_back(easy, CURLE_FAILED_INIT);
  failed_turn_ = loop_.After(absl::ZeroDuration(), [this] { Settle(); });
}

void CurlMultiDriver::Remove(CURL* easy) {
  if (inside_) {
    leaving_.push_back(easy);
  } else {
    RemoveNow(easy);
    listener_->OnRemoved(easy);
  }
}

void CurlMultiDriver::RemoveNow(CURL* easy) {
  curl_multi_remove_handle(multi_, easy);
  std::erase(unpausing_, easy);
  std::erase_if(failed_, [easy](const auto& failed) { return failed.first == easy; });
}

void CurlMultiDriver::Unpause(CURL* easy) {
  unpausing_.push_back(easy);
  if (unpause_turn_ != nullptr) return;
  unpause_turn_ = loop_.After(absl::ZeroDuration(), [this] {
    unpause_turn_ = nullptr;
    UnpauseAll();
  });
}

void CurlMultiDriver::UnpauseAll() {
  const std::vector<CURL*> easies = std::exchange(unpausing_, {});
  inside_ = true;
  for (CURL* const easy : easies) {
    // When a callback fails in here libcurl forgets it: the transfer would go on.
    const CURLcode code = curl_easy_pause(easy, CURLPAUSE_CONT);
    if (code != CURLE_OK) failed_.emplace_back(easy, code);
  }
  inside_ = false;
  Settle();
}

void CurlMultiDriver::Drive(curl_socket_t socket, int events) {
  inside_ = true;
  int running = 0;
  // Its errors name no transfer; a transfer in trouble ends by itself or its deadline.
  curl_multi_socket_action(multi_, socket, events, &running);
  inside_ = false;
  Settle();
}

void CurlMultiDriver::Settle() {
  do {
    for (CURL* const easy : std::exchange(joining_, {})) AddNow(easy);
    for (CURL* const easy : std::exchange(leaving_, {})) {
      RemoveNow(easy);
      listener_->OnRemoved(easy);
    }
    while (!failed_.empty()) {
      const auto [easy, code] = failed_.back();
      Finish(easy, code);
    }
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      // The message dies with the handle's removal.
      if (message->msg == CURLMSG_DONE) Finish(message->easy_handle, message->data.result);
    }
  } while (!joining_.empty() || !leaving_.empty() || !failed_.empty());
}

void CurlMultiDriver::Finish(CURL* easy, CURLcode code) {
  RemoveNow(easy);
  listener_->OnFinished(easy, code);
}

int CurlMultiDriver::SocketCallback(CURL*, curl_socket_t socket, int what, void* self, void*) {
  static_cast<CurlMultiDriver*>(self)->Watch(socket, what);
  return 0;
}

void CurlMultiDriver::Watch(curl_socket_t socket, int what) {
  if (what == CURL_POLL_REMOVE) {
    watches_.erase(socket);
    return;
  }
  auto& watch = watches_[socket];
  if (watch == nullptr) {
    watch = std::make_unique<loop::SocketWatch>(
        loop_, socket, [this, socket](loop::Readiness readiness) {
          // 0: libcurl looks itself, and reads first. Told of writability alone it would
          // only send, and break at a peer that has answered and closed.
          Drive(socket, readiness == loop::Readiness::kReadable ? CURL_CSELECT_IN : 0);
        });
  }
  watch->SetInterest((what & CURL_POLL_IN) != 0, (what & CURL_POLL_OUT) != 0);
}

// A watch left on a closed socket would fall silent when the number is reused.
int CurlMultiDriver::CloseCallback(void* self, curl_socket_t socket) {
  static_cast<CurlMultiDriver*>(self)->watches_.erase(socket);
  return close(socket);
}

int CurlMultiDriver::TimerCallback(CURLM*, long timeout_ms, void* self) {
  static_cast<CurlMultiDriver*>(self)->SetTimer(timeout_ms);
  return 0;
}

void CurlMultiDriver::SetTimer(long timeout_ms) {
  if (timeout_ms < 0) {
    expires_at_.reset();
    return;
  }
  expires_at_ = Clock::now() + std::chrono::milliseconds(timeout_ms);
  if (!rings_at_ || *expires_at_ < *rings_at_) ArmTimer();
}

void CurlMultiDriver::ArmTimer() {
  rings_at_ = expires_at_;
  timer_ = loop_.After(absl::FromChrono(*expires_at_ - Clock::now()), [this] { OnTimer(); });
}

void CurlMultiDriver::OnTimer() {
  rings_at_.reset();
  if (!expires_at_) return;
  if (*expires_at_ > Clock::now()) return ArmTimer();
  expires_at_.reset();
  Drive(CURL_SOCKET_TIMEOUT, 0);
}

}  // namespace portico::upstream
