#include "demo/http_server.h"

#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "demo/test_client.h"

namespace portico::demo {
namespace {

// Serves `handler` for the length of a test.
class Server {
 public:
  explicit Server(Handler handler) : server_(0.01) {
    port_ = *server_.Listen(std::move(handler));
    server_.Start();
  }
  int port() const { return port_; }
  HttpServer& operator*() { return server_; }

 private:
  HttpServer server_;
  int port_;
};

void Echo(const Request& request, std::unique_ptr<Exchange> exchange) {
  exchange->Reply({200, "X-Spelled-As: Given\r\n"},
                  absl::StrCat(request.method, " ", request.target, " ", request.body));
}

TEST(HttpServer, AnswersManyRequestsOnOneConnection) {
  Server server(Echo);
  TestClient client(server.port());
  for (int i = 0; i < 3; ++i) {
    client.Request("POST", "/a?b", "t", "body");
    const auto response = client.ReadResponse();
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "POST /a?b body");
    EXPECT_TRUE(absl::StartsWith(response.head, "HTTP/1.1 200 OK\r\nX-Spelled-As: Given\r\n"));
    EXPECT_TRUE(absl::StrContains(response.head, "\r\nConnection: keep-alive\r\n"));
    EXPECT_TRUE(absl::StrContains(response.head, "\r\nDate: "));
  }
}

TEST(HttpServer, AnswersPipelinedRequestsInOrder) {
  Server server(Echo);
  TestClient client(server.port());
  client.Send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(client.ReadResponse().body, "GET /1 ");
  EXPECT_EQ(client.ReadResponse().body, "GET /2 ");
}

TEST(HttpServer, ClosesWhenAskedTo) {
  Server server(Echo);
  for (const char* request : {"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                              "GET / HTTP/1.0\r\nHost: x\r\n\r\n"}) {
    TestClient client(server.port());
    client.Send(request);
    EXPECT_TRUE(absl::StrContains(client.ReadResponse().head, "\r\nConnection: close"));
    EXPECT_TRUE(client.AtEnd());
  }
}

TEST(HttpServer, LeavesTheBodyOutForHead) {
  Server server(Echo);
  TestClient client(server.port());
  client.Send("HEAD /x HTTP/1.1\r\nHost: x\r\n\r\nGET /y HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(absl::StrContains(client.ReadUntil("\r\n\r\n"), "Content-Length: 7\r\n"));
  EXPECT_EQ(client.ReadResponse().body, "GET /y ");
}

TEST(HttpServer, SendsNoLengthWith204) {
  Server server([](const Request&, std::unique_ptr<Exchange> exchange) {
    exchange->Reply({204, ""}, "");
  });
  TestClient client(server.port());
  client.Request("DELETE", "/", "t");
  const std::string head = client.ReadUntil("\r\n\r\n");
  EXPECT_TRUE(absl::StartsWith(head, "HTTP/1.1 204 No Content\r\n"));
  EXPECT_FALSE(absl::StrContains(head, "Content-Length"));
}

TEST(HttpServer, InvitesABodyThatAsksFirst) {
  Server server(Echo);
  TestClient client(server.port());
  client.Send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.ReadUntil("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.Send("ok");
  EXPECT_EQ(client.ReadResponse().body, "POST / ok");
}

TEST(HttpServer, ReadsChunkedAndLargeBodies) {
  Server server([](const Request& request, std::unique_ptr<Exchange> exchange) {
    exchange->Reply({200, ""}, absl::StrCat(request.body.size()));
  });
  TestClient client(server.port());
  client.Send(
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n");
  EXPECT_EQ(client.ReadResponse().body, "2");
  client.Request("POST", "/", "t", std::string(11 * 1024 * 1024, 'x'));
  EXPECT_EQ(client.ReadResponse().body, "11534336");
}

TEST(HttpServer, RefusesWhatItCannotRead) {
  Server server(Echo);
  const struct {
    std::string request;
    int status;
  } rows[] = {
      {"nonsense\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n", 413},
      {"GET / HTTP/1.1\r\nX: " + std::string(70000, 'x') + "\r\n\r\n", 431},
  };
  for (const auto& row : rows) {
    TestClient client(server.port());
    client.Send(row.request);
    EXPECT_EQ(client.ReadResponse().status, row.status);
    EXPECT_TRUE(client.AtEnd());
  }
}

TEST(HttpServer, StreamsChunksAndKeepsTheConnection) {
  Server server([](const Request& request, std::unique_ptr<Exchange> exchange) {
    if (request.target != "/stream") return Echo(request, std::move(exchange));
    exchange->Open({200, "Content-Type: text/event-stream\r\n"});
    exchange->Write("one\n\n");
    exchange->Write("two, of 20 bytes...\n");
    exchange->End();
  });
  TestClient client(server.port());
  client.Request("GET", "/stream", "t");
  EXPECT_TRUE(absl::StrContains(client.ReadUntil("\r\n\r\n"), "Transfer-Encoding: chunked\r\n"));
  EXPECT_EQ(client.ReadUntil("0\r\n\r\n"),
            "5\r\none\n\n\r\n14\r\ntwo, of 20 bytes...\n\r\n0\r\n\r\n");
  client.Request("GET", "/next", "t");
  EXPECT_EQ(client.ReadResponse().body, "GET /next ");
}

TEST(HttpServer, SendsNothingBeforeAnExchangeIsOpened) {
  std::promise<void> open;
  std::unique_ptr<Exchange> held;
  Server server([&](const Request& request, std::unique_ptr<Exchange> exchange) {
    if (request.target == "/open") {
      held->Open({200, ""});
      held->Write("late");
      held->End();
      return Echo(request, std::move(exchange));
    }
    held = std::move(exchange);
    open.set_value();
  });
  TestClient stream(server.port());
  stream.Request("GET", "/stream", "t");
  open.get_future().wait();
  TestClient other(server.port());
  other.Request("GET", "/open", "t");
  other.ReadResponse();
  EXPECT_EQ(stream.ReadResponse().body, "late");
  (*server).Stop();
  held.reset();
}

TEST(HttpServer, TellsWhenTheCallerLeaves) {
  std::promise<void> gone;
  std::unique_ptr<Exchange> held;
  Server server([&](const Request&, std::unique_ptr<Exchange> exchange) {
    held = std::move(exchange);
    held->OnGone([&] {
      held.reset();
      gone.set_value();
    });
    held->Open({200, ""});
  });
  {
    TestClient client(server.port());
    client.Request("GET", "/", "t");
    client.ReadUntil("\r\n\r\n");
  }
  gone.get_future().wait();
}

TEST(HttpServer, DropsACallerThatDoesNotRead) {
  HttpServer server(0.01);
  std::promise<void> gone;
  std::unique_ptr<Exchange> held;
  std::unique_ptr<Timer> timer;
  const std::string chunk(64 * 1024, 'x');
  const std::function<void()> write = [&] {
    held->Write(chunk);
    timer = server.schedule().After(absl::ZeroDuration(), [&] { write(); });
  };
  const auto port = server.Listen([&](const Request&, std::unique_ptr<Exchange> exchange) {
    held = std::move(exchange);
    held->Open({200, ""});
    held->OnGone([&] {
      timer.reset();
      gone.set_value();
    });
    write();
  });
  server.Start();
  TestClient client(*port);
  client.Request("GET", "/", "t");
  gone.get_future().wait();
  server.Stop();
  held.reset();
}

TEST(HttpServer, ClosesTheConnectionOfAForgottenExchange) {
  Server server([](const Request&, std::unique_ptr<Exchange>) {});
  TestClient client(server.port());
  client.Request("GET", "/", "t");
  EXPECT_TRUE(client.AtEnd());
}

TEST(HttpServer, IgnoresCallsOnAnExchangeThatIsOver) {
  std::unique_ptr<Exchange> held;
  Server server([&](const Request& request, std::unique_ptr<Exchange> exchange) {
    if (held != nullptr) {
      held->Write("never sent");
      held->End();
      held.reset();
      return Echo(request, std::move(exchange));
    }
    exchange->Reply({200, ""}, "first");
    held = std::move(exchange);
  });
  TestClient client(server.port());
  client.Request("GET", "/", "t");
  EXPECT_EQ(client.ReadResponse().body, "first");
  client.Request("GET", "/second", "t");
  EXPECT_EQ(client.ReadResponse().body, "GET /second ");
}

TEST(HttpServer, ScalesWaitsAndRunsATimerOnce) {
  HttpServer server(0.001);
  std::promise<absl::Duration> elapsed;
  Schedule& schedule = server.schedule();
  auto cancelled = schedule.After(absl::Seconds(1), [] { FAIL() << "was destroyed before"; });
  cancelled.reset();
  const auto timer =
      schedule.After(absl::Seconds(20), [&] { elapsed.set_value(schedule.Elapsed()); });
  const absl::Time start = absl::Now();
  server.Start();
  EXPECT_GE(elapsed.get_future().get(), absl::Seconds(20));
  EXPECT_LT(absl::Now() - start, absl::Seconds(20));
  server.Stop();
}

}  // namespace
}  // namespace portico::demo
