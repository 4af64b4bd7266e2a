// Capability files from disk, or the built-in ones, compiled with the typed
// services that are linked into this binary.
#ifndef PORTICO_SERVER_PLAN_LOADER_H_
#define PORTICO_SERVER_PLAN_LOADER_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/capability/finding.h"
#include "core/plan/base_uri_template.h"
#include "core/plan/plan.h"
#include "server/source_files.h"

namespace google::protobuf {
class ServiceDescriptor;
}  // namespace google::protobuf

namespace portico::server {

// Base URIs by namespace of `consumes`.
using BaseUris = std::vector<std::pair<std::string, std::string>>;

struct PlanSources {
  // Files, or folders whose *.yaml and *.yml are taken in the order of their
  // names; none: the built-in three. What they import is read along; files in a folder
  // that are only there to be imported serve nothing.
  std::vector<std::string> paths;
  BaseUris base_uris;  // the operator's; each must name a namespace that is loaded
  BaseUris stand_ins;  // used for the namespaces that are loaded and not in base_uris
  // Overlay files or folders, in order; what a later one says of the same counts.
  std::vector<std::string> overlays = {};
  bool allow_caller_authorization = false;    // plan::CompileOptions
  plan::BaseUriValues environment = nullptr;  // plan::CompileOptions
  bool advise = false;  // notes and advice on the files, too (`portico check`)
  // A file of `paths` that is an overlay is taken as one, after `overlays`; otherwise that is
  // an error. One in a folder always is.
  bool overlays_among_paths = false;
};

// In place of a path: the overlays for the built-in capabilities, which travel in the
// binary (capabilities/overlays). Those of namespaces that are not loaded are left out.
inline constexpr char kBuiltInOverlays[] = "builtin";

// Null when any finding is an error. What is read, is read by `files`, where it counts.
std::shared_ptr<const plan::Plan> LoadPlan(const PlanSources& sources, SourceFiles* files,
                                           capability::Findings* findings);
// Once, and never again.
std::shared_ptr<const plan::Plan> LoadPlan(const PlanSources& sources,
                                           capability::Findings* findings);

// The hand-written services (proto/), in the order of their capability files.
std::vector<const google::protobuf::ServiceDescriptor*> TypedServices();

}  // namespace portico::server

#endif  // PORTICO_SERVER_PLAN_LOADER_H_
