// One server-streaming RPC over an upstream's event stream.
//
// Back-pressure: one write at a time; when the events that wait exceed
// kQueueLimit the upstream is paused until the reader has caught up.
#ifndef PORTICO_SERVER_GRPC_STREAM_CALL_H_
#define PORTICO_SERVER_GRPC_STREAM_CALL_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "server/grpc/call_reactor.h"

namespace portico::server {

class StreamCall final : public CallReactor {
 public:
  // Bytes of events that wait for the reader before the upstream is paused.
  static constexpr std::size_t kQueueLimit = 64 * 1024;

  // `open` holds the loop's streams, for ending them at shutdown.
  using OpenStreams = absl::flat_hash_set<StreamCall*>;
  StreamCall(grpc::GenericCallbackServerContext* context, const ServedMethod& served,
             std::shared_ptr<Lane> lane, OpenStreams& open);

  // Ends the stream with UNAVAILABLE and the place to resume from. Loop thread.
  void EndForShutdown();

 private:
  void OnStarted() override;
  void OnAbandoned() override;
  upstream::Flow OnEvent(const upstream::SseEvent& event) override;
  void OnOutcome(invoke::Outcome outcome) override;
  void OnWriteDone(bool ok) override;

  void End(std::optional<invoke::CallError> error);
  void RejectEvent(absl::string_view why);
  void Continue();
  void DropWritten();

  OpenStreams& open_;
  std::vector<std::string> waiting_;  // events as wire bytes, oldest first
  std::size_t next_ = 0;              // first of waiting_ not yet written
  std::size_t waiting_bytes_ = 0;
  grpc::ByteBuffer writing_;  // until OnWriteDone
  bool write_pending_ = false;
  bool paused_ = false;
  bool ended_ = false;  // no event will follow; finish when all are written
  std::unique_ptr<const invoke::CallError> error_;  // most streams never have one
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_GRPC_STREAM_CALL_H_
