// Holds many GetTaskEventStream calls open and checks what they bring.
//
// Usage: stream_load GRPC_ADDRESS TASK_ID STREAMS STALLED SECONDS
// The task must emit `log` events whose message is `tick N`, N counting up.
// STALLED of the streams never read. Prints `open` once every stream has begun,
// then after SECONDS one JSON line: events, streams that lost or reordered one,
// streams that ended early. Exit 1 when any did.
#include <grpcpp/create_channel.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "backstage/scaffolder/v1/tasks.grpc.pb.h"

namespace {

namespace api = backstage::scaffolder::v1;

// gRPC multiplexes this many streams over one connection.
constexpr int kStreamsPerChannel = 250;

struct Tally {
  std::atomic<int> begun{0};
  std::atomic<int> ended{0};
  std::atomic<int> wrong{0};
  std::atomic<long> events{0};
  std::atomic<bool> stopping{false};
};

class Reader final : public grpc::ClientReadReactor<api::GetTaskEventStreamResponse> {
 public:
  Reader(api::TasksService::Stub* stub, const std::string& task, bool reads, Tally* tally)
      : reads_(reads), tally_(tally) {
    request_.set_task_id(task);
    stub->async()->GetTaskEventStream(&context_, &request_, this);
    if (reads_) StartRead(&event_);
    AddHold();  // a stalled stream has no operation of its own under way
    StartCall();
  }

 private:
  void OnReadInitialMetadataDone(bool ok) override {
    if (ok) tally_->begun.fetch_add(1);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return;
    tally_->events.fetch_add(1);
    long tick = -1;
    if (std::sscanf(event_.task_event().body().message().c_str(), "tick %ld", &tick) == 1) {
      if (last_ >= 0 && tick != last_ + 1) tally_->wrong.fetch_add(1);
      last_ = tick;
    }
    StartRead(&event_);
  }

  void OnDone(const grpc::Status& status) override {
    if (!tally_->stopping) {
      tally_->ended.fetch_add(1);
      std::fprintf(stderr, "ended early: %d %s\n", status.error_code(),
                   status.error_message().c_str());
    }
  }

  const bool reads_;
  Tally* const tally_;
  grpc::ClientContext context_;
  api::GetTaskEventStreamRequest request_;
  api::GetTaskEventStreamResponse event_;
  long last_ = -1;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) {
    std::fprintf(stderr, "usage: stream_load GRPC_ADDRESS TASK_ID STREAMS STALLED SECONDS\n");
    return 2;
  }
  const std::string address = argv[1], task = argv[2];
  const int streams = std::atoi(argv[3]), stalled = std::atoi(argv[4]);
  const std::chrono::seconds duration(std::atoi(argv[5]));

  Tally tally;
  std::vector<std::unique_ptr<api::TasksService::Stub>> stubs;
  std::vector<std::unique_ptr<Reader>> readers;
  for (int i = 0; i < streams; ++i) {
    if (i % kStreamsPerChannel == 0) {
      grpc::ChannelArguments arguments;
      arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // a connection of its own
      stubs.push_back(api::TasksService::NewStub(
          grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments)));
    }
    readers.push_back(std::make_unique<Reader>(stubs.back().get(), task, i >= stalled, &tally));
  }
  while (tally.begun < streams && tally.ended == 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  std::printf("open\n");
  std::fflush(stdout);
  std::this_thread::sleep_for(duration);

  std::printf(
      "{\"streams\":%d,\"stalled\":%d,\"begun\":%d,\"events\":%ld,\"wrong\":%d,"
      "\"ended_early\":%d}\n",
      streams, stalled, tally.begun.load(), tally.events.load(), tally.wrong.load(),
      tally.ended.load());
  std::fflush(stdout);
  tally.stopping = true;
  // The process's end closes the streams; tearing each down would only cost time.
  std::_Exit(tally.wrong == 0 && tally.ended == 0 && tally.begun == streams ? 0 : 1);
}
