// The gRPC door as a server: health, reflection, limits, sockets, draining.
#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "grpc/health/v1/health.grpc.pb.h"
#include "grpc/reflection/v1/reflection.grpc.pb.h"
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
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

constexpr char kBackstage[] = "backstage.scaffolder.v1.TasksService";
constexpr char kListTasks[] = "backstage.scaffolder.v1.TasksService/ListTasks";
constexpr char kCreateTask[] = "backstage.scaffolder.v1.TasksService/CreateTask";
constexpr char kEvents[] = "backstage.scaffolder.v1.TasksService/GetTaskEventStream";

RunningPortico::Options With(const ScriptedUpstream& upstream,
                             std::function<void(server::ServeOptions&)> configure) {
  RunningPortico::Options options{upstream.base_uri()};
  options.configure = std::move(configure);
  return options;
}

HealthCheckResponse::ServingStatus HealthOf(GrpcCaller& caller, const std::string& service) {
  grpc::ClientContext context;
  HealthCheckRequest request;
  request.set_service(service);
  HealthCheckResponse response;
  const grpc::Status status =
      grpc::health::v1::Health::NewStub(caller.channel())->Check(&context, request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response.status();
}

// A Watch whose answers are read one by one.
class HealthWatch {
 public:
  HealthWatch(GrpcCaller& caller, const std::string& service)
      : stub_(grpc::health::v1::Health::NewStub(caller.channel())) {
    HealthCheckRequest request;
    request.set_service(service);
    reader_ = stub_->Watch(&context_, request);
  }
  ~HealthWatch() { context_.TryCancel(); }

  // UNKNOWN when the watch has ended.
  HealthCheckResponse::ServingStatus Next() {
    HealthCheckResponse response;
    return reader_->Read(&response) ? response.status() : HealthCheckResponse::UNKNOWN;
  }
  StatusCode End() { return reader_->Finish().error_code(); }

 private:
  std::unique_ptr<grpc::health::v1::Health::Stub> stub_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<HealthCheckResponse>> reader_;
};

TEST(GrpcDoorTest, EveryServiceIsServingWithItsCredential) {
  ScriptedUpstream upstream;
  RunningPortico portico(With(upstream, [](auto&) {}));
  GrpcCaller caller(portico.address());
  for (const char* service : {"", kBackstage, "render.workflows.v1.WorkflowTasksService",
                              "northflank.jobs.v1.JobsService"}) {
    EXPECT_EQ(HealthOf(caller, service), HealthCheckResponse::SERVING) << service;
  }
}

TEST(GrpcDoorTest, WithoutACredentialItStartsAndSaysSo) {
  ScriptedUpstream upstream;
  RunningPortico::Options options{upstream.base_uri()};
  options.token = "";
  RunningPortico portico(options);
  GrpcCaller caller(portico.address());
  EXPECT_EQ(HealthOf(caller, kBackstage), HealthCheckResponse::NOT_SERVING);
  const GrpcAnswer answer = caller.Call(kListTasks, "{}");
  EXPECT_EQ(answer.status.error_code(), StatusCode::FAILED_PRECONDITION);
  EXPECT_THAT(answer.status.error_message(), testing::HasSubstr("BACKSTAGE_API_KEY"));
  EXPECT_EQ(answer.error_info().reason(), "CREDENTIAL_NOT_CONFIGURED");
  EXPECT_TRUE(upstream.requests().empty());
}

TEST(GrpcDoorTest, HealthFollowsAnUpstreamThatGoesAndComesBack) {
  ScriptedUpstream upstream;
  upstream.OnAny(Script::Respond(200, R"({"tasks":[]})"));
  RunningPortico portico(With(upstream, [](auto&) {}));
  GrpcCaller caller(portico.address());
  HealthWatch watch(caller, kBackstage);
  EXPECT_EQ(watch.Next(), HealthCheckResponse::SERVING);
  upstream.StopListening();
  upstream.DropConnections();
  for (int i = 0; i < 3; ++i) {
    const GrpcAnswer answer = caller.Call(kListTasks, "{}");
    EXPECT_EQ(answer.status.error_code(), StatusCode::UNAVAILABLE);
    EXPECT_EQ(answer.error_info().reason(), "UPSTREAM_CONNECT");
  }
  EXPECT_EQ(watch.Next(), HealthCheckResponse::NOT_SERVING);
  upstream.Listen();
  EXPECT_EQ(watch.Next(), HealthCheckResponse::SERVING) << "found by a probe, without a call";
}

TEST(GrpcDoorTest, HealthOfAnUnknownServiceIsNotFoundOrWatched) {
  ScriptedUpstream upstream;
  RunningPortico portico(With(upstream, [](auto&) {}));
  GrpcCaller caller(portico.address());
  const auto stub = grpc::health::v1::Health::NewStub(caller.channel());
  grpc::ClientContext context;
  HealthCheckRequest request;
  request.set_service("no.such.Service");
  HealthCheckResponse response;
  EXPECT_EQ(stub->Check(&context, request, &response).error_code(), StatusCode::NOT_FOUND);
  HealthWatch watch(caller, "no.such.Service");
  EXPECT_EQ(watch.Next(), HealthCheckResponse::SERVICE_UNKNOWN);
}

TEST(GrpcDoorTest, AHealthRequestThatIsNoMessageIsAnInvalidArgument) {
  ScriptedUpstream upstream;
  RunningPortico portico(With(upstream, [](auto&) {}));
  GrpcCaller caller(portico.address());
  for (const char* method : {"grpc.health.v1.Health/Check", "grpc.health.v1.Health/Watch"}) {
    const auto stream = caller.OpenWithBytes(method, "\xff");
    EXPECT_EQ(stream->Next(), std::nullopt);
    EXPECT_EQ(stream->Finish().status.error_code(), StatusCode::INVALID_ARGUMENT) << method;
  }
}

template <typename Stub, typename Request, typename Response>
Response Reflect(Stub& stub, const Request& request) {
  grpc::ClientContext context;
  const auto stream = stub.ServerReflectionInfo(&context);
  Response response;
  EXPECT_TRUE(stream->Write(request));
  EXPECT_TRUE(stream->Read(&response));
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
  return response;
}

TEST(GrpcDoorTest, ReflectionListsTheServicesUnderBothNames) {
  namespace v1 = grpc::reflection::v1;
  ScriptedUpstream upstream;
  RunningPortico portico(With(upstream, [](auto&) {}));
  GrpcCaller caller(portico.address());
  v1::ServerReflectionRequest request;
  request.set_list_services("");
  const auto stub = v1::ServerReflection::NewStub(caller.channel());
  const auto response = Reflect<v1::ServerReflection::Stub, v1::ServerReflectionRequest,
                                v1::ServerReflectionResponse>(*stub, request);
  std::vector<std::string> names;
  for (const auto& service : response.list_services_response().service()) {
    names.push_back(service.name());
  }
  EXPECT_THAT(names, testing::UnorderedElementsAre(
                         kBackstage, "render.workflows.v1.WorkflowTasksService",
                         "northflank.jobs.v1.JobsService", "grpc.health.v1.Health",
                         "grpc.reflection.v1.ServerReflection",
                         "grpc.reflection.v1alpha.ServerReflection"));
  // v1alpha has the same messages on the wire.
  const auto stream = caller.Open("grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
                                  R"({"listServices":""})");
  EXPECT_THAT(stream->Next().value_or(""), testing::HasSubstr(kBackstage));
}

TEST(GrpcDoorTest, ARequestOverTheLimitIsResourceExhausted) {
  ScriptedUpstream upstream;
  RunningPortico portico(
      With(upstream, [](server::ServeOptions& o) { o.grpc.max_request_bytes = 64 * 1024; }));
  GrpcCaller caller(portico.address());
  const std::string values = std::string(100 * 1024, 'v');
  const GrpcAnswer answer =
      caller.Call(kCreateTask, R"({"templateRef":")" + values + R"(","values":{}})");
  EXPECT_EQ(answer.status.error_code(), StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_TRUE(upstream.requests().empty());
}

TEST(GrpcDoorTest, AnAnswerOverTheLimitIsResourceExhausted) {
  ScriptedUpstream upstream;
  upstream.OnAny(Script::Respond(200, "{\"x\":\"" + std::string(200'000, 'x') + "\"}"));
  RunningPortico portico(
      With(upstream, [](server::ServeOptions& o) { o.invoke.limits.body_bytes = 100'000; }));
  GrpcCaller caller(portico.address());
  const GrpcAnswer answer = caller.Call(kListTasks, "{}");
  EXPECT_EQ(answer.status.error_code(), StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(answer.error_info().reason(), "UPSTREAM_RESPONSE_TOO_LARGE");
  EXPECT_EQ(answer.trailer("grpc-retry-pushback-ms"), "-1");
}

// Requests may come compressed whether or not answers are.
TEST(GrpcDoorTest, CompressedRequestsAndAnswersAreUnderstood) {
  for (const bool compress : {false, true}) {
    SCOPED_TRACE(compress);
    ScriptedUpstream upstream;
    upstream.OnAny(Script::Respond(200, "{\"id\":\"" + std::string(5000, 'x') + "\"}"));
    RunningPortico portico(
        With(upstream, [=](server::ServeOptions& o) { o.grpc.compress = compress; }));
    GrpcCaller caller(portico.address());
    const std::string reference(5000, 'r');
    const GrpcAnswer answer =
        caller.Call(kCreateTask, R"({"templateRef":")" + reference + R"(","values":{}})",
                    [](grpc::ClientContext& context) {
                      context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
                    });
    EXPECT_TRUE(answer.status.ok()) << answer.status.error_message();
    EXPECT_EQ(answer.json.size(), 5000u + 9);
    EXPECT_THAT(upstream.requests().at(0).body, testing::HasSubstr(reference));
  }
}

TEST(GrpcDoorTest, ServesAUnixSocket) {
  ScriptedUpstream upstream;
  upstream.OnAny(Script::Respond(200, "{}"));
  char folder[] = "/tmp/portico-XXXXXX";  // a socket's path may not be longer than 107 bytes
  ASSERT_NE(mkdtemp(folder), nullptr);
  const std::string address = "unix:" + std::string(folder) + "/grpc.sock";
  RunningPortico portico(
      With(upstream, [&](server::ServeOptions& o) { o.grpc.address = address; }));
  EXPECT_EQ(portico.address(), address);
  GrpcCaller caller(address);
  EXPECT_TRUE(caller.Call(kListTasks, "{}").status.ok());
}

TEST(GrpcDoorTest, AnAddressInUseIsAnErrorNotASecondServer) {
  ScriptedUpstream upstream;
  RunningPortico first(With(upstream, [](auto&) {}));
  server::ServeOptions options;
  options.grpc.address = first.address();
  capability::Findings findings;
  const server::Log log(server::LogFormat::kText);
  const auto second = server::PorticoServer::Start(
      options, [](const std::string&) { return std::nullopt; }, log, &findings);
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
}

TEST(GrpcDoorTest, DrainingLetsUnaryCallsFinishAndEndsStreamsResumably) {
  ScriptedUpstream upstream;
  auto answer_now = std::make_shared<Gate>();
  upstream.On("GET /backstage/v2/tasks",
              Script().Await(answer_now).Send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
  upstream.On("GET /backstage/v2/tasks/t1/eventstream",
              Script::EventStream().Chunk("id: 9\ndata: {}\n\n").Hang());
  RunningPortico portico(With(upstream, [](auto&) {}));
  GrpcCaller caller(portico.address());
  HealthWatch watch(caller, kBackstage);
  EXPECT_EQ(watch.Next(), HealthCheckResponse::SERVING);
  const auto stream = caller.Open(kEvents, R"({"taskId":"t1"})");
  ASSERT_TRUE(stream->Next().has_value());

  std::vector<std::thread> calls;
  calls.reserve(20);
  std::atomic<int> ok{0};
  for (int i = 0; i < 20; ++i) {
    calls.emplace_back([&] { ok += caller.Call(kListTasks, "{}").status.ok(); });
  }
  ASSERT_TRUE(upstream.WaitForRequests(21));
  std::thread shutdown([&] { portico.server().Shutdown(); });
  EXPECT_EQ(watch.Next(), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(stream->Next(), std::nullopt);
  const GrpcAnswer end = stream->Finish();
  EXPECT_EQ(end.status.error_code(), StatusCode::UNAVAILABLE);
  EXPECT_EQ(end.error_info().reason(), "SHUTTING_DOWN");
  EXPECT_EQ(end.trailer("x-last-event-id"), "9");
  answer_now->Open();
  for (std::thread& call : calls) call.join();
  EXPECT_EQ(ok, 20);
  shutdown.join();
}

// A grace longer than any test: what is waited for never comes.
TEST(GrpcDoorTest, DrainingWaitsForNoHealthWatchOrReflectionStream) {
  namespace v1 = grpc::reflection::v1;
  ScriptedUpstream upstream;
  RunningPortico portico(
      With(upstream, [](server::ServeOptions& o) { o.shutdown_grace = absl::Hours(1); }));
  GrpcCaller caller(portico.address());
  HealthWatch process(caller, "");
  HealthWatch service(caller, kBackstage);
  EXPECT_EQ(process.Next(), HealthCheckResponse::SERVING);
  EXPECT_EQ(service.Next(), HealthCheckResponse::SERVING);
  grpc::ClientContext context;
  const auto stub = v1::ServerReflection::NewStub(caller.channel());
  const auto reflection = stub->ServerReflectionInfo(&context);
  v1::ServerReflectionRequest question;
  question.set_list_services("");
  v1::ServerReflectionResponse answer;
  ASSERT_TRUE(reflection->Write(question) && reflection->Read(&answer));

  portico.server().Shutdown();
  for (HealthWatch* watch : {&process, &service}) {
    EXPECT_EQ(watch->Next(), HealthCheckResponse::NOT_SERVING);
    EXPECT_EQ(watch->Next(), HealthCheckResponse::UNKNOWN);
    EXPECT_EQ(watch->End(), StatusCode::UNAVAILABLE);
  }
  EXPECT_FALSE(reflection->Read(&answer));
  EXPECT_EQ(reflection->Finish().error_code(), StatusCode::UNAVAILABLE);
}

}  // namespace
}  // namespace portico
