// What is kept of the head of a POST to an MCP endpoint.
//
// Plain data; loop thread only.
#ifndef PORTICO_GATEWAY_MCP_POST_HEAD_H_
#define PORTICO_GATEWAY_MCP_POST_HEAD_H_

#include <memory>
#include <string>
#include <vector>

#include "core/invoke/invoker.h"
#include "gateway/mcp/counted_caller.h"
#include "gateway/mcp/endpoint.h"
#include "gateway/mcp/protocol_fields.h"

namespace portico::mcp {

struct PostHead {
  std::string path;
  const Endpoint* endpoint = nullptr;
  invoke::Invoker* invoker = nullptr;
  std::shared_ptr<const void> keep;  // keeps these alive
  ProtocolFields fields;
  std::vector<plan::Header> forwarded;      // invoke::kForwardedHeaders
  std::vector<plan::Header> origin_fields;  // of every answer
  bool takes_events = false;                // Accept names text/event-stream
  std::string caller;                       // for CallBoard
  CountedCaller counted;                    // for RateLimiter
};

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_POST_HEAD_H_
