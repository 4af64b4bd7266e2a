#include "gateway/http/running_listener.h"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <utility>

namespace portico::http {
namespace {

constexpr std::chrono::seconds kPatience(20);

}  // namespace

bool Eventually(const std::function<bool()>& holds) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

RunningListener::RunningListener(OnBegin on_begin, Limits limits,
                                 std::shared_ptr<const TlsIdentity> tls)
    : on_begin_(std::move(on_begin)) {
  ListenerOptions options;
  options.address = "127.0.0.1:0";
  options.limits = limits;
  options.tls = std::move(tls);
  auto listener = Listener::Open(loop_, options, this);
  EXPECT_TRUE(listener.ok()) << listener.status();
  listener_ = *std::move(listener);
  address_ = listener_->address();
  thread_ = std::thread([this] { loop_.Run(); });
}

RunningListener::~RunningListener() {
  OnLoop([this] { listener_ = nullptr; });
  loop_.Stop();
  thread_.join();
}

void RunningListener::OnLoop(std::function<void()> task) {
  std::promise<void> done;
  loop_.Post([&] {
    task();
    done.set_value();
  });
  done.get_future().wait();
}

std::size_t RunningListener::connections() {
  std::size_t count = 0;
  OnLoop([&] { count = listener_ ? listener_->connections() : 0; });
  return count;
}

}  // namespace portico::http
