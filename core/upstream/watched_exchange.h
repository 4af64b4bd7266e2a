// For tests: upstream exchanges started and watched from the test's own thread.
//
//   ClientOnLoop client;
//   WatchedExchange exchange(client, {.method = "GET", .url = upstream.base_uri() + "/x"});
//   EXPECT_EQ(exchange.End().failure, Failure::kNone);
//   EXPECT_EQ(exchange.body(), "...");
#ifndef PORTICO_CORE_UPSTREAM_WATCHED_EXCHANGE_H_
#define PORTICO_CORE_UPSTREAM_WATCHED_EXCHANGE_H_

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "core/loop/event_loop.h"
#include "core/upstream/curl_options.h"
#include "core/upstream/upstream_client.h"

namespace portico::upstream {

// An event loop on a thread of its own, with a libcurl client on it.
class ClientOnLoop {
 public:
  explicit ClientOnLoop(CurlOptions options = {});
  ~ClientOnLoop();

  // Runs `task` on the loop and waits for it. Also from the loop itself.
  void Run(const std::function<void()>& task);
  // On the loop only. Null after DestroyClient.
  UpstreamClient* client() { return client_.get(); }
  void DestroyClient();
  loop::EventLoop& loop() { return loop_; }

 private:
  loop::EventLoop loop_;
  std::thread thread_;
  std::unique_ptr<UpstreamClient> client_;
};

// Called on the loop, after the watcher has noted it. (GCC 12 takes no nested class
// with initializers for a default argument.)
struct ExchangeHooks {
  std::function<void()> on_head;
  std::function<Flow(absl::string_view)> on_body;
  std::function<void()> on_end;
  std::function<void()> on_sendable = {};
};

// Waiting methods give up after 20 s and then return false or Failure::kInternal.
class WatchedExchange : private ResponseReceiver {
 public:
  using Hooks = ExchangeHooks;

  WatchedExchange(ClientOnLoop& client, UpstreamRequest request, Hooks hooks = {});
  ~WatchedExchange() override;

  bool WaitForHead();
  bool WaitForBytes(std::size_t count);  // of the body, so far
  ExchangeEnd End();                     // waits for it

  ResponseHead head() const;
  std::string body() const;
  bool ended() const;

  void Resume();
  Flow Send(absl::string_view bytes);
  void FinishBody();
  void Cancel();  // returns when the exchange is destroyed

 private:
  void OnHead(ResponseHead head) override;
  Flow OnBody(absl::string_view bytes) override;
  void OnSendable() override;
  void OnEnd(ExchangeEnd end) override;

  ClientOnLoop& client_;
  Hooks hooks_;
  std::unique_ptr<Exchange> exchange_;  // on the loop

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  ResponseHead head_;
  std::string body_;
  ExchangeEnd end_;
  bool has_head_ = false;
  bool ended_ = false;
};

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_WATCHED_EXCHANGE_H_
