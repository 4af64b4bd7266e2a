#include "core/plan/http_rule.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/plan/name_folding.h"
#include "google/api/annotations.pb.h"

namespace portico::plan {
namespace {

using google::protobuf::MethodDescriptor;

HttpRule::Face FaceOf(const google::api::HttpRule& rule) {
  switch (rule.pattern_case()) {
    case google::api::HttpRule::kGet:
      return {"GET", rule.get()};
    case google::api::HttpRule::kPut:
      return {"PUT", rule.put()};
    case google::api::HttpRule::kPost:
      return {"POST", rule.post()};
    case google::api::HttpRule::kDelete:
      return {"DELETE", rule.delete_()};
    case google::api::HttpRule::kPatch:
      return {"PATCH", rule.patch()};
    case google::api::HttpRule::kCustom:
      return {rule.custom().kind(), rule.custom().path()};
    case google::api::HttpRule::PATTERN_NOT_SET:
      break;
  }
  return {};
}

// Why the placeholders are not fields of the request; empty when they are.
std::string PlaceholderProblem(const PathTemplate& path, const MethodDescriptor& method) {
  for (const std::string& name : path.placeholders()) {
    if (method.input_type()->FindFieldByName(name) == nullptr) {
      return absl::StrCat("{", name, "} in the path of google.api.http names no field of ",
                          method.input_type()->full_name());
    }
  }
  return "";
}

bool SamePath(const PathTemplate& a, const PathTemplate& b) {
  return a.Shape() == b.Shape() &&
         std::equal(a.placeholders().begin(), a.placeholders().end(), b.placeholders().begin(),
                    b.placeholders().end(), [](const std::string& x, const std::string& y) {
                      return SqueezeName(x) == SqueezeName(y);
                    });
}

std::string CompareFace(const HttpRule::Face& face, const MethodDescriptor& method,
                        const std::vector<const Route*>& routes) {
  const absl::StatusOr<PathTemplate> path = PathTemplate::Parse(face.path);
  if (!path.ok()) {
    return absl::StrCat("google.api.http has the path ", face.path, ": ",
                        std::string(path.status().message()));
  }
  if (std::string problem = PlaceholderProblem(*path, method); !problem.empty()) return problem;
  std::vector<std::string> known;
  for (const Route* route : routes) {
    if (route->http_method == face.http_method && SamePath(route->path, *path)) return "";
    known.push_back(absl::StrCat(route->http_method, " ", route->path.text(), " (",
                                 route->place.file, ":", route->place.line, ")"));
  }
  return absl::StrCat("google.api.http says ", face.http_method, " ", face.path, ", the file ",
                      absl::StrJoin(known, " and "));
}

}  // namespace

std::optional<HttpRule> HttpRuleOf(const MethodDescriptor& method) {
  if (!method.options().HasExtension(google::api::http)) return std::nullopt;
  const google::api::HttpRule& written = method.options().GetExtension(google::api::http);
  HttpRule rule;
  rule.body = written.body();
  rule.response_body = written.response_body();
  rule.faces.push_back(FaceOf(written));
  for (const google::api::HttpRule& more : written.additional_bindings()) {
    rule.faces.push_back(FaceOf(more));
  }
  return rule;
}

std::string CompareWithRoutes(const std::optional<HttpRule>& rule, const MethodDescriptor& method,
                              const std::vector<const Route*>& routes) {
  if (routes.empty()) return "";
  if (!rule.has_value()) {
    return absl::StrCat("has no google.api.http, but the file has the route ",
                        routes[0]->http_method, " ", routes[0]->path.text());
  }
  for (const HttpRule::Face& face : rule->faces) {
    std::string problem = CompareFace(face, method, routes);
    if (!problem.empty()) return problem;
  }
  return "";
}

}  // namespace portico::plan
