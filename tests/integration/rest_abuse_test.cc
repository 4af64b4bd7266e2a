// What hostile and broken peers on either side of the REST door can do: one of them
// gets a clear answer, memory stays bounded, and the other callers notice nothing.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "tests/fakes/http_caller.h"
#include "tests/fakes/running_portico.h"
#include "tests/fakes/scripted_upstream.h"

namespace portico {
namespace {

using fakes::Gate;
using fakes::HttpCaller;
using fakes::RunningPortico;
using fakes::Script;
using fakes::ScriptedUpstream;
using Response = HttpCaller::Response;

constexpr char kTaskRun[] = "/v1/task-runs/trn-1";
constexpr std::size_t kMiB = 1 << 20;
constexpr std::size_t kMostOfABody = 4 * kMiB;  // --rest-max-body

// Of this process: Portico, the upstream and the callers together.
std::int64_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  std::int64_t size = 0, resident = 0;
  statm >> size >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

// 1,051 bytes that become 1 MiB of zeros.
std::string GzipBomb() {
  const std::string begin(
      "\x1f\x8b\x08\0\0\0\0\0\x02\x03\xed\xc1\x31\x01\0\0\0\xc2\xa0\xf5\x4f\x6d\x08\x5f\xa0", 25);
  const std::string end("\x3e\x03\x1c\xea\x38\xa7\0\0\x10\0", 10);
  return begin + std::string(1016, '\0') + end;
}

std::string Post(const std::string& framing) {
  return "POST /v1/task-runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" +
         framing + "\r\n";
}

class RestAbuseTest : public testing::Test {
 protected:
  RestAbuseTest()
      : portico_({upstream_.base_uri(), "test-token", [](server::ServeOptions& options) {
                    options.threads = 1;
                    options.rest.door.max_body_bytes = kMostOfABody;
                  }}) {
    upstream_.On("GET /render/task-runs/well", Script::Respond(200, R"({"id":"well"})"));
  }

  // Another caller, who has a right to an answer at any time.
  void ExpectOthersAreServed() {
    HttpCaller other(portico_.rest_address());
    other.Request("GET", "/v1/task-runs/well");
    const Response answer = other.ReadResponse();
    EXPECT_EQ(answer.status, 200) << answer.head << answer.body;
    EXPECT_EQ(answer.body, R"({"id":"well"})");
  }

  ScriptedUpstream upstream_;
  RunningPortico portico_;
};

TEST_F(RestAbuseTest, ABodyThatIsAnnouncedTooLargeIsRefusedBeforeItIsSent) {
  HttpCaller caller(portico_.rest_address());
  ASSERT_TRUE(caller.Send(Post("Content-Length: 1073741824\r\n")));
  const Response answer = caller.ReadResponse();
  EXPECT_EQ(answer.status, 413) << answer.head;
  EXPECT_EQ(answer.Header("Content-Type"), "application/problem+json");
  EXPECT_EQ(answer.Header("Portico-Source"), "portico");
  EXPECT_TRUE(caller.AtEnd()) << "the body would be taken for requests";
  EXPECT_EQ(upstream_.connections(), 0u);
  ExpectOthersAreServed();
}

TEST_F(RestAbuseTest, ACallerThatAsksFirstNeedNotSendABodyThatIsTooLarge) {
  HttpCaller caller(portico_.rest_address());
  ASSERT_TRUE(caller.Send(Post("Content-Length: 1073741824\r\nExpect: 100-continue\r\n")));
  EXPECT_EQ(caller.ReadResponse().status, 413);
  EXPECT_EQ(upstream_.connections(), 0u);
}

TEST_F(RestAbuseTest, AChunkedBodyWithoutEndIsCutAtTheLimit) {
  ExpectOthersAreServed();
  const std::int64_t before = ResidentBytes();
  HttpCaller caller(portico_.rest_address());
  ASSERT_TRUE(caller.Send(Post("Transfer-Encoding: chunked\r\n")));
  const std::string chunk = "10000\r\n" + std::string(0x10000, ' ') + "\r\n";
  std::size_t sent = 0;
  while (sent < 1024 * kMiB && caller.Send(chunk)) sent += chunk.size();
  // Beyond the limit, what sockets between us hold.
  EXPECT_LT(sent, kMostOfABody + 16 * kMiB);
  const Response answer = caller.ReadResponse();
  EXPECT_EQ(answer.status, 413) << answer.head;
  EXPECT_TRUE(caller.AtEnd());
  // The upstream, in this process too, keeps what it was sent.
  EXPECT_LT(ResidentBytes() - before, 64 * static_cast<std::int64_t>(kMiB));
  ExpectOthersAreServed();
}

// Two thousand members of 1 MiB each: two gigabytes, if anyone inflated them.
TEST_F(RestAbuseTest, AnUpstreamsGzipBombIsPassedOnUnopened) {
  constexpr std::size_t kMembers = 2000;
  const std::string bomb = GzipBomb();
  upstream_.OnAny(Script()
                      .Send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                            "Content-Encoding: gzip\r\nContent-Length: " +
                            std::to_string(kMembers * bomb.size()) + "\r\n\r\n")
                      .Repeat(bomb, kMembers));
  // Who asks for gzip, and who does not: an upstream may send it unasked.
  for (const std::string fields : {"Accept-Encoding: gzip\r\n", ""}) {
    ExpectOthersAreServed();
    const std::int64_t before = ResidentBytes();
    HttpCaller caller(portico_.rest_address());
    caller.Request("GET", kTaskRun, fields);
    const Response answer = caller.ReadResponse();
    EXPECT_EQ(answer.status, 200) << answer.head;
    EXPECT_EQ(answer.Header("Content-Encoding"), "gzip");
    EXPECT_TRUE(answer.whole);
    EXPECT_EQ(answer.body.size(), kMembers * bomb.size());
    EXPECT_EQ(answer.body.substr(answer.body.size() - bomb.size()), bomb);
    EXPECT_LT(ResidentBytes() - before, 64 * static_cast<std::int64_t>(kMiB));
    ExpectOthersAreServed();
  }
}

TEST_F(RestAbuseTest, AResetBeforeTheHeadIsAProblemOfPorticos) {
  upstream_.OnAny(Script().Reset());
  HttpCaller caller(portico_.rest_address());
  caller.Request("GET", kTaskRun);
  const Response answer = caller.ReadResponse();
  EXPECT_EQ(answer.status, 503) << answer.head;
  EXPECT_EQ(answer.Header("Portico-Source"), "portico");
  EXPECT_TRUE(answer.whole);
  ExpectOthersAreServed();
}

TEST_F(RestAbuseTest, AResetInTheMiddleOfABodyShowsAsAnUnfinishedAnswer) {
  const std::string half(512 * 1024, 'x');
  const Script with_length =
      Script()
          .Send(
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1048576\r\n"
              "\r\n" +
              half)
          .Reset();
  const Script chunked = Script()
                             .Send(
                                 "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                 "Transfer-Encoding: chunked\r\n\r\n")
                             .Chunk(half)
                             .Reset();
  for (const Script& script : {with_length, chunked}) {
    upstream_.OnAny(script);
    HttpCaller caller(portico_.rest_address());
    caller.Request("GET", kTaskRun);
    const Response answer = caller.ReadResponse();
    EXPECT_FALSE(answer.whole);
    EXPECT_TRUE(caller.AtEnd());
    ExpectOthersAreServed();
  }
}

TEST_F(RestAbuseTest, AResetLeavesTheOtherAnswersUnderWayWhole) {
  const std::string half(512 * 1024, 'x');
  auto go = std::make_shared<Gate>();
  const std::string head =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1048576\r\n\r\n";
  upstream_.On("GET /render/task-runs/long", Script().Send(head + half).Await(go).Send(half));
  upstream_.On("GET /render/task-runs/trn-1", Script().Send(head + half).Reset());

  std::vector<std::unique_ptr<HttpCaller>> others;
  for (int i = 0; i < 8; ++i) {
    others.push_back(std::make_unique<HttpCaller>(portico_.rest_address()));
    others.back()->Request("GET", "/v1/task-runs/long");
    EXPECT_EQ(others.back()->ReadHead().status, 200);
  }
  HttpCaller caller(portico_.rest_address());
  caller.Request("GET", kTaskRun);
  EXPECT_FALSE(caller.ReadResponse().whole);
  go->Open();
  for (const auto& other : others) {
    EXPECT_EQ(other->ReadBytes(1048576).size(), 1048576u);
  }
}

// A reader that stops must hold back its upstream, not fill Portico.
TEST_F(RestAbuseTest, AReaderThatNeverReadsHoldsBackTheUpstream) {
  constexpr std::size_t kBody = 256 * kMiB;
  upstream_.OnAny(
      Script()
          .Send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                std::to_string(kBody) + "\r\n\r\n")
          .Repeat(std::string(kMiB, 'x'), kBody / kMiB));
  ExpectOthersAreServed();
  const std::int64_t before = ResidentBytes();
  HttpCaller caller(portico_.rest_address());
  caller.Request("GET", kTaskRun);
  EXPECT_EQ(caller.ReadHead().status, 200);
  for (int i = 0; i < 200; ++i) ExpectOthersAreServed();
  std::uint64_t sent = 0;
  for (std::size_t i = 0; i < upstream_.connections(); ++i) sent += upstream_.bytes_sent(i);
  EXPECT_LT(sent, 32 * kMiB);
#if !defined(__SANITIZE_ADDRESS__) && !defined(PORTICO_TSAN)  // which keep what was freed
  EXPECT_LT(ResidentBytes() - before, 64 * static_cast<std::int64_t>(kMiB));
#else
  (void)before;
#endif
}

}  // namespace
}  // namespace portico
