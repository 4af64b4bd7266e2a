#include "core/upstream/watched_exchange.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <utility>

#include "core/upstream/curl_client.h"

namespace portico::upstream {
namespace {

constexpr std::chrono::seconds kPatience{20};

void Require(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::abort();
}

}  // namespace

ClientOnLoop::ClientOnLoop(CurlOptions options) {
  Require(InitializeCurl());
  thread_ = std::thread([this] { loop_.Run(); });
  Run([&] {
    auto client = MakeCurlClient(loop_, options);
    Require(client.status());
    client_ = *std::move(client);
  });
}

ClientOnLoop::~ClientOnLoop() {
  DestroyClient();
  loop_.Stop();
  thread_.join();
}

void ClientOnLoop::Run(const std::function<void()>& task) {
  if (loop_.InLoop()) return task();
  std::promise<void> done;
  loop_.Post([&] {
    task();
    done.set_value();
  });
  done.get_future().wait();
}

void ClientOnLoop::DestroyClient() {
  Run([this] { client_.reset(); });
}

WatchedExchange::WatchedExchange(ClientOnLoop& client, UpstreamRequest request, Hooks hooks)
    : client_(client), hooks_(std::move(hooks)) {
  client_.Run([&] { exchange_ = client_.client()->Start(std::move(request), this); });
}

WatchedExchange::~WatchedExchange() { Cancel(); }

bool WatchedExchange::WaitForHead() {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, kPatience, [&] { return has_head_ || ended_; }) && has_head_;
}

bool WatchedExchange::WaitForBytes(std::size_t count) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, kPatience, [&] { return body_.size() >= count || ended_; }) &&
         body_.size() >= count;
}

ExchangeEnd WatchedExchange::End() {
  std::unique_lock lock(mutex_);
  if (changed_.wait_for(lock, kPatience, [&] { return ended_; })) return end_;
  return {Failure::kInternal, "the test waited in vain for the end", false};
}

ResponseHead WatchedExchange::head() const {
  const std::lock_guard lock(mutex_);
  return head_;
}

std::string WatchedExchange::body() const {
  const std::lock_guard lock(mutex_);
  return body_;
}

bool WatchedExchange::ended() const {
  const std::lock_guard lock(mutex_);
  return ended_;
}

void WatchedExchange::Resume() {
  client_.Run([&] {
    if (exchange_ != nullptr) exchange_->Resume();
  });
}

Flow WatchedExchange::Send(absl::string_view bytes) {
  Flow flow = Flow::kContinue;
  client_.Run([&] {
    if (exchange_ != nullptr) flow = exchange_->Send(bytes);
  });
  return flow;
}

void WatchedExchange::FinishBody() {
  client_.Run([&] {
    if (exchange_ != nullptr) exchange_->FinishBody();
  });
}

void WatchedExchange::Cancel() {
  client_.Run([&] { exchange_.reset(); });
}

void WatchedExchange::OnHead(ResponseHead head) {
  {
    const std::lock_guard lock(mutex_);
    head_ = std::move(head);
    has_head_ = true;
  }
  changed_.notify_all();
  if (hooks_.on_head) hooks_.on_head();
}

Flow WatchedExchange::OnBody(absl::string_view bytes) {
  {
    const std::lock_guard lock(mutex_);
    body_.append(bytes.data(), bytes.size());
  }
  changed_.notify_all();
  return hooks_.on_body ? hooks_.on_body(bytes) : Flow::kContinue;
}

void WatchedExchange::OnSendable() {
  if (hooks_.on_sendable) hooks_.on_sendable();
}

void WatchedExchange::OnEnd(ExchangeEnd end) {
  {
    const std::lock_guard lock(mutex_);
    end_ = std::move(end);
    ended_ = true;
    changed_.notify_all();
  }
  if (hooks_.on_end) hooks_.on_end();
}

}  // namespace portico::upstream
