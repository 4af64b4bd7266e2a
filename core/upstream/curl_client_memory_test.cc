// What an open event stream holds in this process: the server's goal is under
// 34 KB for a whole gRPC stream, of which this side may take less than 15.
#include <gtest/gtest.h>
#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <future>
#include <list>
#include <string>

#include "core/upstream/watched_exchange.h"
#include "tests/fakes/scripted_upstream.h"
#include "tests/fakes/test_certificate.h"

namespace portico::upstream {
namespace {

using fakes::Script;
using fakes::ScriptedUpstream;
using fakes::TestCertificate;

// An upstream in a process of its own, so that its memory is not counted here.
class RemoteUpstream {
 public:
  // Before any thread. With `event` each stream gets a head and an event, else nothing.
  RemoteUpstream(const TestCertificate* certificate, bool event) {
    std::array<int, 2> port, end;
    if (pipe(port.data()) != 0 || pipe(end.data()) != 0) std::abort();
    process_ = fork();
    if (process_ == 0) {
      close(end[1]);
      ScriptedUpstream upstream({.certificate = certificate});
      upstream.OnAny(event ? Script::EventStream().Chunk("data: hello\n\n").Hang()
                           : Script().Hang());
      const int number = upstream.port();
      if (write(port[1], &number, sizeof number) < 0) std::abort();
      char byte;
      if (read(end[0], &byte, 1) < 0) std::abort();  // until the parent closes
      _exit(0);
    }
    close(end[0]);
    end_ = end[1];
    if (read(port[0], &port_, sizeof port_) != sizeof port_) std::abort();
    close(port[0]);
    close(port[1]);
  }
  ~RemoteUpstream() {
    close(end_);
    waitpid(process_, nullptr, 0);
  }
  int port() const { return port_; }

 private:
  pid_t process_;
  int end_;
  int port_ = 0;
};

class Receiver : public ResponseReceiver {
 public:
  void OnHead(ResponseHead) override {}
  Flow OnBody(absl::string_view) override {
    ++bodies;
    return Flow::kContinue;
  }
  void OnEnd(ExchangeEnd end) override { ADD_FAILURE() << end.failure << end.detail; }
  static inline int bodies = 0;
};

std::size_t Held() { return mallinfo2().uordblks + mallinfo2().hblkhd; }

// Bytes a stream, between `first` and twice `first` of them.
double BytesAStream(int port, const std::string& scheme, const CurlOptions& options, int first) {
  ClientOnLoop client(options);
  std::list<Receiver> receivers;
  std::list<std::unique_ptr<Exchange>> streams;
  Receiver::bodies = 0;
  const auto open = [&](int count) {
    for (int i = 0; i < count; ++i) {
      client.Run([&] {
        streams.push_back(client.client()->Start(
            {.method = "GET",
             .url = scheme + "://127.0.0.1:" + std::to_string(port) + "/stream?after=17",
             .headers = {{"Accept", "text/event-stream"}},
             .secrets = {{"Authorization", "Bearer 0123456789abcdef0123456789abcdef"}},
             .stream = true},
            &receivers.emplace_back()));
      });
    }
    bool all = false;
    while (!all) client.Run([&] { all = Receiver::bodies == static_cast<int>(streams.size()); });
    // What only sending needed is given back a moment later.
    std::promise<void> settled;
    std::unique_ptr<loop::Timer> timer;
    client.Run([&] {
      timer = client.loop().After(absl::Milliseconds(300), [&] { settled.set_value(); });
    });
    settled.get_future().wait();
  };
  open(first);
  const std::size_t before = Held();
  open(first);
  const std::size_t after = Held();
  client.Run([&] { streams.clear(); });
  return static_cast<double>(after - before) / first;
}

TEST(CurlClientMemoryTest, IdleStreamStaysSmall) {
#if defined(__SANITIZE_ADDRESS__) || defined(PORTICO_TSAN)
  GTEST_SKIP() << "sanitizers have their own heap";
#endif
  const TestCertificate certificate;
  RemoteUpstream clear(nullptr, true);
  RemoteUpstream tls(&certificate, true);
  const double clear_bytes = BytesAStream(clear.port(), "http", {}, 1000);
  RecordProperty("clear_text_bytes_a_stream", static_cast<int>(clear_bytes));
  EXPECT_LT(clear_bytes, 14.5 * 1024);
  // A TLS session costs what OpenSSL takes; the authorities must not come on top,
  // which are megabytes when each connection parses its own.
  const double tls_bytes =
      BytesAStream(tls.port(), "https", {.ca_file = certificate.certificate_file()}, 100);
  RecordProperty("tls_bytes_a_stream", static_cast<int>(tls_bytes));
  EXPECT_LT(tls_bytes, 72.0 * 1024);
  printf("bytes a stream: clear text %.0f, TLS %.0f\n", clear_bytes, tls_bytes);
}

}  // namespace
}  // namespace portico::upstream
