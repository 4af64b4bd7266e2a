#include "core/synthesis/http_binding.h"

#include <cstddef>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/synthesis/answer_form.h"
#include "core/synthesis/field_names.h"
#include "core/synthesis/request_message.h"
#include "google/api/annotations.pb.h"

namespace portico::synthesis {
namespace {

// The field that the route's placeholder fills; null when there is none.
const std::string* FieldOf(const Rpc& rpc, const plan::Route& route, const std::string& placeholder,
                           const std::vector<std::string>& field_names) {
  for (const plan::Binding& binding : route.bindings) {
    if (binding.caller_name != placeholder) continue;
    for (std::size_t i = 0; i < rpc.inputs.size(); ++i) {
      const std::size_t parameter = rpc.inputs[i].parameters.front();
      if (rpc.operation->parameters[parameter].name == binding.parameter) return &field_names[i];
    }
  }
  return nullptr;
}

std::optional<std::string> PathOf(const Rpc& rpc, const plan::Route& route,
                                  const std::vector<std::string>& field_names) {
  std::vector<std::string> segments = absl::StrSplit(route.path.Shape(), '/');
  auto placeholder = route.path.placeholders().begin();
  for (std::string& segment : segments) {
    if (segment.find('{') == std::string::npos) continue;
    if (segment != "{}") return std::nullopt;
    const std::string* field = FieldOf(rpc, route, *placeholder++, field_names);
    if (field == nullptr) return std::nullopt;
    segment = absl::StrCat("{", *field, "}");
  }
  std::string path;
  for (std::size_t i = 1; i < segments.size(); ++i) absl::StrAppend(&path, "/", segments[i]);
  return path;
}

void SetPattern(const std::string& http_method, std::string path, google::api::HttpRule* rule) {
  if (http_method == "GET") return rule->set_get(std::move(path));
  if (http_method == "PUT") return rule->set_put(std::move(path));
  if (http_method == "POST") return rule->set_post(std::move(path));
  if (http_method == "DELETE") return rule->set_delete_(std::move(path));
  if (http_method == "PATCH") return rule->set_patch(std::move(path));
  rule->mutable_custom()->set_kind(http_method);
  rule->mutable_custom()->set_path(std::move(path));
}

}  // namespace

void SetHttpRule(const Rpc& rpc, const std::vector<std::string>& field_names,
                 google::protobuf::MethodOptions* options) {
  google::api::HttpRule* first = nullptr;
  for (const plan::Route* route : rpc.routes) {
    std::optional<std::string> path = PathOf(rpc, *route, field_names);
    if (!path.has_value()) continue;
    google::api::HttpRule* rule = first == nullptr ? options->MutableExtension(google::api::http)
                                                   : first->add_additional_bindings();
    if (first == nullptr) first = rule;
    SetPattern(route->http_method, *std::move(path), rule);
    if (rpc.takes_body) rule->set_body(kBodyField);
    const bool result = AnswerFormOf(*rpc.operation) != AnswerForm::kObject;
    if (!rpc.operation->stream && result) rule->set_response_body(kResultField);
  }
}

}  // namespace portico::synthesis
