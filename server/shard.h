// What one event loop owns for as long as the process runs: its upstream client, with
// the connections that it keeps.
#ifndef PORTICO_SERVER_SHARD_H_
#define PORTICO_SERVER_SHARD_H_

#include <memory>

#include "core/loop/event_loop.h"
#include "core/upstream/upstream_client.h"

namespace portico::server {

struct Shard {
  loop::EventLoop* loop = nullptr;
  // Made and destroyed on the loop's thread.
  std::unique_ptr<upstream::UpstreamClient> client;
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_SHARD_H_
