#include "gateway/http/listener.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/http/running_listener.h"

namespace portico::http {
namespace {

std::unique_ptr<RequestReceiver> Hello(const RequestHead&, ResponseWriter* writer) {
  writer->Respond(ResponseHead(200), "hello");
  return nullptr;
}

absl::StatusOr<std::unique_ptr<Listener>> Open(RunningListener& beside, const std::string& address,
                                               bool shares = false) {
  ListenerOptions options;
  options.address = address;
  absl::StatusOr<std::unique_ptr<Listener>> listener;
  beside.OnLoop([&] { listener = Listener::Open(beside.loop(), options, &beside, shares); });
  return listener;
}

TEST(ListenerTest, NamesTheAddressWithThePortThatWasBound) {
  RunningListener listener(Hello);
  EXPECT_TRUE(absl::StartsWith(listener.address(), "127.0.0.1:"));
  EXPECT_FALSE(absl::EndsWith(listener.address(), ":0"));
}

TEST(ListenerTest, ListensOnIpv6) {
  RunningListener beside(Hello);
  auto listener = Open(beside, "[::1]:0");
  if (absl::IsUnavailable(listener.status())) GTEST_SKIP() << listener.status();
  EXPECT_TRUE(absl::StartsWith((*listener)->address(), "[::1]:"));
  RawCaller caller((*listener)->address());
  caller.Send("GET / HTTP/1.1\r\nHost: [::1]\r\n\r\n");
  EXPECT_TRUE(absl::EndsWith(caller.ReadResponse(), "hello"));
  beside.OnLoop([&] { *listener = nullptr; });
}

TEST(ListenerTest, RefusesAddressesOfAnotherForm) {
  RunningListener beside(Hello);
  for (const char* address :
       {"", "8080", ":8080", "localhost:8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x",
        "127.0.0.1:65536", "::1:80", "[::1]", "[127.0.0.1]:1"}) {
    const auto listener = Open(beside, address);
    EXPECT_TRUE(absl::IsInvalidArgument(listener.status())) << address << listener.status();
  }
}

TEST(ListenerTest, RefusesAnAddressThatSomeoneHas) {
  RunningListener beside(Hello);
  const auto listener = Open(beside, beside.address());
  EXPECT_TRUE(absl::IsUnavailable(listener.status())) << listener.status();
  EXPECT_TRUE(absl::StrContains(listener.status().message(), beside.address()))
      << listener.status();
}

TEST(ListenerTest, SharesAnAddressWhenToldTo) {
  RunningListener beside(Hello);
  auto listener = Open(beside, beside.address(), /*shares=*/true);
  ASSERT_TRUE(listener.ok()) << listener.status();
  EXPECT_EQ((*listener)->address(), beside.address());
  beside.OnLoop([&] { *listener = nullptr; });
}

TEST(ListenerTest, MayBeDestroyedByItsOwnDrain) {
  RunningListener beside(Hello);
  auto listener = Open(beside, "127.0.0.1:0");
  ASSERT_TRUE(listener.ok());
  std::atomic<bool> gone = false;
  beside.OnLoop([&] {
    (*listener)->Drain([&] {
      *listener = nullptr;
      gone = true;
    });
  });
  EXPECT_TRUE(Eventually([&] { return gone.load(); }));
}

// Whoever cannot be accepted waits, and the loop does not spin meanwhile.
TEST(ListenerTest, SurvivesRunningOutOfDescriptors) {
  RunningListener listener(Hello);
  rlimit before;
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  RawCaller first(listener.address());
  first.Send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  first.ReadResponse();
  RawCaller second(listener.address());
  ASSERT_TRUE(Eventually([&] { return listener.connections() == 2; }));
  const rlimit none{3, before.rlim_max};
  auto third = std::make_unique<RawCaller>(listener.address());
  ASSERT_TRUE(Eventually([&] { return listener.connections() == 3; }));
  third = nullptr;
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
  first.Send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_TRUE(absl::EndsWith(first.ReadResponse(), "hello"));
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
}

}  // namespace
}  // namespace portico::http
