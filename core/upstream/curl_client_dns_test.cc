// Names: this program's getaddrinfo stands in for the system's, so that a test
// decides what a lookup answers and when.
#include <arpa/inet.h>
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <netdb.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>

#include "absl/time/clock.h"
#include "core/upstream/watched_exchange.h"
#include "tests/fakes/scripted_upstream.h"

namespace {

// Lookups of "slow.test" wait here.
struct Resolver {
  std::mutex mutex;
  std::condition_variable changed;
  int waiting = 0;
  bool open = false;

  void Wait() {
    std::unique_lock lock(mutex);
    ++waiting;
    changed.notify_all();
    changed.wait(lock, [&] { return open; });
    --waiting;
    changed.notify_all();
  }
  void Set(bool value) {
    const std::lock_guard lock(mutex);
    open = value;
    changed.notify_all();
  }
  bool AwaitWaiting(int count) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, std::chrono::seconds(20), [&] { return waiting == count; });
  }
};
Resolver& resolver() {
  static Resolver instance;
  return instance;
}

}  // namespace

// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name): netdb.h's are reserved.
extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo* hints,
                           addrinfo** result) {
  using Real = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
  static const Real kReal = reinterpret_cast<Real>(dlsym(RTLD_NEXT, "getaddrinfo"));
  const std::string name = node != nullptr ? node : "";
  if (name == "nowhere.test") return EAI_NONAME;
  if (name == "slow.test") resolver().Wait();
  if (name == "slow.test" || name == "fast.test") node = "127.0.0.1";
  return kReal(node, service, hints, result);
}

namespace portico::upstream {
namespace {

using fakes::Script;
using fakes::ScriptedUpstream;

class CurlClientDnsTest : public testing::Test {
 protected:
  CurlClientDnsTest() {
    upstream_.OnAny(Script::Respond(200, "{}"));
    resolver().Set(false);
  }
  ~CurlClientDnsTest() override {
    resolver().Set(true);
    EXPECT_TRUE(resolver().AwaitWaiting(0));
  }

  UpstreamRequest Request(const std::string& host) {
    return {.method = "GET", .url = "http://" + host + ":" + std::to_string(upstream_.port())};
  }

  // A call to another host goes through while a lookup hangs.
  void ExpectLoopIsFree() {
    EXPECT_EQ(WatchedExchange(client_, Request("127.0.0.1")).End().failure, Failure::kNone);
  }

  ScriptedUpstream upstream_;
  ClientOnLoop client_;
};

TEST_F(CurlClientDnsTest, NamesAreResolved) {
  EXPECT_EQ(WatchedExchange(client_, Request("fast.test")).End().failure, Failure::kNone);
  EXPECT_EQ(upstream_.requests().at(0).Header("host"),
            "fast.test:" + std::to_string(upstream_.port()));
}

TEST_F(CurlClientDnsTest, UnknownNameIsADnsFailure) {
  const ExchangeEnd end = WatchedExchange(client_, Request("nowhere.test")).End();
  EXPECT_EQ(end.failure, Failure::kDns) << end.detail;
  EXPECT_FALSE(end.request_sent);
}

TEST_F(CurlClientDnsTest, HangingLookupHoldsUpNobodyElse) {
  WatchedExchange slow(client_, Request("slow.test"));
  ASSERT_TRUE(resolver().AwaitWaiting(1));
  ExpectLoopIsFree();
  resolver().Set(true);
  EXPECT_EQ(slow.End().failure, Failure::kNone);
}

// libcurl would join the resolver's thread: the loop would wait for the DNS.
TEST_F(CurlClientDnsTest, CancelDuringALookupDoesNotWaitForIt) {
  WatchedExchange slow(client_, Request("slow.test"));
  ASSERT_TRUE(resolver().AwaitWaiting(1));
  slow.Cancel();
  ExpectLoopIsFree();
}

TEST_F(CurlClientDnsTest, LookupCountsAgainstTheConnectLimit) {
  UpstreamRequest request = Request("slow.test");
  request.limits.connect = absl::Milliseconds(50);
  const ExchangeEnd end = WatchedExchange(client_, request).End();
  EXPECT_EQ(end.failure, Failure::kConnectTimeout) << end.detail;
  EXPECT_FALSE(end.request_sent);
  ExpectLoopIsFree();
}

TEST_F(CurlClientDnsTest, DeadlinePassesDuringALookup) {
  UpstreamRequest request = Request("slow.test");
  request.deadline = absl::Now() + absl::Milliseconds(50);
  const ExchangeEnd end = WatchedExchange(client_, request).End();
  EXPECT_EQ(end.failure, Failure::kDeadline) << end.detail;
  EXPECT_FALSE(end.request_sent);
}

TEST_F(CurlClientDnsTest, ClientIsDestroyedDuringALookup) {
  WatchedExchange slow(client_, Request("slow.test"));
  ASSERT_TRUE(resolver().AwaitWaiting(1));
  client_.DestroyClient();
}

}  // namespace
}  // namespace portico::upstream
