#include "server/describe_json.h"

#include <map>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"

namespace portico::server {
namespace {

using Json = nlohmann::ordered_json;
using plan::Operation;

const char* SchemeName(plan::AuthenticationScheme scheme) {
  switch (scheme) {
    case plan::AuthenticationScheme::kBearer:
      return "bearer";
    case plan::AuthenticationScheme::kBasic:
      return "basic";
    case plan::AuthenticationScheme::kApiKey:
      return "apiKey";
    case plan::AuthenticationScheme::kClientCredentials:
      return "clientCredentials";
    case plan::AuthenticationScheme::kNone:
      break;
  }
  return "none";
}

const char* LocationName(plan::ParameterLocation location) {
  switch (location) {
    case plan::ParameterLocation::kPath:
      return "path";
    case plan::ParameterLocation::kHeader:
      return "header";
    case plan::ParameterLocation::kQuery:
      break;
  }
  return "query";
}

const char* TypeName(plan::ValueType type) {
  switch (type) {
    case plan::ValueType::kInteger:
      return "integer";
    case plan::ValueType::kNumber:
      return "number";
    case plan::ValueType::kBoolean:
      return "boolean";
    case plan::ValueType::kArray:
      return "array";
    case plan::ValueType::kObject:
      return "object";
    case plan::ValueType::kString:
      break;
  }
  return "string";
}

const char* EncodingName(plan::BodyEncoding encoding) {
  switch (encoding) {
    case plan::BodyEncoding::kForm:
      return "form";
    case plan::BodyEncoding::kMultipart:
      return "multipart";
    case plan::BodyEncoding::kRaw:
      return "raw";
    case plan::BodyEncoding::kJson:
      break;
  }
  return "json";
}

// The faces of each operation.
struct Faces {
  Json rpcs = Json::array();
  Json routes = Json::array();
  Json tools = Json::array();
};

std::map<const Operation*, Faces> FacesOf(const plan::Plan& plan) {
  std::map<const Operation*, Faces> faces;
  for (const plan::Method& method : plan.methods()) {
    faces[method.operation].rpcs.push_back(method.path.substr(1));
  }
  for (const plan::Route& route : plan.routes()) {
    faces[route.operation].routes.push_back(
        absl::StrCat(route.http_method, " ", route.path.text()));
  }
  for (const plan::Tool& tool : plan.tools()) faces[tool.operation].tools.push_back(tool.name);
  return faces;
}

Json Describe(const Operation& operation, const Faces& faces) {
  Json parameters = Json::array();
  for (const plan::Parameter& parameter : operation.parameters) {
    parameters.push_back({{"name", parameter.name},
                          {"in", LocationName(parameter.location)},
                          {"type", TypeName(parameter.type)},
                          {"required", parameter.required}});
  }
  Json body = nullptr;
  if (operation.body != plan::BodyUse::kNone) {
    body = {{"encoding", EncodingName(operation.body_encoding)},
            {"required", operation.body == plan::BodyUse::kRequired}};
  }
  return {{"name", operation.name},          {"description", operation.description},
          {"method", operation.http_method}, {"path", operation.path.text()},
          {"stream", operation.stream},      {"parameters", std::move(parameters)},
          {"body", std::move(body)},         {"rpcs", faces.rpcs},
          {"routes", faces.routes},          {"tools", faces.tools},
          {"file", operation.place.file},    {"line", operation.place.line}};
}

}  // namespace

std::string DescribeAsJson(const plan::Plan& plan) {
  std::map<const Operation*, Faces> faces = FacesOf(plan);
  Json apis = Json::array();
  for (const plan::Upstream& upstream : plan.upstreams()) {
    Json proofs = Json::array({SchemeName(upstream.authentication.scheme)});
    for (const auto& further : upstream.further_authentication) {
      proofs.push_back(SchemeName(further.scheme));
    }
    apis.push_back({{"namespace", upstream.space},
                    {"label", upstream.label},
                    {"baseUri", upstream.base_uri},
                    {"authentication", std::move(proofs)},
                    {"operations", Json::array()}});
  }
  Json composed = Json::array();  // of several APIs, or none
  for (const auto& operation : plan.operations()) {
    const bool of_one = operation->upstream != plan::kNoUpstream;
    Json& operations = of_one ? apis[operation->upstream]["operations"] : composed;
    operations.push_back(Describe(*operation, faces[operation.get()]));
  }
  if (!composed.empty()) {
    apis.push_back({{"namespace", ""},
                    {"label", "of several APIs, or none"},
                    {"baseUri", ""},
                    {"authentication", Json::array()},
                    {"operations", std::move(composed)}});
  }
  return apis.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace portico::server
