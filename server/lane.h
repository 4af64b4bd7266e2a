// One loop's way through a generation: its Invoker, and what that stands on. Every call
// holds the lane on which it began until it has ended, so that a reload takes nothing
// from under it.
//
// Threads: held and let go from any; the Invoker is used on the loop's thread alone.
#ifndef PORTICO_SERVER_LANE_H_
#define PORTICO_SERVER_LANE_H_

#include <memory>
#include <utility>

#include "core/invoke/invoker.h"
#include "core/loop/event_loop.h"

namespace portico::server {

struct Lane {
  loop::EventLoop& loop;
  std::shared_ptr<const void> generation;  // outlives the Invoker
  std::unique_ptr<invoke::Invoker> invoker;
};

// Destroyed by a task of its loop: whoever lets go of it last may be a call inside the
// lane's own Invoker, or a thread of gRPC's.
inline std::shared_ptr<Lane> ShareLane(std::unique_ptr<Lane> lane) {
  return {lane.release(),
          [](Lane* last) { last->loop.Post([owned = std::unique_ptr<Lane>(last)] {}); }};
}

}  // namespace portico::server

#endif  // PORTICO_SERVER_LANE_H_
