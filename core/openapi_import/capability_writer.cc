#include "core/openapi_import/capability_writer.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/openapi_import/rest_paths.h"
#include "core/openapi_import/secret_names.h"
#include "core/plan/name_folding.h"

namespace portico::openapi_import {
namespace {

using Kind = ApiCredential::Kind;

// The whole body of the answer, whatever its type.
Json Outputs(const char* key) {
  Json output = {{"type", "object"}, {key, "$."}};
  if (key == absl::string_view("value"))
    output = {{"name", "result"}, {"type", "object"}, {key, "$."}};
  return Json::array({output});
}

void AddText(const char* key, const std::string& text, Json* owner) {
  if (!text.empty()) (*owner)[key] = text;
}

// A title may end in a period of its own.
std::string Sentence(std::string text) {
  if (text.empty() || text.back() != '.') text += '.';
  return text;
}

// The one credential that a capability file can hold; null when it holds none.
Json Authentication(const Api& api) {
  for (const ApiCredential& credential : api.credentials) {
    switch (credential.kind) {
      case Kind::kBearer:
      case Kind::kClientCredentials:  // without the overlay, a token got elsewhere
        return {{"type", "bearer"}, {"token", SecretReference(SecretName(api, "token"))}};
      case Kind::kBasic:
        return {{"type", "basic"},
                {"username", SecretReference(SecretName(api, "username"))},
                {"password", SecretReference(SecretName(api, "password"))}};
      case Kind::kHeaderKey:
      case Kind::kQueryKey:
        return {{"type", "apikey"},
                {"key", credential.key},
                {"value", SecretReference(KeyName(api, credential))},
                {"placement", credential.kind == Kind::kQueryKey ? "query" : "header"}};
      case Kind::kCookie:
        break;
    }
  }
  return nullptr;
}

// The variables that `authentication` names.
Json Binds(const Json& authentication) {
  Json keys = Json::object();
  for (const auto& member : authentication.items()) {
    const std::string text = member.value().get<std::string>();
    constexpr absl::string_view kOpening = "{{env.";
    if (text.compare(0, kOpening.size(), kOpening.data()) != 0) continue;
    const std::string name = text.substr(kOpening.size(), text.size() - kOpening.size() - 2);
    keys[name] = name;
  }
  return Json::array({{{"namespace", "env"}, {"keys", keys}}});
}

Json Inputs(const ApiOperation& operation) {
  Json inputs = Json::array();
  bool body_taken = false;
  for (const ApiParameter& parameter : operation.parameters) {
    Json input = {{"name", parameter.name}, {"in", parameter.location}, {"type", parameter.type}};
    AddText("description", parameter.description, &input);
    if (parameter.required) input["required"] = true;
    inputs.push_back(std::move(input));
    body_taken = body_taken || parameter.name == "body";
  }
  if (operation.body.has_value()) {
    const ApiBody& body = *operation.body;
    Json input = {{"name", body_taken ? "_body" : "body"}, {"in", "body"}, {"type", body.type}};
    AddText("description", body.description, &input);
    if (body.required) input["required"] = true;
    inputs.push_back(std::move(input));
  }
  if (operation.stream) {
    // By this a capability file says that an operation is an event stream.
    inputs.push_back({{"name", "Accept"},
                      {"in", "header"},
                      {"type", "string"},
                      {"description", "Must be `text/event-stream`."}});
  }
  return inputs;
}

Json ConsumedOperation(const ApiOperation& operation) {
  Json written = {{"name", operation.name},
                  {"method", operation.method},
                  {"description", operation.summary},
                  {"outputRawFormat", "json"},
                  {"outputParameters", Outputs("value")}};
  if (Json inputs = Inputs(operation); !inputs.empty()) {
    written["inputParameters"] = std::move(inputs);
  }
  return written;
}

Json Hints(const std::string& method) {
  const bool reads = method == "GET" || method == "HEAD" || method == "OPTIONS";
  return {{"readOnly", reads},
          {"destructive", method == "DELETE"},
          {"idempotent", reads || method == "PUT" || method == "DELETE"}};
}

class CapabilityWriter {
 public:
  explicit CapabilityWriter(const Api& api) : api_(api), authentication_(Authentication(api)) {}

  Json Write() {
    Json file = {{"naftiko", "1.0.0-alpha2"}, {"info", {{"label", api_.title}}}};
    AddText("description", api_.description.empty() ? api_.title : api_.description, &file["info"]);
    if (!authentication_.is_null()) file["binds"] = Binds(authentication_);
    Json consumes = Json::array();
    for (std::size_t i = 0; i < api_.servers.size(); ++i) consumes.push_back(Consume(i));
    file["capability"] = {{"consumes", std::move(consumes)},
                          {"exposes", Json::array({Rest(), Mcp()})}};
    return file;
  }

 private:
  Json Consume(std::size_t server) const {
    Json consume = {{"type", "http"},
                    {"namespace", SpaceOf(api_, server)},
                    {"baseUri", api_.servers[server].uri},
                    {"description", Sentence(api_.title)}};
    Json resources = Json::array();
    for (const ApiOperation& operation : api_.operations) {
      if (operation.server != server) continue;
      if (resources.empty() || resources.back()["path"] != operation.path) {
        resources.push_back({{"name", ResourceName(operation.path)},
                             {"path", operation.path},
                             {"operations", Json::array()}});
      }
      resources.back()["operations"].push_back(ConsumedOperation(operation));
    }
    consume["resources"] = std::move(resources);
    if (!authentication_.is_null()) consume["authentication"] = authentication_;
    return consume;
  }

  static std::string ResourceName(const std::string& path) {
    const std::string name = plan::FoldName(path);
    return name.empty() ? "root" : name;
  }

  std::string CallOf(const ApiOperation& operation) const {
    return absl::StrCat(SpaceOf(api_, operation.server), ".", operation.name);
  }

  Json Rest() const {
    RestPaths paths;
    Json resources = Json::array();
    for (const ApiOperation& operation : api_.operations) {
      const std::string path = paths.Of(SpaceOf(api_, operation.server), operation.path);
      if (resources.empty() || resources.back()["path"] != path) {
        resources.push_back(
            {{"path", path},
             {"name", plan::FoldName(path)},
             {"description", absl::StrCat("REST surface for ", operation.path, ".")},
             {"operations", Json::array()}});
      }
      resources.back()["operations"].push_back({{"method", operation.method},
                                                {"name", operation.name},
                                                {"description", operation.summary},
                                                {"call", CallOf(operation)},
                                                {"outputParameters", Outputs("mapping")}});
    }
    return {{"type", "rest"},
            {"namespace", absl::StrCat(api_.space, "-rest")},
            {"port", 8080},
            {"description", Sentence(absl::StrCat("REST routes of ", api_.title))},
            {"resources", std::move(resources)}};
  }

  Json Mcp() const {
    Json tools = Json::array();
    for (const ApiOperation& operation : api_.operations) {
      tools.push_back({{"name", operation.name},
                       {"description", operation.description},
                       {"hints", Hints(operation.method)},
                       {"call", CallOf(operation)},
                       {"outputParameters", Outputs("mapping")}});
    }
    return {{"type", "mcp"},
            {"namespace", absl::StrCat(api_.space, "-mcp")},
            {"port", 9090},
            {"transport", "http"},
            {"description", Sentence(absl::StrCat("MCP tools of ", api_.title))},
            {"tools", std::move(tools)}};
  }

  const Api& api_;
  const Json authentication_;
};

}  // namespace

Json WriteCapability(const Api& api) { return CapabilityWriter(api).Write(); }

}  // namespace portico::openapi_import
