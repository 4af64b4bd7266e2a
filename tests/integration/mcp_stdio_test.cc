// MCP on two pipes: one message a line, many calls at once, cancelling, and the end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <future>
#include <map>
#include <nlohmann/json.hpp>
#include <thread>

#include "absl/strings/str_cat.h"
#include "tests/fakes/mcp_messages.h"
#include "tests/fakes/running_portico.h"
#include "tests/fakes/scripted_upstream.h"

namespace portico {
namespace {

using fakes::Gate;
using fakes::ModernMeta;
using fakes::RunningPortico;
using fakes::Script;
using fakes::ScriptedUpstream;
using nlohmann::json;
using Clock = ScriptedUpstream::Clock;

json Request(const json& id, const std::string& method, json params = json::object()) {
  return fakes::McpRequest(method, std::move(params), id);
}

json Call(const json& id, const std::string& task, json meta = json::object()) {
  json call = fakes::ToolCall("backstage-get-task-id", {{"taskId", task}}, std::move(meta));
  call["id"] = id;
  return call;
}

class McpStdioTest : public testing::Test {
 protected:
  McpStdioTest() : portico_({.upstream = upstream_.base_uri()}) {
    EXPECT_EQ(::pipe(in_.data()), 0);
    EXPECT_EQ(::pipe(out_.data()), 0);
    serving_ = std::thread([this] {
      portico_.server().ServeMcp(in_[0], out_[1]);
      ended_.set_value(Clock::now());
    });
  }
  ~McpStdioTest() override {
    EndInput();
    serving_.join();
    for (const int descriptor : {in_[0], out_[0], out_[1]}) ::close(descriptor);
  }

  void SendBytes(const std::string& bytes) {
    EXPECT_EQ(::write(in_[1], bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }
  void Send(const json& message) { SendBytes(message.dump() + "\n"); }
  void EndInput() {
    if (in_[1] >= 0) ::close(in_[1]);
    in_[1] = -1;
  }
  json Receive() {
    std::size_t end;
    while ((end = read_.find('\n')) == std::string::npos) {
      char bytes[4096];
      const ssize_t got = ::read(out_[0], bytes, sizeof bytes);
      if (got <= 0) return nullptr;
      read_.append(bytes, static_cast<std::size_t>(got));
    }
    const std::string line = read_.substr(0, end);
    read_.erase(0, end + 1);
    return json::parse(line);
  }
  Clock::time_point Ended() { return ended_.get_future().get(); }

  ScriptedUpstream upstream_;
  RunningPortico portico_;
  std::array<int, 2> in_;
  std::array<int, 2> out_;
  std::string read_;
  std::promise<Clock::time_point> ended_;
  std::thread serving_;
};

TEST_F(McpStdioTest, BothErasAreAnsweredInAnyOrderWithoutAHandshake) {
  Send(Request(1, "server/discover", {{"_meta", ModernMeta()}}));
  EXPECT_EQ(Receive().at("result").at("resultType"), "complete");
  Send(Request(2, "tools/list"));
  EXPECT_EQ(Receive().at("result").size(), 1u);
  Send(Request(3, "initialize", {{"protocolVersion", "2025-11-25"}}));
  EXPECT_EQ(Receive().at("result").at("protocolVersion"), "2025-11-25");
  Send({{"jsonrpc", "2.0"}, {"method", "notifications/initialized"}});
  Send(Request(4, "no/such"));
  EXPECT_EQ(Receive().at("error").at("code"), -32601);
  Send(Request(5, "ping", {{"_meta", ModernMeta()}}));
  EXPECT_EQ(Receive().at("error").at("code"), -32601);
}

TEST_F(McpStdioTest, GarbageIsAnsweredAndPassedOver) {
  SendBytes("nonsense\n\n\r\n");
  EXPECT_EQ(Receive().at("error").at("code"), -32700);
  SendBytes(std::string(5 * 1024 * 1024, 'x') + "\n");
  EXPECT_EQ(Receive().at("error").at("code"), -32600);
  Send(Request(1, "ping"));
  EXPECT_EQ(Receive().at("id"), 1);
}

TEST_F(McpStdioTest, AHundredCallsRunAtOnce) {
  auto go = std::make_shared<Gate>();
  upstream_.OnAny(Script().Await(go).Send(
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"));
  for (int i = 0; i < 100; ++i) Send(Call(i, absl::StrCat("t", i)));
  ASSERT_TRUE(upstream_.WaitForRequests(100));
  Send(Request("p", "ping"));
  EXPECT_EQ(Receive().at("id"), "p") << "answered before the calls that wait";
  go->Open();
  std::map<int, int> answers;
  for (int i = 0; i < 100; ++i) ++answers[Receive().at("id").get<int>()];
  EXPECT_EQ(answers.size(), 100u);
}

TEST_F(McpStdioTest, ACancelledCallClosesItsUpstreamAndIsNotAnswered) {
  upstream_.OnAny(Script().Hang());
  for (const json& meta : {json::object(), ModernMeta()}) {
    auto best = std::chrono::milliseconds::max();
    for (int i = 0; i < 5; ++i) {
      const std::size_t before = upstream_.requests().size();
      Send(Call("c", "t", meta));
      ASSERT_TRUE(upstream_.WaitForRequests(before + 1));
      const auto cancelled = Clock::now();
      Send({{"jsonrpc", "2.0"},
            {"method", "notifications/cancelled"},
            {"params", {{"requestId", "c"}, {"reason", "enough"}}}});
      const auto closed = upstream_.WaitForPeerClose(upstream_.requests().back().connection);
      ASSERT_TRUE(closed.has_value());
      best = std::min(best,
                      std::chrono::duration_cast<std::chrono::milliseconds>(*closed - cancelled));
    }
    EXPECT_LT(best.count(), 100);
  }
  Send(Request("p", "ping"));
  EXPECT_EQ(Receive().at("id"), "p");
}

TEST_F(McpStdioTest, TheEndOfTheInputEndsItAlthoughACallHangs) {
  upstream_.OnAny(Script().Hang());
  Send(Call(1, "t"));
  ASSERT_TRUE(upstream_.WaitForRequests(1));
  const auto ended = Clock::now();
  EndInput();
  EXPECT_LT(std::chrono::duration_cast<std::chrono::milliseconds>(Ended() - ended).count(), 1000);
  EXPECT_TRUE(upstream_.WaitForPeerClose(0).has_value());
}

TEST_F(McpStdioTest, TheLastLineNeedsNoEnd) {
  SendBytes(Request(9, "ping").dump());
  EndInput();
  EXPECT_EQ(Receive().at("id"), 9);
}

TEST_F(McpStdioTest, ListensAreAcknowledgedAndEndWithTheInput) {
  Send(Request("l", "subscriptions/listen",
               {{"notifications", {{"toolsListChanged", true}}}, {"_meta", ModernMeta()}}));
  EXPECT_EQ(Receive().at("method"), "notifications/subscriptions/acknowledged");
  EndInput();
  EXPECT_EQ(Receive().at("id"), "l");
}

}  // namespace
}  // namespace portico
