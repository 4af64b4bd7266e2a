#include "gateway/http/listener.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <string>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "gateway/http/running_listener.h"
#include "tests/fakes/http_caller.h"

namespace portico::http {
namespace {

using fakes::HttpCaller;

std::unique_ptr<RequestReceiver> Hello(const RequestHead&, ResponseWriter* writer) {
  writer->Respond(ResponseHead(200), "hello");
  return nullptr;
}

constexpr char kGet[] = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

// Whether the kernel has connected someone whom nobody has accepted: the receive
// queue of a listening socket in /proc/net/tcp counts them.
bool HasWaitingCaller(const std::string& address) {
  const std::string local = absl::StrFormat("0100007F:%04X 00000000:0000 0A ",
                                            std::stoi(address.substr(address.rfind(':') + 1)));
  std::ifstream sockets("/proc/net/tcp");
  for (std::string line; std::getline(sockets, line);) {
    const std::size_t at = line.find(local);
    if (at == std::string::npos) continue;
    return line.substr(at + local.size()).find("00000000:00000000 ") != 0;
  }
  return false;
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
  HttpCaller caller((*listener)->address());
  caller.Send(kGet);
  EXPECT_TRUE(absl::EndsWith(caller.ReadResponse().text(), "hello"));
  beside.OnLoop([&] { *listener = nullptr; });
}

TEST(ListenerTest, LocalhostIsLoopback) {
  RunningListener beside(Hello);
  auto listener = Open(beside, "localhost:0");
  ASSERT_TRUE(listener.ok()) << listener.status();
  EXPECT_TRUE(absl::StartsWith((*listener)->address(), "127.0.0.1:"));
  beside.OnLoop([&] { *listener = nullptr; });
}

TEST(ListenerTest, RefusesAddressesOfAnotherForm) {
  RunningListener beside(Hello);
  for (const char* address : {"", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x",
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

// Whoever cannot be accepted is accepted later, and others are served meanwhile.
TEST(ListenerTest, OutlastsAProcessWithoutDescriptors) {
  RunningListener listener(Hello);
  HttpCaller first(listener.address());
  first.Send(kGet);
  first.ReadResponse().text();
  rlimit before;
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  std::thread second;
  // While the loop is held, so that the second caller has its descriptor and the
  // listener finds none for the other side.
  listener.OnLoop([&] {
    second = std::thread([&] {
      HttpCaller caller(listener.address());
      caller.Send(kGet);
      EXPECT_TRUE(absl::EndsWith(caller.ReadResponse().text(), "hello"));
    });
    ASSERT_TRUE(Eventually([&] { return HasWaitingCaller(listener.address()); }));
    const int next = ::open("/dev/null", O_RDONLY);
    ::close(next);
    const rlimit none{static_cast<rlim_t>(next), before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
  });
  listener.OnLoop([] {});  // the loop has tried to accept by now
  listener.OnLoop([] {});
  EXPECT_EQ(listener.connections(), 1);
  first.Send(kGet);
  EXPECT_TRUE(absl::EndsWith(first.ReadResponse().text(), "hello"));
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  second.join();
}

}  // namespace
}  // namespace portico::http
