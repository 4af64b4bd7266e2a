// A call that stays open for as long as its client likes: a health watch, a
// reflection stream. A shutdown ends such calls rather than wait for them.
//
// Threads: gRPC's callbacks only post; everything else is on the one loop that
// all standing calls share. One read and one write at a time.
#ifndef PORTICO_SERVER_GRPC_STANDING_CALL_H_
#define PORTICO_SERVER_GRPC_STANDING_CALL_H_

#include <grpcpp/generic/async_generic_service.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "core/loop/event_loop.h"

namespace portico::server {

class StandingCall;

// Those that are open. Touched on the loop only, which must run until the calls'
// server is down.
struct StandingCalls {
  explicit StandingCalls(loop::EventLoop& its_loop) : loop(its_loop) {}

  loop::EventLoop& loop;
  absl::flat_hash_set<StandingCall*> open;
  bool ending = false;  // each says what it has to say, and ends
};

// Ends them all, and each that begins later. Any thread.
void EndStandingCalls(const std::shared_ptr<StandingCalls>& calls);

class StandingCall : public grpc::ServerGenericBidiReactor,
                     public std::enable_shared_from_this<StandingCall> {
 public:
  explicit StandingCall(std::shared_ptr<StandingCalls> calls) : calls_(std::move(calls)) {}

  // Starts reading. `this` must be owned by a shared_ptr.
  void Begin();

  // A shutdown has begun: the call is to finish soon. Loop.
  virtual void OnEnding() = 0;

 protected:
  // Loop. None is called after FinishWith, but for OnClosed, which is the last.
  virtual void OnRequest(const grpc::ByteBuffer& request) = 0;
  virtual void OnNoRequest() = 0;  // no more, or one that gRPC cannot read
  virtual void OnWritten() = 0;
  virtual void OnClosed() {}

  // Loop. Nothing is done after FinishWith.
  void Read();
  void Write(const std::string& message);
  void FinishWith(const grpc::Status& status);

  bool ending() const { return calls_->ending; }
  static grpc::Status ShuttingDown();

 private:
  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

  template <typename Task>
  void OnLoop(Task task) {
    calls_->loop.Post([self = shared_from_this(), task = std::move(task)] { task(); });
  }

  const std::shared_ptr<StandingCalls> calls_;
  std::shared_ptr<StandingCall> self_;  // until OnDone
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  bool finished_ = false;  // loop only
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_GRPC_STANDING_CALL_H_
