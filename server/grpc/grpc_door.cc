#include "server/grpc/grpc_door.h"

#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <algorithm>
#include <climits>
#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/grpc/generic_service.h"
#include "server/grpc/service_health.h"

namespace portico::server {
namespace {

int Milliseconds(absl::Duration duration) {
  return static_cast<int>(std::min<std::int64_t>(absl::ToInt64Milliseconds(duration), INT_MAX));
}

void Configure(const GrpcDoorOptions& options, grpc::ServerBuilder* builder) {
  builder->SetMaxReceiveMessageSize(options.max_request_bytes);
  builder->SetMaxSendMessageSize(-1);
  const std::pair<const char*, int> arguments[] = {
      // On by default, and would let a second server take half of the calls.
      {GRPC_ARG_ALLOW_REUSEPORT, 0},
      {GRPC_ARG_MAX_CONCURRENT_STREAMS, options.max_streams_per_connection},
      {GRPC_ARG_KEEPALIVE_TIME_MS, Milliseconds(options.keepalive)},
      {GRPC_ARG_KEEPALIVE_TIMEOUT_MS, Milliseconds(options.keepalive_timeout)},
      // A stream may be silent for longer than a client's ping interval.
      {GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1},
      {GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
       Milliseconds(options.min_client_ping_interval)},
      {GRPC_ARG_MAX_CONNECTION_AGE_MS, Milliseconds(options.max_connection_age)},
      {GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, Milliseconds(options.max_connection_age_grace)},
      {GRPC_ARG_MAX_CONNECTION_IDLE_MS, Milliseconds(options.max_connection_idle)},
      // What answers would be compressed by; requests are decompressed by another.
      {GRPC_ARG_ENABLE_PER_MESSAGE_COMPRESSION, options.compress},
  };
  for (const auto& [name, value] : arguments) builder->AddChannelArgument(name, value);
  if (options.compress) builder->SetDefaultCompressionLevel(GRPC_COMPRESS_LEVEL_LOW);
}

class RunningDoor final : public GrpcDoor {
 public:
  RunningDoor(std::shared_ptr<const ServedServices> services,
              std::vector<std::shared_ptr<Lane>> lanes)
      : first_loop_(lanes.front()->loop), service_({std::move(services), std::move(lanes)}) {}

  ~RunningDoor() override { Shutdown(absl::InfinitePast()); }

  absl::Status Listen(const GrpcDoorOptions& options) {
    grpc::ServerBuilder builder;
    Configure(options, &builder);
    int port = 0;
    builder.AddListeningPort(options.address, grpc::InsecureServerCredentials(), &port);
    builder.RegisterCallbackGenericService(&service_);
    server_ = builder.BuildAndStart();
    if (server_ == nullptr || port == 0) {
      return absl::UnavailableError(absl::StrCat("cannot listen on ", options.address,
                                                 " for gRPC: is the address in use or not ours?"));
    }
    address_ = options.address;
    if (!absl::StartsWith(address_, "unix:")) {
      address_ = absl::StrCat(address_.substr(0, address_.rfind(':')), ":", port);
    }
    return absl::OkStatus();
  }

  const std::string& address() const override { return address_; }

  void Serve(std::shared_ptr<const ServedServices> services,
             std::vector<std::shared_ptr<Lane>> lanes, const std::vector<bool>& serving) override {
    const Told next{services.get(),
                    std::make_shared<ServiceHealth>(services->upstreams(), service_.health())};
    service_.Serve({std::move(services), std::move(lanes)});
    // Whoever hears of the health of a service that is new can call it.
    first_loop_.Post([told = told_, next, serving] {
      *told = next;
      told->health->Begin(serving);
    });
  }

  void SetServing(const ServedServices& services, std::size_t upstream, bool serving) override {
    first_loop_.Post([told = told_, services = &services, upstream, serving] {
      if (told->services == services) told->health->SetServing(upstream, serving);
    });
  }

  void AnnounceShutdown() override {
    first_loop_.Post([health = service_.health()] { health->Drain(); });
  }

  void Shutdown(absl::Time deadline) override {
    if (server_ == nullptr) return;
    AnnounceShutdown();
    service_.EndStreams();
    server_->Shutdown(absl::ToChronoTime(deadline));
    server_->Wait();
    server_.reset();
  }

 private:
  // Whose health is told. Touched on the first loop only.
  struct Told {
    const ServedServices* services = nullptr;  // only compared
    std::shared_ptr<ServiceHealth> health;
  };

  loop::EventLoop& first_loop_;  // where health lives
  const std::shared_ptr<Told> told_ = std::make_shared<Told>();
  GenericService service_;
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<GrpcDoor>> GrpcDoor::Start(
    std::shared_ptr<const ServedServices> services, std::vector<std::shared_ptr<Lane>> lanes,
    const GrpcDoorOptions& options) {
  auto door = std::make_unique<RunningDoor>(std::move(services), std::move(lanes));
  const absl::Status listening = door->Listen(options);
  if (!listening.ok()) return listening;
  return door;
}

}  // namespace portico::server
