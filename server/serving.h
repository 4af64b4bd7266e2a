// What is being served: a generation and each loop's lane through it. A reload replaces
// it as a whole.
//
// Threads: as Generation and Lane. Copied freely; whoever holds it keeps the generation.
#ifndef PORTICO_SERVER_SERVING_H_
#define PORTICO_SERVER_SERVING_H_

#include <cstddef>
#include <memory>
#include <vector>

#include "gateway/mcp/mcp_door.h"
#include "gateway/mcp/stdio_session.h"
#include "gateway/rest/rest_door.h"
#include "server/generation.h"
#include "server/lane.h"

namespace portico::server {

struct Serving {
  std::shared_ptr<Generation> generation;
  std::vector<std::shared_ptr<Lane>> lanes;  // by loop

  // What each kind of door is handed of it, on loop number `loop`.
  rest::Served ForRest(std::size_t loop) const {
    return {lanes[loop]->invoker.get(), &generation->routes(), &generation->pages(), lanes[loop]};
  }
  mcp::Served ForMcp(std::size_t loop) const {
    return {lanes[loop]->invoker.get(), &generation->endpoints(), lanes[loop]};
  }
  // Stdio is served by the first loop.
  mcp::StdioServed ForStdio() const {
    return {lanes[0]->invoker.get(), &generation->endpoints().all(), lanes[0]};
  }
  // gRPC has threads of its own.
  std::shared_ptr<const ServedServices> ForGrpc() const {
    return {generation, &generation->services()};
  }
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_SERVING_H_
