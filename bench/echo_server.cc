// A bare typed gRPC server, to compare Portico's cost per call with.
//
// Prints `grpc HOST:PORT`, then `ready`; runs until SIGTERM.
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <signal.h>

#include <iostream>

#include "bench/echo.grpc.pb.h"

namespace {

class Echoing final : public portico::bench::EchoService::CallbackService {
  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context,
                                 const render::workflows::v1::TaskRunDetails* request,
                                 render::workflows::v1::TaskRunDetails* response) override {
    *response = *request;
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
};

}  // namespace

int main() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  Echoing service;
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  const auto server = builder.BuildAndStart();
  std::cout << "grpc 127.0.0.1:" << port << "\nready" << std::endl;

  int received = 0;
  sigwait(&signals, &received);
  server->Shutdown();
  return 0;
}
