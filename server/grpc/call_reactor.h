// One RPC from its first byte to its status: what unary and streaming calls
// have in common.
//
// Threads: gRPC calls back on its own threads; each callback only posts to the
// call's event loop, where all state lives, so nothing is locked and nothing of
// gRPC's is ever blocked. Finish and StartWrite are called by the loop's thread.
// The reactor keeps itself alive until gRPC says OnDone; tasks hold it besides.
#ifndef PORTICO_SERVER_GRPC_CALL_REACTOR_H_
#define PORTICO_SERVER_GRPC_CALL_REACTOR_H_

#include <grpcpp/generic/async_generic_service.h>

#include <memory>
#include <string>

#include "core/invoke/invoker.h"
#include "server/grpc/method_table.h"
#include "server/lane.h"

namespace portico::server {

class CallReactor : public grpc::ServerGenericBidiReactor,
                    public std::enable_shared_from_this<CallReactor>,
                    protected invoke::OutcomeReceiver {
 public:
  // `served` is of the lane's generation.
  CallReactor(grpc::GenericCallbackServerContext* context, const ServedMethod& served,
              std::shared_ptr<Lane> lane);

  // Starts reading the request. `this` must be owned by a shared_ptr.
  void Begin();

 protected:
  // The upstream call is under way. Loop thread.
  virtual void OnStarted() = 0;
  // The caller is gone or its deadline passed; the upstream call is closed
  // already. Must lead to SendStatus. Loop thread.
  virtual void OnAbandoned() = 0;

  // Runs `task` on the loop, keeping this alive until it ran. Any thread.
  template <typename Task>
  void OnLoop(Task task) {
    lane_->loop.Post([self = shared_from_this(), task = std::move(task)]() mutable { task(); });
  }

  // Loop thread. Sends an error as the RPC's end; once.
  void FinishWith(const invoke::CallError& error);
  const plan::Operation& operation() const { return *served_.method->operation; }
  const plan::Upstream& upstream() const;
  // What the caller's leaving is called: CANCELLED or DEADLINE_EXCEEDED.
  invoke::CallError Abandonment() const;
  // An event stream's place, for the caller to resume from; empty when unknown.
  std::string last_event_id() const;

  grpc::GenericCallbackServerContext* const context_;
  const std::shared_ptr<Lane> lane_;
  const ServedMethod& served_;
  std::unique_ptr<invoke::Invocation> invocation_;  // loop thread only
  bool abandoned_ = false;                          // loop thread only
  bool finished_ = false;                           // loop thread only

 private:
  void OnReadDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

  // The Call that the request's bytes ask for, or why they do not. gRPC's thread.
  bool Decode(invoke::Call* call, invoke::CallError* error);
  void Start(invoke::Call call);

  std::shared_ptr<CallReactor> self_;  // until OnDone
  grpc::ByteBuffer request_;
  std::string resource_;  // last path parameter: what the call is about
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_GRPC_CALL_REACTOR_H_
