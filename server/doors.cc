#include "server/doors.h"

#include "absl/strings/str_cat.h"
#include "core/loop/run_on.h"
#include "server/listen_address.h"
#include "server/tls_port.h"

namespace portico::server {

using loop::RunOn;

Doors::~Doors() {
  Close(absl::Now());
  rest_.reset();
  mcp_.reset();
  for (Shard& shard : shards_) RunOn(*shard.loop, [] {});  // what calls of gRPC's posted
  grpc_.reset();
}

absl::Status Doors::Open(const Serving& first) {
  absl::Status opened = OpenRest(first);
  if (opened.ok()) opened = OpenMcp(first);
  if (opened.ok()) opened = OpenGrpc(first);
  return opened;
}

template <typename PortOptions>
absl::Status Doors::OpenHttp(const std::string& name, const PortOptions& options,
                             const HttpPort::MakeDoor& make_door, std::unique_ptr<HttpPort>* port) {
  if (options.address == "off") return absl::OkStatus();
  auto identity = IdentityOf(name, options.tls_certificate_file, options.tls_key_file, log_);
  if (!identity.ok()) return identity.status();
  auto opened =
      HttpPort::Open(shards_, {options.address, options.limits, *std::move(identity)}, make_door);
  if (!opened.ok()) return opened.status();
  *port = *std::move(opened);
  return absl::OkStatus();
}

absl::Status Doors::OpenRest(const Serving& first) {
  rest::RestOptions options = options_.rest.door;
  options.origins.loopback = IsLoopback(options_.rest.address);
  const auto make_door = [&](Shard& shard) {
    auto door =
        std::make_unique<rest::RestDoor>(*shard.loop, first.ForRest(rest_doors_.size()), options);
    rest_doors_.push_back(door.get());
    return door;
  };
  return OpenHttp("rest", options_.rest, make_door, &rest_);
}

absl::Status Doors::OpenMcp(const Serving& first) {
  const auto make_door = [&](Shard& shard) {
    auto door = std::make_unique<mcp::McpDoor>(*shard.loop, first.ForMcp(mcp_doors_.size()), board_,
                                               mcp_options_);
    mcp_doors_.push_back(door.get());
    return door;
  };
  return OpenHttp("mcp", options_.mcp, make_door, &mcp_);
}

absl::Status Doors::OpenGrpc(const Serving& first) {
  if (options_.grpc.address == "off") return absl::OkStatus();
  auto door = GrpcDoor::Start(first.ForGrpc(), first.lanes, options_.grpc);
  if (!door.ok()) return door.status();
  // Calls may have been answered by now, and found an upstream out of reach.
  RunOn(*shards_.front().loop, [&] {
    grpc_ = *std::move(door);
    ServeGrpc(first);
  });
  return absl::OkStatus();
}

std::vector<std::pair<std::string, std::string>> Doors::addresses() const {
  std::vector<std::pair<std::string, std::string>> bound;
  if (grpc_ != nullptr) bound.emplace_back("grpc", grpc_->address());
  if (rest_ != nullptr) bound.emplace_back("rest", rest_->address());
  if (mcp_ != nullptr) bound.emplace_back("mcp", mcp_->address());
  return bound;
}

openapi::Doors Doors::Documented() const {
  const auto scheme = [](const std::string& certificate) {
    return certificate.empty() ? "http://" : "https://";
  };
  openapi::Doors doors;
  if (rest_ != nullptr) {
    doors.rest = absl::StrCat(scheme(options_.rest.tls_certificate_file), rest_->address());
  }
  doors.grpc = grpc_ == nullptr ? "" : grpc_->address();
  if (mcp_ != nullptr) {
    doors.mcp = absl::StrCat(scheme(options_.mcp.tls_certificate_file), mcp_->address(), "/mcp");
  }
  return doors;
}

void Doors::Serve(const Serving& next) {
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    RunOn(*shards_[i].loop, [&] {
      if (rest_ != nullptr) rest_doors_[i]->Serve(next.ForRest(i));
      if (mcp_ != nullptr) mcp_doors_[i]->Serve(next.ForMcp(i));
    });
  }
  RunOn(*shards_.front().loop, [&] { ServeGrpc(next); });
}

// On the first loop, like SetServing: what is told of an upstream while its readiness is
// looked up here is told after it.
void Doors::ServeGrpc(const Serving& next) {
  if (grpc_ == nullptr) return;
  grpc_->Serve(next.ForGrpc(), next.lanes, next.generation->ReadyUpstreams());
}

void Doors::SetServing(const Generation& generation, std::size_t upstream) {
  if (grpc_ == nullptr) return;
  grpc_->SetServing(generation.services(), upstream,
                    generation.readiness().WhyNot(upstream).empty());
}

void Doors::AnnounceShutdown() {
  if (grpc_ != nullptr) grpc_->AnnounceShutdown();
}

void Doors::Close(absl::Time deadline) {
  for (HttpPort* const port : {rest_.get(), mcp_.get()}) {
    if (port != nullptr) port->BeginDrain();
  }
  if (grpc_ != nullptr) grpc_->Shutdown(deadline);
  for (HttpPort* const port : {rest_.get(), mcp_.get()}) {
    if (port != nullptr) port->AwaitDrained(deadline);
  }
}

}  // namespace portico::server
