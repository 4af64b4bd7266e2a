// The codecs against Protobuf's own JSON parser and printer, on a recorded task and
// on a list of about 100 KB of such tasks.
//
//   bazel run //bench:codec_bench
//
// Compare the rates (bytes of JSON a second) of one run with each other; times on a
// shared machine say little.
#include <benchmark/benchmark.h>
#include <google/protobuf/util/json_util.h>

#include <string>

#include "backstage/scaffolder/v1/tasks.pb.h"
#include "core/codec/message_codec.h"

namespace portico {
namespace {

using backstage::scaffolder::v1::ListTasksResponse;
using backstage::scaffolder::v1::Task;

// As Backstage 1.55 answered it.
constexpr char kTask[] =
    R"json({"id":"851c1d88-2bbd-4cbc-8dfe-2d6f587104d9","spec":{"apiVersion":"scaffolder.backstage.io/v1beta3","steps":[{"id":"hello","name":"Say hello","action":"debug:log","input":{"message":"hello ${{ parameters.name }}"}},{"id":"pause","name":"Pause","action":"debug:wait","input":{"seconds":"${{ parameters.seconds | default(2) }}"}},{"id":"bye","name":"Say bye","action":"debug:log","input":{"message":"bye ${{ parameters.name }}","listWorkspace":true}}],"output":{"links":[{"title":"Result","url":"https://example.invalid/${{ parameters.name }}"}],"text":[{"title":"Done","content":"made ${{ parameters.name }}"}]},"parameters":{"name":"alpha","seconds":2},"user":{},"templateInfo":{"entityRef":"template:default/quick","baseUrl":"file:///srv/backstage/catalog/entities.yaml","entity":{"metadata":{"namespace":"default","annotations":{"backstage.io/managed-by-location":"file:/srv/backstage/catalog/entities.yaml","backstage.io/managed-by-origin-location":"file:/srv/backstage/catalog/entities.yaml"},"name":"quick","title":"Quick","description":"logs, waits 2 s, logs","uid":"ff29ff10-0a05-4bd2-9cd5-48cff15175d2","etag":"54df4782543febcbe10626a7cd35a12c6da0e400"}}}},"status":"completed","createdAt":"2026-11-21T22:39:20.000Z","lastHeartbeatAt":"2026-11-21T22:39:23.000Z"})json";

struct Sample {
  std::string json;
  codec::MessageCodec codec;
  std::string wire;
};

template <class Message>
Sample MakeSample(std::string json) {
  Sample sample{std::move(json), *codec::MessageCodec::Compile(Message::descriptor()), {}};
  if (!sample.codec.JsonToWire(sample.json, &sample.wire).ok()) std::abort();
  return sample;
}

// Of Task, or of ListTasksResponse.
template <class Message>
Sample MakeSample();
template <>
Sample MakeSample<Task>() {
  return MakeSample<Task>(std::string(kTask));
}
template <>
Sample MakeSample<ListTasksResponse>() {
  std::string json = R"({"tasks":[)";
  for (int i = 0; i < 80; ++i) {
    if (i > 0) json += ',';
    json += kTask;
  }
  return MakeSample<ListTasksResponse>(json + R"(],"totalTasks":80})");
}

void CountBytes(benchmark::State& state, const Sample& sample) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(sample.json.size()));
}

template <class Message>
void CodecJsonToWire(benchmark::State& state) {
  const Sample sample = MakeSample<Message>();
  std::string wire;
  for (auto _ : state) {
    wire.clear();
    if (!sample.codec.JsonToWire(sample.json, &wire).ok()) state.SkipWithError("failed");
    benchmark::DoNotOptimize(wire.data());
  }
  CountBytes(state, sample);
}

// Every answer in a string of its own, as a server has it.
template <class Message>
void CodecJsonToFreshWire(benchmark::State& state) {
  const Sample sample = MakeSample<Message>();
  for (auto _ : state) {
    std::string wire;
    if (!sample.codec.JsonToWire(sample.json, &wire).ok()) state.SkipWithError("failed");
    benchmark::DoNotOptimize(wire.data());
  }
  CountBytes(state, sample);
}

template <class Message>
void CodecWireToJson(benchmark::State& state) {
  const Sample sample = MakeSample<Message>();
  std::string json;
  for (auto _ : state) {
    json.clear();
    if (!sample.codec.WireToJson(sample.wire, &json).ok()) state.SkipWithError("failed");
    benchmark::DoNotOptimize(json.data());
  }
  CountBytes(state, sample);
}

// JSON to wire bytes by way of a message.
template <class Message>
void ProtobufJsonToWire(benchmark::State& state) {
  const Sample sample = MakeSample<Message>();
  for (auto _ : state) {
    Message message;
    if (!google::protobuf::util::JsonStringToMessage(sample.json, &message).ok()) {
      state.SkipWithError("failed");
    }
    benchmark::DoNotOptimize(message.SerializeAsString());
  }
  CountBytes(state, sample);
}

// JsonStringToMessage alone, without the serialising.
template <class Message>
void ProtobufJsonStringToMessage(benchmark::State& state) {
  const Sample sample = MakeSample<Message>();
  for (auto _ : state) {
    Message message;
    if (!google::protobuf::util::JsonStringToMessage(sample.json, &message).ok()) {
      state.SkipWithError("failed");
    }
    benchmark::DoNotOptimize(&message);
  }
  CountBytes(state, sample);
}

template <class Message>
void ProtobufMessageToJsonString(benchmark::State& state) {
  const Sample sample = MakeSample<Message>();
  Message message;
  if (!message.ParseFromString(sample.wire)) state.SkipWithError("failed");
  for (auto _ : state) {
    std::string json;
    if (!google::protobuf::util::MessageToJsonString(message, &json).ok()) {
      state.SkipWithError("failed");
    }
    benchmark::DoNotOptimize(json.data());
  }
  CountBytes(state, sample);
}

// What a server would do that has wire bytes in hand.
template <class Message>
void ProtobufWireToJson(benchmark::State& state) {
  const Sample sample = MakeSample<Message>();
  for (auto _ : state) {
    Message message;
    std::string json;
    if (!message.ParseFromString(sample.wire) ||
        !google::protobuf::util::MessageToJsonString(message, &json).ok()) {
      state.SkipWithError("failed");
    }
    benchmark::DoNotOptimize(json.data());
  }
  CountBytes(state, sample);
}

BENCHMARK_TEMPLATE(CodecJsonToWire, Task);
BENCHMARK_TEMPLATE(CodecJsonToFreshWire, Task);
BENCHMARK_TEMPLATE(ProtobufJsonStringToMessage, Task);
BENCHMARK_TEMPLATE(ProtobufJsonToWire, Task);
BENCHMARK_TEMPLATE(CodecWireToJson, Task);
BENCHMARK_TEMPLATE(ProtobufMessageToJsonString, Task);
BENCHMARK_TEMPLATE(ProtobufWireToJson, Task);
BENCHMARK_TEMPLATE(CodecJsonToWire, ListTasksResponse);
BENCHMARK_TEMPLATE(CodecJsonToFreshWire, ListTasksResponse);
BENCHMARK_TEMPLATE(ProtobufJsonStringToMessage, ListTasksResponse);
BENCHMARK_TEMPLATE(ProtobufJsonToWire, ListTasksResponse);
BENCHMARK_TEMPLATE(CodecWireToJson, ListTasksResponse);
BENCHMARK_TEMPLATE(ProtobufMessageToJsonString, ListTasksResponse);
BENCHMARK_TEMPLATE(ProtobufWireToJson, ListTasksResponse);

}  // namespace
}  // namespace portico

BENCHMARK_MAIN();
