#include "core/plan/route_compiler.h"

#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "core/plan/binding_compiler.h"
#include "core/plan/operation_compiler.h"

namespace portico::plan {

using capability::FindingLog;

void RouteCompiler::Compile(const capability::Expose& expose, std::size_t file, FindingLog* log) {
  calls_.clear();
  for (const capability::ExposedResource& resource : expose.resources) {
    const std::string key = absl::StrCat(resource.position.key, ".path");
    const absl::StatusOr<PathTemplate> path = PathTemplate::Parse(resource.path.text);
    if (!path.ok())
      log->Error(capability::Rule::kBadPath, resource.path.line, key,
                 std::string(path.status().message()));
    for (const capability::ExposedOperation& operation : resource.operations) {
      CompileOperation(expose, operation, path.ok() ? *path : PathTemplate(), file, log);
    }
  }
}

void RouteCompiler::CompileOperation(const capability::Expose& expose,
                                     const capability::ExposedOperation& written,
                                     const PathTemplate& path, std::size_t file, FindingLog* log) {
  Route route;
  route.path = path;
  route.place = {log->file(), written.position.line};
  route.http_method =
      CompileHttpMethod(written.method, absl::StrCat(written.position.key, ".method"), log);
  const std::string& call = written.call.operation.text;
  const CallResolver::Target target = resolver_->Resolve(file, call, calls_[call]++);
  if (!target.problem.empty()) {
    log->Error(capability::Rule::kUnresolvedCall, written.call.operation.line,
               absl::StrCat(written.position.key, ".call"), target.problem);
  }
  CheckOutputs(written.outputs, log);
  if (target.operation == nullptr) return;
  route.operation = target.operation->operation.get();
  route.description =
      written.description.present() ? written.description.text : route.operation->description;
  route.bindings = CompileBindings({&written.call, written.position, expose.space.text, &path},
                                   *target.operation, log);
  if (Claim(route, written.position.key, log)) draft_->routes.push_back(std::move(route));
}

bool RouteCompiler::Claim(const Route& route, const std::string& key, FindingLog* log) {
  const std::string name = absl::StrCat(route.http_method, " ", route.path.Shape());
  const auto [first, fresh] = places_.emplace(name, route.place);
  if (!fresh) {
    log->Warn(capability::Rule::kRouteClash, route.place.line, key,
              absl::StrCat("the route ", route.http_method, " ", route.path.text(),
                           " is already served from ", first->second.file, ":", first->second.line,
                           "; this one is left out"));
  }
  return fresh;
}

}  // namespace portico::plan
