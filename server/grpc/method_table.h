// What the gRPC door needs to serve each RPC of a Plan: its operation and the
// codecs of its messages, compiled once.
//
// Immutable; any thread. The Plan and its descriptors must outlive it.
#ifndef PORTICO_SERVER_GRPC_METHOD_TABLE_H_
#define PORTICO_SERVER_GRPC_METHOD_TABLE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/codec/answer_codec.h"
#include "core/codec/declared_answer_codec.h"
#include "core/codec/event_codec.h"
#include "core/codec/message_codec.h"
#include "core/codec/request_codec.h"
#include "core/plan/plan.h"

namespace portico::server {

struct ServedMethod {
  const plan::Method* method;
  codec::RequestCodec request;
  std::optional<codec::MessageCodec> response;         // unary, hand-written
  std::optional<codec::DeclaredAnswerCodec> declared;  // unary, synthesised, typed
  std::optional<codec::AnswerCodec> answer;            // unary, synthesised, whatever is answered
  std::optional<codec::EventCodec> event;              // server streaming
};

class MethodTable {
 public:
  // InvalidArgument naming the RPC and field that no codec can serve.
  static absl::StatusOr<MethodTable> Compile(const plan::Plan& plan);

  // By "/package.Service/Method"; null when unknown.
  const ServedMethod* Find(absl::string_view path) const;
  // The known path most like `path`, or empty: for "did you mean".
  std::string Nearest(absl::string_view path) const;
  // Full names of the services, in the Plan's order.
  const std::vector<std::string>& services() const { return services_; }

 private:
  absl::flat_hash_map<std::string, ServedMethod> methods_;
  std::vector<std::string> services_;
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_GRPC_METHOD_TABLE_H_
