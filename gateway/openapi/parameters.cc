#include "gateway/openapi/parameters.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "core/invoke/body_encoder.h"
#include "gateway/openapi/proto_comments.h"

namespace portico::openapi {
namespace {

using google::protobuf::FieldDescriptor;
using plan::Parameter;
using plan::ParameterLocation;

// OpenAPI 3.1, Parameter Object: header parameters of these names "SHALL be ignored".
bool IsIgnoredHeader(const std::string& name) {
  const std::string lower = absl::AsciiStrToLower(name);
  return lower == "accept" || lower == "content-type" || lower == "authorization";
}

RouteParameter Described(const Face& face, const Parameter& parameter, std::string name) {
  const FieldDescriptor* field = FieldOf(face, parameter);
  RouteParameter described;
  described.name = std::move(name);
  described.location = parameter.location == ParameterLocation::kHeader ? "header" : "query";
  described.required = parameter.required || (field != nullptr && IsRequired(*field));
  described.parameter = &parameter;
  const Json values = face.example.value("parameters", Json::object());
  if (values.contains(parameter.name)) described.example = values[parameter.name];
  return described;
}

Json SchemaOfType(plan::ValueType type) {
  switch (type) {
    case plan::ValueType::kInteger:
      return {{"type", "integer"}};
    case plan::ValueType::kNumber:
      return {{"type", "number"}};
    case plan::ValueType::kBoolean:
      return {{"type", "boolean"}};
    case plan::ValueType::kArray:
      return {{"type", "array"}, {"items", {{"type", "string"}}}};
    case plan::ValueType::kObject:
      return {{"type", "object"}, {"additionalProperties", true}};
    case plan::ValueType::kString:
      break;
  }
  return {{"type", "string"}};
}

// The vendor's words, which the .proto has, before those of the file.
std::string DescriptionOf(const Parameter* parameter, const FieldDescriptor* field) {
  if (parameter == nullptr) return "Any text; the upstream is not told of it.";
  const std::string comment = field == nullptr ? "" : CommentOn(field->full_name());
  return comment.empty() ? parameter->description : comment;
}

Json Written(const Face& face, const RouteParameter& described, SchemaWriter* schemas) {
  Json written = {{"name", described.name}, {"in", described.location}};
  const Parameter* parameter = described.parameter;
  const FieldDescriptor* field = parameter == nullptr ? nullptr : FieldOf(face, *parameter);
  const std::string description = DescriptionOf(parameter, field);
  if (!description.empty()) written["description"] = description;
  if (described.required) written["required"] = true;
  written["schema"] = field != nullptr       ? schemas->Value(*field)
                      : parameter == nullptr ? Json{{"type", "string"}}
                                             : SchemaOfType(parameter->type);
  const Json type = written["schema"].value("type", Json());
  if (described.location == "query" && type == "array") {
    written["style"] = "form";
    written["explode"] = true;
  } else if (described.location == "query" && type == "object") {
    written["style"] = "deepObject";
    written["explode"] = true;
  }
  if (!described.example.is_null()) written["example"] = described.example;
  return written;
}

}  // namespace

std::vector<RouteParameter> RouteParametersOf(const Face& face) {
  const std::vector<std::string>& captures = face.route->path.placeholders();
  std::vector<RouteParameter> in_path(captures.size());
  std::vector<RouteParameter> others;
  std::set<std::pair<std::string, std::string>> taken;  // location and name
  for (const plan::Binding& binding : face.route->bindings) {
    if (binding.caller_name.empty() || binding.parameter == "body") continue;
    const auto capture = std::find(captures.begin(), captures.end(), binding.caller_name);
    for (const Parameter& parameter : face.operation->parameters) {
      if (parameter.name != binding.parameter) continue;
      RouteParameter described = Described(face, parameter, binding.caller_name);
      if (capture != captures.end()) {
        in_path[capture - captures.begin()] = std::move(described);
      } else if (described.location != "header" || !IsIgnoredHeader(described.name)) {
        if (!taken.emplace(described.location, described.name).second) continue;
        others.push_back(std::move(described));
      }
    }
  }
  for (std::size_t i = 0; i < in_path.size(); ++i) {
    in_path[i].name = face.placeholders[i];
    in_path[i].location = "path";
    in_path[i].required = true;
  }
  in_path.insert(in_path.end(), std::make_move_iterator(others.begin()),
                 std::make_move_iterator(others.end()));
  return in_path;
}

Json ParametersOf(const Face& face, SchemaWriter* schemas) {
  Json written = Json::array();
  for (const RouteParameter& described : RouteParametersOf(face)) {
    written.push_back(Written(face, described, schemas));
  }
  return written;
}

Json RequestBodyOf(const Face& face, SchemaWriter* schemas) {
  Json schema = Json::object();
  if (face.method != nullptr && face.method->rest_is_body) {
    std::set<const FieldDescriptor*> elsewhere;
    for (const plan::FieldBinding& binding : face.method->fields) elsewhere.insert(binding.field);
    schema =
        schemas->Ref(*face.method->descriptor->input_type(),
                     [&](const FieldDescriptor& field) { return elsewhere.count(&field) == 0; });
  }
  Json media = {{"schema", std::move(schema)}};
  if (face.example.contains("request")) media["example"] = face.example["request"];
  Json content = {{"application/json", std::move(media)}};
  if (face.operation->body_encoding != plan::BodyEncoding::kJson) {
    // What the API itself takes passes byte for byte.
    content[std::string(invoke::MediaTypeOf(*face.operation))] = {{"schema", Json::object()}};
  }
  Json body = Json::object();
  if (!face.operation->body_description.empty()) {
    body["description"] = face.operation->body_description;
  }
  body["required"] = face.operation->body == plan::BodyUse::kRequired;
  body["content"] = std::move(content);
  return body;
}

}  // namespace portico::openapi
