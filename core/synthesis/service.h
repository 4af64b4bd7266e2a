// What a synthesised service is made of: operations, and what their doors say of
// them. Nothing here comes from YAML.
//
// Plain data; the operations and routes must outlive it.
#ifndef PORTICO_CORE_SYNTHESIS_SERVICE_H_
#define PORTICO_CORE_SYNTHESIS_SERVICE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "core/plan/operation.h"

namespace portico::synthesis {

// One value that callers give: a field of the request.
struct Input {
  std::string name;                     // unique in its Rpc
  std::vector<std::size_t> parameters;  // what it feeds, of Operation::parameters; never empty
};

struct Rpc {
  std::string name;  // an identifier, unique in the service
  std::string description;
  const plan::Operation* operation = nullptr;
  plan::Hints hints;
  std::vector<Input> inputs;
  bool takes_body = false;
  std::vector<const plan::Route*> routes;
};

struct Service {
  std::string package;  // e.g. "northflank_jobs.v1"
  std::string name;     // e.g. "NorthflankJobsService"
  std::string description;
  std::vector<Rpc> rpcs;
};

}  // namespace portico::synthesis

#endif  // PORTICO_CORE_SYNTHESIS_SERVICE_H_
