// What one event loop owns: its upstream client and its invoker. Shards share
// nothing that changes but UpstreamHealth, which is made for it.
#ifndef PORTICO_SERVER_SHARD_H_
#define PORTICO_SERVER_SHARD_H_

#include <memory>

#include "core/invoke/invoker.h"
#include "core/loop/event_loop.h"
#include "core/upstream/upstream_client.h"

namespace portico::server {

struct Shard {
  loop::EventLoop* loop = nullptr;
  // Made and destroyed on the loop's thread.
  std::unique_ptr<upstream::UpstreamClient> client;
  std::unique_ptr<invoke::Invoker> invoker;
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_SHARD_H_
