// Event streams from upstream to a gRPC reader: typed events as they happen,
// back-pressure, and every way a stream can end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/fakes/grpc_caller.h"
#include "tests/fakes/running_portico.h"
#include "tests/fakes/scripted_upstream.h"

namespace portico {
namespace {

using fakes::Gate;
using fakes::GrpcAnswer;
using fakes::GrpcCaller;
using fakes::RunningPortico;
using fakes::Script;
using fakes::ScriptedUpstream;
using grpc::StatusCode;
using nlohmann::json;
using std::chrono::milliseconds;

constexpr char kEvents[] = "backstage.scaffolder.v1.TasksService/GetTaskEventStream";
constexpr char kRunEvents[] = "render.workflows.v1.WorkflowTasksService/StreamTaskRunEvents";
constexpr char kTask[] = R"({"taskId":"t1"})";

class GrpcStreamTest : public testing::Test {
 protected:
  GrpcStreamTest()
      : portico_(RunningPortico::Options{upstream_.base_uri()}), caller_(portico_.address()) {}

  json Event(fakes::GrpcStream& stream) {
    const auto text = stream.Next();
    return text.has_value() ? json::parse(*text) : json();
  }

  ScriptedUpstream upstream_;
  RunningPortico portico_;
  GrpcCaller caller_;
};

TEST_F(GrpcStreamTest, EachEventArrivesBeforeTheNextIsSent) {
  auto second = std::make_shared<Gate>();
  upstream_.OnAny(Script::EventStream()
                      .Chunk("event: log\ndata: {\"id\":1,\"body\":{\"message\":\"a\"}}\n\n")
                      .Await(second)
                      .Chunk("id: 7\nevent: completion\nretry: 100\ndata: {\"id\":2}\n\n")
                      .LastChunk());
  const auto stream = caller_.Open(kEvents, kTask);
  EXPECT_EQ(Event(*stream),
            json::parse(R"({"event":"log","data":"{\"id\":1,\"body\":{\"message\":\"a\"}}",
      "taskEvent":{"id":"1","body":{"message":"a"}}})"));
  second->Open();
  EXPECT_EQ(Event(*stream), json::parse(R"({"id":"7","event":"completion","retryMs":100,
      "data":"{\"id\":2}","taskEvent":{"id":"2"}})"));
  EXPECT_EQ(stream->Next(), std::nullopt);
  EXPECT_TRUE(stream->Finish().status.ok());
}

TEST_F(GrpcStreamTest, AsksForAnEventStream) {
  upstream_.OnAny(Script::EventStream().LastChunk());
  caller_.Open(kRunEvents, R"({"taskRunIds":["trn-1","trn-2"]})")->Finish();
  const auto request = upstream_.requests().at(0);
  EXPECT_EQ(request.Header("accept"), "text/event-stream");
  EXPECT_EQ(request.target, "/render/task-runs/events?taskRunIds=trn-1,trn-2");
}

TEST_F(GrpcStreamTest, IsOpenBeforeTheUpstreamSendsAHead) {
  upstream_.OnAny(Script().Hang());  // as Backstage does until the first event
  const auto stream = caller_.Open(kEvents, kTask);
  stream->WaitForHead();
  ASSERT_TRUE(upstream_.WaitForRequests(1));
  SUCCEED();
}

TEST_F(GrpcStreamTest, DataThatDoesNotFitIsKeptVerbatim) {
  upstream_.OnAny(Script::EventStream()
                      .Chunk("data: lorem\ndata: ipsum\n\n")
                      .Chunk("event: cancelled\ndata: {\"body\":{\"stepId\":0}}\n\n")
                      .LastChunk());
  const auto stream = caller_.Open(kEvents, kTask);
  const json first = Event(*stream);
  EXPECT_EQ(first, json::parse(R"({"data":"lorem\nipsum"})"));
  const json second = Event(*stream);
  EXPECT_EQ(second["taskEvent"]["body"]["unmodeledJson"], R"({"stepId":0})");
}

TEST_F(GrpcStreamTest, AnErrorStatusInsteadOfAStreamHasItsMeaning) {
  upstream_.OnAny(Script::Respond(404, R"({"error":{"message":"no task"}})"));
  const auto stream = caller_.Open(kEvents, kTask);
  EXPECT_EQ(stream->Next(), std::nullopt);
  const GrpcAnswer answer = stream->Finish();
  EXPECT_EQ(answer.status.error_code(), StatusCode::NOT_FOUND);
  EXPECT_THAT(answer.status.error_message(), testing::HasSubstr("no task"));
}

TEST_F(GrpcStreamTest, ABrokenStreamDeliversWhatCameAndTellsItsPlace) {
  upstream_.OnAny(
      Script::EventStream().Chunk("id: 41\ndata: {}\n\n").Chunk("data: {\"cut").Reset());
  const auto stream = caller_.Open(kEvents, kTask);
  EXPECT_EQ(Event(*stream)["id"], "41");
  EXPECT_EQ(stream->Next(), std::nullopt);
  const GrpcAnswer answer = stream->Finish();
  EXPECT_EQ(answer.status.error_code(), StatusCode::UNAVAILABLE);
  EXPECT_EQ(answer.error_info().reason(), "UPSTREAM_STREAM_LOST");
  EXPECT_EQ(answer.trailer("x-last-event-id"), "41");
}

TEST_F(GrpcStreamTest, JsonInsteadOfAStreamIsMalformed) {
  upstream_.OnAny(Script::Respond(200, "{}"));
  const auto stream = caller_.Open(kEvents, kTask);
  EXPECT_EQ(stream->Next(), std::nullopt);
  EXPECT_EQ(stream->Finish().error_info().reason(), "UPSTREAM_MALFORMED_RESPONSE");
}

TEST_F(GrpcStreamTest, AnEventThatIsNotUtf8EndsTheStreamAtThatEvent) {
  upstream_.OnAny(Script::EventStream().Chunk("data: {}\n\ndata: \xff\n\ndata: {}\n\n").Hang());
  const auto stream = caller_.Open(kEvents, kTask);
  EXPECT_TRUE(stream->Next().has_value());
  EXPECT_EQ(stream->Next(), std::nullopt);
  EXPECT_EQ(stream->Finish().error_info().reason(), "UPSTREAM_MALFORMED_RESPONSE");
  EXPECT_TRUE(upstream_.WaitForPeerClose(0).has_value());
}

// A busy machine only ever adds to what is measured: one attempt of these within
// 50 ms proves that nothing waits for longer.
constexpr int kAttempts = 20;
constexpr milliseconds kPromptly{50};

TEST_F(GrpcStreamTest, CancellingClosesTheUpstreamWithin50Milliseconds) {
  upstream_.OnAny(Script::EventStream().Chunk("data: {}\n\n").Hang());
  auto late = ScriptedUpstream::Clock::duration::max();
  for (int i = 0; i < kAttempts && late >= kPromptly; ++i) {
    const auto stream = caller_.Open(kEvents, kTask);
    ASSERT_TRUE(stream->Next().has_value());
    const auto cancelled = ScriptedUpstream::Clock::now();
    stream->Cancel();
    const auto closed = upstream_.WaitForPeerClose(upstream_.connections() - 1);
    ASSERT_TRUE(closed.has_value());
    late = *closed - cancelled;
  }
  EXPECT_LT(late, kPromptly);
}

TEST_F(GrpcStreamTest, TheDeadlineEndsASilentStreamWithin50Milliseconds) {
  upstream_.OnAny(Script().Hang());
  auto late = ScriptedUpstream::Clock::duration::max();
  for (int i = 0; i < kAttempts && late >= kPromptly; ++i) {
    const auto deadline = std::chrono::system_clock::now() + milliseconds(200);
    const auto steady = ScriptedUpstream::Clock::now() + milliseconds(200);
    const auto stream = caller_.Open(
        kEvents, kTask, [&](grpc::ClientContext& context) { context.set_deadline(deadline); });
    EXPECT_EQ(stream->Next(), std::nullopt);
    EXPECT_EQ(stream->Finish().status.error_code(), StatusCode::DEADLINE_EXCEEDED);
    if (upstream_.connections() == 0) continue;  // too busy to get there in time
    const auto closed = upstream_.WaitForPeerClose(upstream_.connections() - 1);
    ASSERT_TRUE(closed.has_value());
    late = *closed - steady;
  }
  EXPECT_LT(late, kPromptly);
}

TEST_F(GrpcStreamTest, AReaderThatDoesNotReadHoldsTheUpstreamBack) {
  const std::string event = "data: " + std::string(16 * 1024, 'x') + "\n\n";
  constexpr std::size_t kEvents256MiB = 16 * 1024;
  upstream_.OnAny(Script()
                      .Send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
                      .Repeat(event, kEvents256MiB)
                      .Close());
  const auto stream = caller_.Open(kEvents, kTask);
  ASSERT_TRUE(upstream_.WaitForRequests(1)) << "so that its connection is the first";
  // Another stream is served meanwhile, and shows that time has passed.
  const auto other = caller_.Open(kEvents, kTask);
  for (int i = 0; i < 2000; ++i) ASSERT_TRUE(other->Next().has_value());
  // Socket buffers and gRPC's windows hold some; 256 MiB they do not.
  EXPECT_LT(upstream_.bytes_sent(0), 32u * 1024 * 1024);
  for (int i = 0; i < 500; ++i) ASSERT_TRUE(stream->Next().has_value()) << "and it goes on";
}

TEST_F(GrpcStreamTest, NoEventIsLostOrReorderedUnderLoad) {
  std::string events;
  for (int i = 0; i < 5000; ++i) events += "data: {\"id\":" + std::to_string(i) + "}\n\n";
  upstream_.OnAny(Script::EventStream().Chunk(events).LastChunk());
  const auto stream = caller_.Open(kEvents, kTask);
  for (int i = 0; i < 5000; ++i) {
    ASSERT_EQ(Event(*stream)["taskEvent"]["id"], std::to_string(i));
  }
  EXPECT_EQ(stream->Next(), std::nullopt);
  EXPECT_TRUE(stream->Finish().status.ok());
}

}  // namespace
}  // namespace portico
