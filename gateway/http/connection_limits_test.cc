// Time limits, the connection limit and draining.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/http/running_listener.h"
#include "tests/fakes/http_caller.h"

namespace portico::http {
namespace {

using fakes::HttpCaller;

using Receiver = std::unique_ptr<RequestReceiver>;

constexpr char kGet[] = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";

Receiver Hello(const RequestHead&, ResponseWriter* writer) {
  writer->Respond(ResponseHead(200), "hello");
  return nullptr;
}

// Never answers by itself.
class Silent : public RequestReceiver {
 public:
  explicit Silent(std::atomic<int>* destroyed) : destroyed_(destroyed) {}
  ~Silent() override { ++*destroyed_; }
  loop::Flow OnBody(absl::string_view) override { return loop::Flow::kContinue; }
  void OnBodyEnd() override {}
  void OnWritable() override {}
  void OnDrain() override {}

 private:
  std::atomic<int>* destroyed_;
};

Limits Short() {
  Limits limits;
  limits.idle = limits.head = limits.body_pause = limits.send_pause = absl::Milliseconds(50);
  return limits;
}

TEST(ConnectionLimitsTest, ClosesAConnectionThatNothingComesOn) {
  RunningListener listener(Hello, Short());
  HttpCaller silent(listener.address());
  HttpCaller used(listener.address());
  used.Send(kGet);
  used.ReadResponse().text();
  EXPECT_EQ(silent.ReadToEnd(), "");
  EXPECT_EQ(used.ReadToEnd(), "");
  EXPECT_EQ(listener.connections(), 0);
}

TEST(ConnectionLimitsTest, CutsAHeadThatComesByteByByte) {
  Limits limits = Short();
  limits.idle = absl::Minutes(1);
  RunningListener listener(Hello, limits);
  HttpCaller caller(listener.address());
  caller.Send("GET /");
  // It goes on sending: only the head's end would help.
  EXPECT_TRUE(Eventually([&] {
    caller.SendSome("x");
    return listener.connections() == 0;
  }));
  const std::string answer = caller.ReadToEnd();
  EXPECT_TRUE(absl::StartsWith(answer, "HTTP/1.1 408 Request Timeout\r\n") || caller.was_reset())
      << answer;
}

TEST(ConnectionLimitsTest, Answers408ToAHeadWithoutAnEnd) {
  Limits limits = Short();
  limits.idle = absl::Minutes(1);
  RunningListener listener(Hello, limits);
  HttpCaller caller(listener.address());
  caller.Send("GET /x HTTP/1.1\r\nHost:");
  const std::string answer = caller.ReadToEnd();
  EXPECT_TRUE(absl::StartsWith(answer, "HTTP/1.1 408 Request Timeout\r\n")) << answer;
  EXPECT_TRUE(absl::StrContains(answer, "urn:portico:problem:request-timeout")) << answer;
}

TEST(ConnectionLimitsTest, Answers408ToABodyThatHalts) {
  std::atomic<int> destroyed = 0;
  RunningListener listener(
      [&](const RequestHead&, ResponseWriter*) { return std::make_unique<Silent>(&destroyed); },
      Short());
  HttpCaller caller(listener.address());
  caller.Send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhe");
  const std::string answer = caller.ReadToEnd();
  EXPECT_TRUE(absl::StartsWith(answer, "HTTP/1.1 408 Request Timeout\r\n")) << answer;
  EXPECT_EQ(destroyed, 1);
}

TEST(ConnectionLimitsTest, CutsABodyThatComesByteByByte) {
  std::atomic<int> destroyed = 0;
  Limits limits = Short();
  limits.body_rate = 1024 * 1024;
  RunningListener listener(
      [&](const RequestHead&, ResponseWriter*) { return std::make_unique<Silent>(&destroyed); },
      limits);
  HttpCaller caller(listener.address());
  caller.Send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000000\r\n\r\n");
  EXPECT_TRUE(Eventually([&] {
    caller.SendSome("x");
    return destroyed == 1;
  }));
}

TEST(ConnectionLimitsTest, SetsNoLimitToTheResponse) {
  std::atomic<int> destroyed = 0;
  std::atomic<ResponseWriter*> writer = nullptr;
  RunningListener listener(
      [&](const RequestHead&, ResponseWriter* given) {
        writer = given;
        return std::make_unique<Silent>(&destroyed);
      },
      Short());
  HttpCaller waiting(listener.address());
  waiting.Send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhe");
  ASSERT_TRUE(Eventually([&] { return writer != nullptr; }));
  HttpCaller idle(listener.address());
  idle.ReadToEnd();  // a sweep or more later
  EXPECT_EQ(destroyed, 0);
  listener.OnLoop([&] { writer.load()->Respond(ResponseHead(200), "late"); });
  EXPECT_TRUE(absl::EndsWith(waiting.ReadResponse().text(), "late"));
}

TEST(ConnectionLimitsTest, ClosesOnAReaderThatTakesNothing) {
  std::atomic<int> destroyed = 0;
  RunningListener listener(
      [&](const RequestHead&, ResponseWriter* writer) {
        writer->Start(ResponseHead(200));
        while (writer->Write(std::string(65536, 'x')) == loop::Flow::kContinue) {
        }
        return std::make_unique<Silent>(&destroyed);
      },
      Short());
  HttpCaller caller(listener.address(), {.receive_buffer_bytes = 4096});
  caller.Send(kGet);
  EXPECT_TRUE(Eventually([&] { return destroyed == 1; }));
}

TEST(ConnectionLimitsTest, TellsCallersBeyondTheLimitSo) {
  Limits limits;
  limits.connections = 2;
  RunningListener listener(Hello, limits);
  HttpCaller first(listener.address());
  HttpCaller second(listener.address());
  ASSERT_TRUE(Eventually([&] { return listener.connections() == 2; }));
  HttpCaller third(listener.address());
  const std::string answer = third.ReadToEnd();
  EXPECT_TRUE(absl::StartsWith(answer, "HTTP/1.1 503 Service Unavailable\r\n")) << answer;
  EXPECT_TRUE(absl::StrContains(answer, "urn:portico:problem:too-many-connections")) << answer;
  third.Close();
  first.Close();
  ASSERT_TRUE(Eventually([&] { return listener.connections() == 1; }));
  HttpCaller fourth(listener.address());
  fourth.Send(kGet);
  EXPECT_TRUE(absl::EndsWith(fourth.ReadResponse().text(), "hello"));
}

TEST(DrainTest, ClosesIdleConnectionsAndWaitsForResponses) {
  std::atomic<int> destroyed = 0;
  std::atomic<ResponseWriter*> writer = nullptr;
  RunningListener listener([&](const RequestHead&, ResponseWriter* given) {
    writer = given;
    return std::make_unique<Silent>(&destroyed);
  });
  HttpCaller idle(listener.address());
  HttpCaller busy(listener.address());
  busy.Send(kGet);
  ASSERT_TRUE(Eventually([&] { return writer != nullptr; }));
  std::atomic<bool> drained = false;
  listener.OnLoop([&] { listener.listener().Drain([&] { drained = true; }); });
  EXPECT_EQ(idle.ReadToEnd(), "");
  EXPECT_FALSE(drained);
  listener.OnLoop([&] { writer.load()->Respond(ResponseHead(200), "last"); });
  const std::string answer = busy.ReadToEnd();
  EXPECT_TRUE(absl::StrContains(answer, "\r\nConnection: close\r\n")) << answer;
  EXPECT_TRUE(absl::EndsWith(answer, "last")) << answer;
  busy.Close();
  EXPECT_TRUE(Eventually([&] { return drained.load(); }));
}

TEST(DrainTest, AnswersRequestsThatHaveReachedTheSocket) {
  RunningListener listener(Hello);
  HttpCaller caller(listener.address());
  caller.Send(kGet);
  caller.ReadResponse().text();
  std::atomic<bool> drained = false;
  listener.OnLoop([&] {
    caller.Send(kGet);  // in the socket; the loop has not seen it
    HttpCaller(listener.address()).Send(kGet);
    listener.listener().Drain([&] { drained = true; });
  });
  EXPECT_TRUE(absl::EndsWith(caller.ReadToEnd(), "hello"));
  caller.Close();
  EXPECT_TRUE(Eventually([&] { return drained.load(); }));
}

TEST(DrainTest, TellsReceiversThatMayEndTheirStreams) {
  class Stream : public Silent {
   public:
    Stream(std::atomic<int>* destroyed, ResponseWriter* writer)
        : Silent(destroyed), writer_(writer) {}
    void OnDrain() override {
      writer_->Write("bye");
      writer_->End();
    }

   private:
    ResponseWriter* writer_;
  };
  std::atomic<int> destroyed = 0;
  RunningListener listener([&](const RequestHead&, ResponseWriter* writer) {
    writer->Start(ResponseHead(200));
    writer->Flush();
    return std::make_unique<Stream>(&destroyed, writer);
  });
  HttpCaller caller(listener.address());
  caller.Send(kGet);
  caller.ReadHead().head;
  std::atomic<bool> drained = false;
  listener.OnLoop([&] { listener.listener().Drain([&] { drained = true; }); });
  EXPECT_EQ(caller.ReadToEnd(), "3\r\nbye\r\n0\r\n\r\n");
  EXPECT_EQ(destroyed, 1);
  caller.Close();
  EXPECT_TRUE(Eventually([&] { return drained.load(); }));
}

TEST(DrainTest, IsOverAtOnceWithoutConnections) {
  RunningListener listener(Hello);
  std::atomic<bool> drained = false;
  listener.OnLoop([&] {
    listener.listener().Drain([&] { drained = true; });
    EXPECT_FALSE(drained);
  });
  EXPECT_TRUE(Eventually([&] { return drained.load(); }));
}

}  // namespace
}  // namespace portico::http
