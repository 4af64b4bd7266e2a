// Drives one libcurl multi handle by an event loop: sockets, timer, completions.
//
// libcurl allows almost nothing from inside its own callbacks; this class keeps
// its users from having to know where they are: Add, Remove and Unpause may come
// at any time and take effect when libcurl has returned.
//
// Loop thread only. The loop and the listener must outlive the driver.
#ifndef PORTICO_CORE_UPSTREAM_CURL_MULTI_DRIVER_H_
#define PORTICO_CORE_UPSTREAM_CURL_MULTI_DRIVER_H_

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "core/loop/event_loop.h"
#include "core/loop/socket_watch.h"

namespace portico::upstream {

class CurlMultiDriver {
 public:
  // Told outside libcurl's callbacks.
  class Listener {
   public:
    virtual ~Listener() = default;
    // The transfer ended; its handle is out of the multi already.
    virtual void OnFinished(CURL* easy, CURLcode code) = 0;
    // Remove took effect: the handle is out of the multi. May come inside Remove.
    virtual void OnRemoved(CURL* easy) = 0;
  };

  // `max_idle_connections`: kept open for reuse. libcurl's own default (four
  // times the handles at work) would close them between bursts.
  CurlMultiDriver(loop::EventLoop& loop, Listener* listener, long max_idle_connections);
  // Every handle must have been removed.
  ~CurlMultiDriver();
  CurlMultiDriver(const CurlMultiDriver&) = delete;
  CurlMultiDriver& operator=(const CurlMultiDriver&) = delete;

  // Once for each easy handle that will be added; the driver must outlive its use.
  CURLcode Prepare(CURL* easy);

  // Starts a transfer. Never calls the listener; a refusal comes as OnFinished.
  void Add(CURL* easy);
  // Ends a transfer that was added and has not finished; closes its HTTP/1.1
  // connection. At once, or when libcurl returns.
  void Remove(CURL* easy);
  // Ends a pause from the loop, since data held back may arrive inside the call.
  void Unpause(CURL* easy);

 private:
  using Clock = std::chrono::steady_clock;

  static int SocketCallback(CURL*, curl_socket_t socket, int what, void* self, void*);
  static int TimerCallback(CURLM* multi, long timeout_ms, void* self);
  static int CloseCallback(void* self, curl_socket_t socket);

  void Drive(curl_socket_t socket, int events);
  void UnpauseAll();
  void Settle();
  void Finish(CURL* easy, CURLcode code);
  void AddNow(CURL* easy);
  void RemoveNow(CURL* easy);
  void Watch(curl_socket_t socket, int what);
  void SetTimer(long timeout_ms);
  void ArmTimer();
  void OnTimer();

  loop::EventLoop& loop_;
  Listener* listener_;
  CURLM* multi_;
  bool inside_ = false;  // libcurl is on the stack

  std::vector<CURL*> joining_;                      // Add from inside
  std::vector<CURL*> leaving_;                      // Remove from inside
  std::vector<CURL*> unpausing_;                    // Unpause, until the loop's next turn
  std::vector<std::pair<CURL*, CURLcode>> failed_;  // ended without libcurl's saying so
  absl::flat_hash_map<curl_socket_t, std::unique_ptr<loop::SocketWatch>> watches_;
  std::unique_ptr<loop::Timer> unpause_turn_;
  std::unique_ptr<loop::Timer> failed_turn_;

  // libcurl moves its timer several times a request. It is rearmed only when it
  // must ring earlier; when it rings too early it is set again.
  std::unique_ptr<loop::Timer> timer_;
  std::optional<Clock::time_point> rings_at_;
  std::optional<Clock::time_point> expires_at_;
};

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_CURL_MULTI_DRIVER_H_
