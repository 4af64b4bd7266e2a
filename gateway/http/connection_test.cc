#include "gateway/http/connection.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/http/running_listener.h"
#include "tests/fakes/http_caller.h"

namespace portico::http {
namespace {

using fakes::HttpCaller;

using loop::Flow;

// Every callback can be given by the test; all run on the loop.
struct TestReceiver : RequestReceiver {
  std::function<Flow(absl::string_view)> on_body = [](absl::string_view) {
    return Flow::kContinue;
  };
  std::function<void()> on_body_end = [] {};
  std::function<void()> on_writable = [] {};
  std::function<void()> on_drain = [] {};
  std::function<void()> on_destroyed = [] {};

  ~TestReceiver() override { on_destroyed(); }
  Flow OnBody(absl::string_view bytes) override { return on_body(bytes); }
  void OnBodyEnd() override { on_body_end(); }
  void OnWritable() override { on_writable(); }
  void OnDrain() override { on_drain(); }
};

using Receiver = std::unique_ptr<RequestReceiver>;

// Answers at once with method and target.
Receiver Echo(const RequestHead& head, ResponseWriter* writer) {
  writer->Respond(ResponseHead(200), absl::StrCat(head.method, " ", head.target));
  return nullptr;
}

// Answers with the body when it has come.
Receiver EchoBody(const RequestHead&, ResponseWriter* writer) {
  auto receiver = std::make_unique<TestReceiver>();
  auto body = std::make_shared<std::string>();
  receiver->on_body = [body](absl::string_view bytes) {
    absl::StrAppend(body.get(), bytes);
    return Flow::kContinue;
  };
  receiver->on_body_end = [body, writer] { writer->Respond(ResponseHead(200), *body); };
  return receiver;
}

std::string Get(absl::string_view target) {
  return absl::StrCat("GET ", target, " HTTP/1.1\r\nHost: h\r\n\r\n");
}

// Without Date.
std::string Plain(std::string response) {
  const std::size_t date = response.find("Date: ");
  if (date != std::string::npos) response.erase(date, response.find('\n', date) + 1 - date);
  return response;
}

std::string Ok(absl::string_view body) {
  return absl::StrCat("HTTP/1.1 200 OK\r\nContent-Length: ", body.size(), "\r\n\r\n", body);
}

TEST(ConnectionTest, AnswersWithADate) {
  RunningListener listener(Echo);
  HttpCaller caller(listener.address());
  caller.Send(Get("/x"));
  const std::string response = caller.ReadResponse().text();
  EXPECT_TRUE(absl::StrContains(response, "\r\nDate: ")) << response;
  EXPECT_EQ(Plain(response), Ok("GET /x"));
}

TEST(ConnectionTest, StaysForTheNextRequest) {
  RunningListener listener(Echo);
  HttpCaller caller(listener.address());
  for (int i = 0; i < 3; ++i) {
    caller.Send(Get("/x"));
    EXPECT_EQ(Plain(caller.ReadResponse().text()), Ok("GET /x"));
  }
  EXPECT_EQ(listener.connections(), 1);
}

TEST(ConnectionTest, AnswersPipelinedRequestsInTheirOrder) {
  RunningListener listener(Echo);
  HttpCaller caller(listener.address());
  caller.Send(Get("/a") + Get("/b") + Get("/c"));
  for (const char* body : {"GET /a", "GET /b", "GET /c"}) {
    EXPECT_EQ(Plain(caller.ReadResponse().text()), Ok(body));
  }
}

TEST(ConnectionTest, LooksAtThePipelinedRequestOnlyAfterTheResponse) {
  std::atomic<int> begun = 0;
  ResponseWriter* first = nullptr;
  RunningListener listener([&](const RequestHead& head, ResponseWriter* writer) -> Receiver {
    if (++begun > 1) return Echo(head, writer);
    first = writer;
    return std::make_unique<TestReceiver>();
  });
  HttpCaller caller(listener.address());
  caller.Send(Get("/a") + Get("/b"));
  ASSERT_TRUE(Eventually([&] { return begun == 1; }));
  listener.OnLoop([&] {
    EXPECT_EQ(begun, 1);
    first->Respond(ResponseHead(200), "first");
    EXPECT_EQ(begun, 1);  // not from inside the writer
  });
  EXPECT_EQ(Plain(caller.ReadResponse().text()), Ok("first"));
  EXPECT_EQ(Plain(caller.ReadResponse().text()), Ok("GET /b"));
}

TEST(ConnectionTest, TakesAHeadByteByByte) {
  RunningListener listener(Echo);
  HttpCaller caller(listener.address());
  for (const char c : Get("/slow")) caller.Send(std::string(1, c));
  EXPECT_EQ(Plain(caller.ReadResponse().text()), Ok("GET /slow"));
}

TEST(ConnectionTest, ClosesWhenTheCallerAsksForIt) {
  RunningListener listener(Echo);
  HttpCaller caller(listener.address());
  caller.Send("GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(Plain(caller.ReadToEnd()),
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 6\r\n\r\nGET /x");
  EXPECT_FALSE(caller.was_reset());
}

TEST(ConnectionTest, SendsTheHeadOnlyToHead) {
  RunningListener listener(Echo);
  HttpCaller caller(listener.address());
  caller.Send("HEAD /x HTTP/1.1\r\nHost: h\r\n\r\n" + Get("/y"));
  EXPECT_EQ(Plain(caller.ReadHead().head), "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n");
  EXPECT_EQ(Plain(caller.ReadResponse().text()), Ok("GET /y"));
}

TEST(ConnectionTest, TakesBodiesByLengthAndInChunks) {
  RunningListener listener(EchoBody);
  HttpCaller caller(listener.address());
  caller.Send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhe");
  caller.Send("llo");
  EXPECT_EQ(Plain(caller.ReadResponse().text()), Ok("hello"));
  caller.Send("POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel");
  caller.Send("lo\r\n2;x=y\r\n, \r\n5\r\nworld\r\n0\r\nX-Sum: 1\r\n\r\n" + Get("/next"));
  EXPECT_EQ(Plain(caller.ReadResponse().text()), Ok("hello, world"));
  EXPECT_EQ(Plain(caller.ReadResponse().text()), Ok(""));
}

TEST(ConnectionTest, RefusesMalformedChunksAndCloses) {
  RunningListener listener(EchoBody);
  HttpCaller caller(listener.address());
  caller.Send("POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n" +
              Get("/hidden"));
  const std::string all = caller.ReadToEnd();
  EXPECT_TRUE(absl::StartsWith(all, "HTTP/1.1 400 Bad Request\r\n")) << all;
  EXPECT_TRUE(absl::StrContains(all, "urn:portico:problem:malformed-request")) << all;
  EXPECT_EQ(all.find("HTTP/1.1 ", 1), std::string::npos) << all;
}

TEST(ConnectionTest, RefusesAMalformedHeadSoThatTheCallerCanReadWhy) {
  RunningListener listener(Echo);
  HttpCaller caller(listener.address());
  // Far more than is looked at: it must not turn the answer into a reset.
  caller.Send(absl::StrCat("GET / HTTP/1.1\r\nA : b\r\n\r\n", std::string(200000, 'x')));
  const std::string all = caller.ReadToEnd();
  EXPECT_TRUE(absl::StartsWith(all, "HTTP/1.1 400 Bad Request\r\n")) << all;
  EXPECT_TRUE(absl::StrContains(all, "\r\nConnection: close\r\n")) << all;
  EXPECT_TRUE(absl::StrContains(all, "\r\nPortico-Source: portico\r\n")) << all;
  EXPECT_FALSE(caller.was_reset());
  caller.Close();
  EXPECT_TRUE(Eventually([&] { return listener.connections() == 0; }));
}

TEST(ConnectionTest, AnswersExpectationsWhenTheReceiverWantsTheBody) {
  RunningListener listener(EchoBody);
  HttpCaller caller(listener.address());
  caller.Send("POST /x HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(caller.ReadHead().head, "HTTP/1.1 100 Continue\r\n\r\n");
  caller.Send("hi");
  EXPECT_EQ(Plain(caller.ReadResponse().text()), Ok("hi"));
}

TEST(ConnectionTest, GivesAFinalResponseInsteadOf100AndClosesSinceTheBodyMayStillCome) {
  RunningListener listener(Echo);
  HttpCaller caller(listener.address());
  caller.Send("POST /x HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(Plain(caller.ReadToEnd()),
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 7\r\n\r\nPOST /x");
}

TEST(ConnectionTest, ReadsASmallUnwantedBodyAwayAndStays) {
  RunningListener listener(Echo);
  HttpCaller caller(listener.address());
  caller.Send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 40000\r\n\r\n");
  EXPECT_EQ(Plain(caller.ReadResponse().text()), Ok("POST /x"));
  caller.Send(std::string(40000, 'x') + Get("/y"));
  EXPECT_EQ(Plain(caller.ReadResponse().text()), Ok("GET /y"));
}

TEST(ConnectionTest, ClosesInsteadOfReadingALargeUnwantedBody) {
  RunningListener listener(Echo);
  HttpCaller caller(listener.address());
  caller.Send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000000\r\n\r\nabc");
  EXPECT_TRUE(absl::StrContains(caller.ReadToEnd(), "\r\nConnection: close\r\n"));
}

TEST(ConnectionTest, StreamsInChunks) {
  ResponseWriter* writer = nullptr;
  std::atomic<bool> destroyed = false;
  RunningListener listener([&](const RequestHead&, ResponseWriter* given) {
    writer = given;
    writer->Start(ResponseHead(200));
    writer->Flush();
    auto receiver = std::make_unique<TestReceiver>();
    receiver->on_destroyed = [&] { destroyed = true; };
    return receiver;
  });
  HttpCaller caller(listener.address());
  caller.Send(Get("/events"));
  EXPECT_EQ(Plain(caller.ReadHead().head), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  listener.OnLoop([&] { EXPECT_EQ(writer->Write("event"), Flow::kContinue); });
  EXPECT_EQ(caller.ReadUntil("event\r\n"), "5\r\nevent\r\n");
  listener.OnLoop([&] {
    writer->End();
    EXPECT_FALSE(destroyed);  // never from inside the writer
  });
  EXPECT_EQ(caller.ReadUntil("0\r\n\r\n"), "0\r\n\r\n");
  EXPECT_TRUE(Eventually([&] { return destroyed.load(); }));
  caller.Send(Get("/events"));
  EXPECT_EQ(Plain(caller.ReadHead().head), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
}

TEST(ConnectionTest, StreamsToHttp10UntilItCloses) {
  RunningListener listener([](const RequestHead&, ResponseWriter* writer) -> Receiver {
    writer->Start(ResponseHead(200));
    writer->Write("hello, ");
    writer->Write("world");
    writer->End();
    return nullptr;
  });
  HttpCaller caller(listener.address());
  caller.Send("GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(Plain(caller.ReadToEnd()), "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello, world");
  EXPECT_FALSE(caller.was_reset());
}

TEST(ConnectionTest, KeepsAnHttp10ConnectionThatAsksForIt) {
  RunningListener listener(Echo);
  HttpCaller caller(listener.address());
  for (int i = 0; i < 2; ++i) {
    caller.Send("GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_TRUE(absl::StrContains(caller.ReadResponse().text(), "\r\nConnection: keep-alive\r\n"));
  }
}

// One test for each framing: how the reader sees that the response was cut off.
TEST(ConnectionTest, AbortsChunksWithoutALastOne) {
  RunningListener listener([](const RequestHead&, ResponseWriter* writer) -> Receiver {
    writer->Start(ResponseHead(200));
    writer->Write("hello");
    writer->Abort();
    return nullptr;
  });
  HttpCaller caller(listener.address());
  caller.Send(Get("/x"));
  EXPECT_TRUE(absl::EndsWith(caller.ReadToEnd(), "\r\n\r\n5\r\nhello\r\n"));
}

TEST(ConnectionTest, AbortsABodyOfAKnownLengthShort) {
  RunningListener listener([](const RequestHead&, ResponseWriter* writer) -> Receiver {
    ResponseHead head(200);
    head.set_content_length(10);
    writer->Start(head);
    writer->Write("hello");
    writer->End();  // too early: the same as Abort
    return nullptr;
  });
  HttpCaller caller(listener.address());
  caller.Send(Get("/x"));
  EXPECT_TRUE(absl::EndsWith(caller.ReadToEnd(), "Content-Length: 10\r\n\r\nhello"));
}

TEST(ConnectionTest, AbortsABodyWithoutFramingByAReset) {
  ResponseWriter* writer = nullptr;
  RunningListener listener([&](const RequestHead&, ResponseWriter* given) {
    writer = given;
    writer->Start(ResponseHead(200));
    writer->Write("hello");
    return std::make_unique<TestReceiver>();
  });
  HttpCaller caller(listener.address());
  caller.Send("GET /x HTTP/1.0\r\n\r\n");
  caller.ReadUntil("hello");
  listener.OnLoop([&] { writer->Abort(); });
  caller.ReadToEnd();
  EXPECT_TRUE(caller.was_reset());
}

TEST(ConnectionTest, AnswersForAHandlerThatDoesNot) {
  RunningListener listener([](const RequestHead&, ResponseWriter*) { return Receiver(); });
  HttpCaller caller(listener.address());
  caller.Send(Get("/x"));
  EXPECT_TRUE(absl::StrContains(caller.ReadResponse().text(), "urn:portico:problem:no-response"));
}

// --- A caller that leaves ---

struct Waiting {
  std::atomic<int> begun = 0;
  std::atomic<int> destroyed = 0;
  ResponseWriter* writer = nullptr;

  RunningListener::OnBegin OnBegin() {
    return [this](const RequestHead&, ResponseWriter* given) {
      writer = given;
      auto receiver = std::make_unique<TestReceiver>();
      receiver->on_destroyed = [this] { ++destroyed; };
      ++begun;
      return receiver;
    };
  }
};

TEST(ConnectionTest, DestroysTheReceiverWhenTheCallerLeaves) {
  Waiting waiting;
  RunningListener listener(waiting.OnBegin());
  HttpCaller caller(listener.address());
  caller.Send(Get("/x"));
  ASSERT_TRUE(Eventually([&] { return waiting.begun == 1; }));
  EXPECT_EQ(waiting.destroyed, 0);
  caller.Close();
  EXPECT_TRUE(Eventually([&] { return waiting.destroyed == 1; }));
  EXPECT_EQ(listener.connections(), 0);
}

TEST(ConnectionTest, CountsAHalfClosedCallerAsGone) {
  Waiting waiting;
  RunningListener listener(waiting.OnBegin());
  HttpCaller caller(listener.address());
  caller.Send(Get("/x"));
  ASSERT_TRUE(Eventually([&] { return waiting.begun == 1; }));
  caller.EndSending();
  EXPECT_TRUE(Eventually([&] { return waiting.destroyed == 1; }));
  EXPECT_EQ(caller.ReadToEnd(), "");
}

TEST(ConnectionTest, TakesNoPipelinedRequestForALeave) {
  Waiting waiting;
  RunningListener listener(waiting.OnBegin());
  HttpCaller caller(listener.address());
  caller.Send(Get("/a"));
  ASSERT_TRUE(Eventually([&] { return waiting.begun == 1; }));
  caller.Send(Get("/b"));
  caller.Send(Get("/c"));
  listener.OnLoop([&] { waiting.writer->Respond(ResponseHead(200), "a"); });
  EXPECT_EQ(Plain(caller.ReadResponse().text()), Ok("a"));
  ASSERT_TRUE(Eventually([&] { return waiting.begun == 2; }));
  EXPECT_EQ(waiting.destroyed, 1);
  caller.Close();
  EXPECT_TRUE(Eventually([&] { return waiting.destroyed == 2; }));
}

TEST(ConnectionTest, BoundsWhatIsPipelined) {
  Waiting waiting;
  RunningListener listener(waiting.OnBegin());
  HttpCaller caller(listener.address());
  caller.Send(Get("/a"));
  ASSERT_TRUE(Eventually([&] { return waiting.begun == 1; }));
  std::size_t taken = 0;
  const std::string more(1 << 20, 'x');
  // Until the socket has taken nothing for a while: 64 MB would be unbounded.
  for (int idle = 0; idle < 50 && taken < (64u << 20); ++idle) {
    const std::size_t n = caller.SendSome(more);
    taken += n;
    if (n > 0) idle = 0;
    listener.OnLoop([] {});
  }
  EXPECT_LT(taken, 64u << 20);
  EXPECT_EQ(waiting.destroyed, 0);
}

TEST(ConnectionTest, NoticesTheLeaveBehindPipelinedRequestsThatItDoesNotRead) {
  Waiting waiting;
  RunningListener listener(waiting.OnBegin());
  HttpCaller caller(listener.address());
  caller.Send(Get("/a"));
  ASSERT_TRUE(Eventually([&] { return waiting.begun == 1; }));
  caller.Send(std::string(20000, 'x'));
  caller.Close();
  EXPECT_TRUE(Eventually([&] { return waiting.destroyed == 1; }));
}

TEST(ConnectionTest, SendsWhatIsReadyToACallerThatHasEndedItsSide) {
  const std::string body(8u << 20, 'b');
  RunningListener listener([&](const RequestHead&, ResponseWriter* writer) -> Receiver {
    writer->Respond(ResponseHead(200), body);
    return nullptr;
  });
  HttpCaller caller(listener.address(), {.receive_buffer_bytes = 4096});
  caller.Send(Get("/x"));
  caller.ReadHead().head;  // so the response is under way
  caller.EndSending();
  EXPECT_EQ(caller.ReadToEnd().size(), body.size());
}

// --- Back-pressure ---

// A response under way to a reader with a small buffer.
class BackPressureTest : public testing::Test {
 protected:
  BackPressureTest()
      : listener_([this](const RequestHead&, ResponseWriter* given) {
          waiting_.writer = given;
          given->Start(ResponseHead(200));
          auto receiver = std::make_unique<TestReceiver>();
          receiver->on_writable = [this] { ++writable_; };
          ++waiting_.begun;
          return receiver;
        }),
        caller_(listener_.address(), {.receive_buffer_bytes = 4096}) {
    caller_.Send(Get("/x"));
  }
  void SetUp() override {
    ASSERT_TRUE(Eventually([this] { return waiting_.begun == 1; }));
  }

  Waiting waiting_;
  std::atomic<int> writable_ = 0;
  RunningListener listener_;
  HttpCaller caller_;
};

TEST_F(BackPressureTest, TellsTheWriterToPauseForAReaderThatDoesNotRead) {
  const std::string piece(16384, 'p');
  std::size_t written = 0;
  listener_.OnLoop([&] {
    while (waiting_.writer->Write(piece) == Flow::kContinue) {
      written += piece.size();
      ASSERT_LT(written, 64u << 20);
    }
    written += piece.size();
    EXPECT_EQ(writable_, 0);
  });
  std::size_t read = caller_.ReadHead().head.size();
  while (writable_ == 0) read += caller_.ReadBytes(1024).size();
  listener_.OnLoop([&] { waiting_.writer->End(); });
  const std::string rest = caller_.ReadUntil("\r\n0\r\n\r\n");
  EXPECT_GT(read + rest.size(), written);
  EXPECT_EQ(writable_, 1);
}

TEST_F(BackPressureTest, AWriterThatWasPausedIsToldToGoOnThoughItWroteMeanwhile) {
  listener_.OnLoop([&] {
    while (waiting_.writer->Write(std::string(16384, 'p')) == Flow::kContinue) {
    }
  });
  caller_.ReadHead();
  // A byte now and then, also when little is left unsent.
  while (writable_ == 0) {
    caller_.ReadBytes(1024);
    listener_.OnLoop([&] {
      if (writable_ > 0) return;
      EXPECT_EQ(waiting_.writer->Write("."), Flow::kPause);
    });
  }
  EXPECT_EQ(writable_, 1);
}

TEST(ConnectionTest, ReadsNoMoreOfABodyThanItsReceiverTakes) {
  ResponseWriter* writer = nullptr;
  std::atomic<std::size_t> taken = 0;
  std::atomic<bool> pausing = true;
  RunningListener listener([&](const RequestHead&, ResponseWriter* given) {
    writer = given;
    auto receiver = std::make_unique<TestReceiver>();
    receiver->on_body = [&](absl::string_view bytes) {
      taken += bytes.size();
      return pausing ? Flow::kPause : Flow::kContinue;
    };
    receiver->on_body_end = [given] { given->Respond(ResponseHead(200), "done"); };
    return receiver;
  });
  HttpCaller caller(listener.address());
  const std::size_t size = 32u << 20;
  caller.Send(absl::StrCat("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: ", size, "\r\n\r\n"));
  const std::string more(1 << 20, 'x');
  std::size_t sent = 0;
  for (int idle = 0; idle < 50; ++idle) {
    const std::size_t n = caller.SendSome(more.substr(0, std::min(more.size(), size - sent)));
    sent += n;
    if (n > 0) idle = 0;
    listener.OnLoop([] {});
  }
  EXPECT_LT(sent, size);
  EXPECT_LE(taken, 64u * 1024);
  pausing = false;
  listener.OnLoop([&] { writer->ResumeBody(); });
  while (sent < size) {
    const std::string piece = more.substr(0, std::min(more.size(), size - sent));
    caller.Send(piece);
    sent += piece.size();
  }
  EXPECT_EQ(Plain(caller.ReadResponse().text()), Ok("done"));
  EXPECT_EQ(taken, size);
}

TEST(ConnectionTest, SendsALargeBodyToASlowReaderWhole) {
  const std::string body(8u << 20, 'b');
  RunningListener listener([&](const RequestHead&, ResponseWriter* writer) -> Receiver {
    writer->Respond(ResponseHead(200), body);
    return nullptr;
  });
  HttpCaller caller(listener.address(), {.receive_buffer_bytes = 4096});
  caller.Send(Get("/x") + Get("/y"));
  EXPECT_EQ(caller.ReadResponse().text().size(), caller.ReadResponse().text().size());
}

}  // namespace
}  // namespace portico::http
