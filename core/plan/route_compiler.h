// The routes of `exposes` entries of type rest.
//
// Not thread-safe. What the constructor is given must outlive the compiler.
#ifndef PORTICO_CORE_PLAN_ROUTE_COMPILER_H_
#define PORTICO_CORE_PLAN_ROUTE_COMPILER_H_

#include <cstddef>
#include <map>
#include <string>

#include "core/capability/capability.h"
#include "core/capability/finding_log.h"
#include "core/plan/call_resolver.h"
#include "core/plan/composition_compiler.h"
#include "core/plan/plan_draft.h"

namespace portico::plan {

class RouteCompiler {
 public:
  RouteCompiler(PlanDraft* draft, CallResolver* resolver, CompositionCompiler* compositions)
      : draft_(draft), resolver_(resolver), compositions_(compositions) {}

  // Adds the routes of one entry of capability `file`. A route that another one
  // of the same method and shape precedes is left out with a warning.
  void Compile(const capability::Expose& expose, std::size_t file, capability::FindingLog* log);

 private:
  void CompileOperation(const capability::Expose& expose,
                        const capability::ExposedResource& resource,
                        const capability::ExposedOperation& written, const PathTemplate& path,
                        std::size_t file, capability::FindingLog* log);
  // Whether the route is the first of its method and shape.
  bool Claim(const Route& route, const std::string& key, capability::FindingLog* log);

  PlanDraft* draft_;
  CallResolver* resolver_;
  CompositionCompiler* compositions_;
  std::map<std::string, capability::Place> places_;  // by method and shape
  std::map<std::string, std::size_t> calls_;         // of one entry, by what is called
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_ROUTE_COMPILER_H_
