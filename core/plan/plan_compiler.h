// Capabilities and Protobuf services in, one immutable Plan out. Every
// cross-check between them lives behind this one function.
#ifndef PORTICO_CORE_PLAN_PLAN_COMPILER_H_
#define PORTICO_CORE_PLAN_PLAN_COMPILER_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/capability/capability.h"
#include "core/capability/finding.h"
#include "core/overlay/overlay.h"
#include "core/plan/base_uri_template.h"
#include "core/plan/plan.h"

namespace google::protobuf {
class ServiceDescriptor;
}  // namespace google::protobuf

namespace portico::plan {

struct CompileOptions {
  // Typed services; each RPC names its operation by (portico.v1.operation).
  // Services of namespaces that no capability declares are left out.
  std::vector<const google::protobuf::ServiceDescriptor*> services;
  // Operator's base URIs by namespace of `consumes`; they replace the file's. An
  // unknown namespace is an error, placed in the "file" --upstream.
  std::vector<std::pair<std::string, std::string>> base_uris;
  // A caller's `Authorization`, where the file declares it as an input, replaces the
  // file's `authentication` for that call.
  bool allow_caller_authorization = false;
  // What the operator says beside the files, in order; base_uris come after it.
  std::vector<overlay::Overlay> overlays = {};
  // Environment variables, for what a base URI leaves open and no overlay fills.
  BaseUriValues environment = nullptr;
};

// Null when any finding that it adds is an error. Findings of all files are
// appended, in the order of the files and lines; those of overlays follow, and those of
// services, keyed by the full name of what they are about.
//
// Several files: where two have the same route or namespace of
// `consumes`, the first wins and the other is left out with a warning that names
// both places; for a namespace that takes along what calls it in that file.
std::shared_ptr<const Plan> CompilePlan(const std::vector<capability::Capability>& capabilities,
                                        const CompileOptions& options,
                                        capability::Findings* findings);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_PLAN_COMPILER_H_
