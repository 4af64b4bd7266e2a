// A Plan in the making: what the compilers fill in one after the other, with
// what they need to know of the file and the Plan does not keep.
//
// Not thread-safe. Operations stay where they are while the draft grows, so
// pointers to them hold.
#ifndef PORTICO_CORE_PLAN_PLAN_DRAFT_H_
#define PORTICO_CORE_PLAN_PLAN_DRAFT_H_

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "core/capability/capability.h"
#include "core/plan/library.h"
#include "core/plan/operation.h"
#include "core/plan/plan.h"

namespace portico::plan {

struct DraftOperation {
  std::unique_ptr<Operation> operation;
  std::size_t file = 0;      // index of its capability
  std::string written_name;  // Operation::name may have a suffix
  std::string body_name;     // what the file calls the body; empty without one
  // Names of inputs that are never taken from a caller (Accept, Host, ...).
  std::vector<std::string> untaken;
  // Entries of `with` that are constants of the operation already (preset_operation.h).
  std::vector<std::string> preset;
  // As the file says it of its answer; null of a composition. The Capability's.
  const std::vector<capability::OutputParameter>* outputs = nullptr;
  std::string raw_format;  // `outputRawFormat`

  bool IsPreset(const std::string& entry) const {
    return std::find(preset.begin(), preset.end(), entry) != preset.end();
  }
};

// An `exposes` entry of type grpc.
struct DraftService {
  std::size_t file = 0;  // index of its capability
  std::string package;   // empty: made of a namespace
  std::string name;      // the same
  std::string description;
  std::vector<Tool> procedures;
};

struct PlanDraft {
  // Of the synthesised services; null without any.
  std::shared_ptr<const google::protobuf::DescriptorPool> descriptors;
  std::vector<Upstream> upstreams;
  std::vector<std::unique_ptr<DraftOperation>> operations;
  std::vector<DraftService> services;
  std::vector<Method> methods;
  std::vector<Route> routes;
  std::vector<Tool> tools;
  std::vector<Resource> resources;
  std::vector<Prompt> prompts;
  std::vector<std::unique_ptr<const Access>> accesses;
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_PLAN_DRAFT_H_
