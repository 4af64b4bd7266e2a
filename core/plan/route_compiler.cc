#include "core/plan/route_compiler.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/plan/binding_compiler.h"
#include "core/plan/name_folding.h"
#include "core/plan/operation_compiler.h"
#include "core/plan/recipe_resolver.h"
#include "core/plan/written_path.h"

namespace portico::plan {

using capability::FindingLog;
using capability::InputParameter;

namespace {

// Published files leave it out; the resource and the method tell it too.
std::string NameOf(const capability::ExposedResource& resource,
                   const capability::ExposedOperation& written) {
  if (!written.name.text.empty()) return written.name.text;
  const std::string& of = resource.name.text.empty() ? resource.path.text : resource.name.text;
  return FoldName(absl::StrCat(written.method.text, " ", of));
}

template <typename Visitor>
void ForInputs(const capability::ExposedOperation& written,
               const capability::ExposedResource& resource, const char* location,
               const Visitor& visit) {
  for (const auto* inputs : {&written.inputs, &resource.inputs}) {
    for (const InputParameter& input : *inputs) {
      if (input.location.text == location) visit(input.name.text);
    }
  }
}

// What a route says of a function's inputs: where they come from in a request.
void AdaptFunction(const capability::ExposedOperation& written,
                   const capability::ExposedResource& resource, const std::string& http_method,
                   DraftOperation* function) {
  Operation& operation = *function->operation;
  ForInputs(written, resource, "header", [&](const std::string& name) {
    for (Parameter& parameter : operation.parameters) {
      if (FoldName(parameter.name) == FoldName(name)) {
        parameter.location = ParameterLocation::kHeader;
      }
    }
  });
  const bool has_body = http_method == "POST" || http_method == "PUT" || http_method == "PATCH";
  if (!has_body || operation.body != BodyUse::kNone || operation.parameters.empty()) return;
  operation.body = BodyUse::kOptional;
  function->body_name = "body";
}

// Inputs that are members of the body have no place of their own in the request.
void DropMembers(const capability::ExposedOperation& written,
                 const capability::ExposedResource& resource, std::vector<Binding>* bindings) {
  ForInputs(written, resource, "body", [&](const std::string& name) {
    bindings->erase(std::remove_if(bindings->begin(), bindings->end(),
                                   [&](const Binding& binding) {
                                     return binding.parameter != "body" &&
                                            FoldName(binding.parameter) == FoldName(name);
                                   }),
                    bindings->end());
  });
}

}  // namespace

void RouteCompiler::Compile(const capability::Expose& expose, std::size_t file, FindingLog* log) {
  calls_.clear();
  for (const capability::ExposedResource& resource : expose.resources) {
    const std::string key = absl::StrCat(resource.position.key, ".path");
    std::string cleaned = CleanPath(resource.path.text);
    cleaned = cleaned.substr(0, cleaned.find('?'));
    if (cleaned != resource.path.text) {
      log->Warn(capability::Rule::kBadPath, resource.path.line, key,
                absl::StrCat("is served as ", cleaned));
    }
    const absl::StatusOr<PathTemplate> path = PathTemplate::Parse(cleaned);
    if (!path.ok()) {
      log->Error(capability::Rule::kBadPath, resource.path.line, key,
                 std::string(path.status().message()));
    } else if (absl::StrContains(path->Shape(), "{}{}")) {
      log->Error(capability::Rule::kBadPath, resource.path.line, key,
                 "has two placeholders side by side: no request says where the first ends");
    }
    for (const capability::ExposedOperation& operation : resource.operations) {
      CompileOperation(expose, resource, operation, path.ok() ? *path : PathTemplate(), file, log);
    }
  }
}

void RouteCompiler::CompileOperation(const capability::Expose& expose,
                                     const capability::ExposedResource& resource,
                                     const capability::ExposedOperation& written,
                                     const PathTemplate& path, std::size_t file, FindingLog* log) {
  Route route;
  route.path = path;
  route.place = {log->file(), written.position.line};
  route.http_method =
      CompileHttpMethod(written.method, absl::StrCat(written.position.key, ".method"), log);
  RecipeSite site = {&written, written.position, NamespaceOf(expose, "rest")};
  site.name = NameOf(resource, written);
  site.description = written.description.text;
  site.http_method = route.http_method;
  site.route = &path;
  site.more_inputs = &resource.inputs;
  const ResolvedRecipe resolved = ResolveRecipe(site, file, &calls_, resolver_, compositions_, log);
  if (resolved.operation == nullptr) return;
  if (written.ref.present())
    AdaptFunction(written, resource, route.http_method, resolved.operation);
  route.operation = resolved.operation->operation.get();
  route.description =
      written.description.text.empty() ? route.operation->description : written.description.text;
  route.bindings = CompileBindings(
      {resolved.call, written.position, expose.space.text, &path,
       resolved.call == &written.call ? InputNames(site) : std::vector<std::string>{}},
      *resolved.operation, log);
  if (route.operation->composition != nullptr) DropMembers(written, resource, &route.bindings);
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
