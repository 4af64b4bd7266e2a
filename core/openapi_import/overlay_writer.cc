#include "core/openapi_import/overlay_writer.h"

#include <algorithm>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/openapi_import/secret_names.h"
#include "core/plan/stream_detection.h"

namespace portico::openapi_import {
namespace {

using Kind = ApiCredential::Kind;

// Nothing for a cookie, which is a header.
Json Proof(const Api& api, const ApiCredential& credential) {
  switch (credential.kind) {
    case Kind::kBearer:
      return {{"bearer", {{"token", SecretReference(SecretName(api, "token"))}}}};
    case Kind::kBasic:
      return {{"basic",
               {{"username", SecretReference(SecretName(api, "username"))},
                {"password", SecretReference(SecretName(api, "password"))}}}};
    case Kind::kHeaderKey:
    case Kind::kQueryKey:
      return {{"apiKey",
               {{credential.kind == Kind::kQueryKey ? "query" : "header", credential.key},
                {"value", SecretReference(KeyName(api, credential))}}}};
    case Kind::kClientCredentials: {
      Json flow = {{"tokenUrl", credential.token_url},
                   {"clientId", SecretReference(SecretName(api, "client-id"))},
                   {"clientSecret", SecretReference(SecretName(api, "client-secret"))}};
      if (!credential.scopes.empty()) flow["scopes"] = credential.scopes;
      return {{"clientCredentials", std::move(flow)}};
    }
    case Kind::kCookie:
      break;
  }
  return nullptr;
}

void AddCredentials(const Api& api, Json* overlay) {
  Json proofs = Json::array();
  std::string cookies;
  bool beyond_the_file = api.credentials.size() > 1;
  for (const ApiCredential& credential : api.credentials) {
    if (credential.kind == Kind::kCookie) {
      absl::StrAppend(&cookies, cookies.empty() ? "" : "; ", credential.key, "=",
                      SecretReference(KeyName(api, credential)));
    } else {
      proofs.push_back(Proof(api, credential));
    }
    if (credential.kind == Kind::kClientCredentials) beyond_the_file = true;
  }
  if (!cookies.empty()) (*overlay)["headers"] = {{"Cookie", cookies}};
  if (beyond_the_file && !proofs.empty()) (*overlay)["authentication"] = std::move(proofs);
}

bool SharesItsName(const ApiParameter& parameter, const ApiOperation& operation) {
  return std::any_of(
      operation.parameters.begin(), operation.parameters.end(), [&](const ApiParameter& other) {
        return &other != &parameter && absl::EqualsIgnoreCase(other.name, parameter.name);
      });
}

// Null when there is nothing to say.
Json Operation(const ApiOperation& operation) {
  Json written = Json::object();
  // An operation can be taken for a stream by its words alone.
  const bool taken_for_stream =
      plan::SaysEventStream(operation.summary) ||
      (operation.method == "GET" && plan::PathSaysEventStream(operation.path));
  if (!operation.stream && taken_for_stream) written["stream"] = false;
  if (operation.body.has_value() && !operation.body->encoding.empty()) {
    const ApiBody& body = *operation.body;
    written["bodyEncoding"] = body.encoding;
    if (!body.content_type.empty()) written["contentType"] = body.content_type;
    if (!body.form_array_style.empty()) written["formArrayStyle"] = body.form_array_style;
  }
  Json parameters = Json::object();
  for (const ApiParameter& parameter : operation.parameters) {
    if (parameter.array_style.empty()) continue;
    Json& one = parameters[parameter.name];
    if (SharesItsName(parameter, operation)) one["in"] = parameter.location;
    one["arrayStyle"] = parameter.array_style;
  }
  if (!parameters.empty()) written["parameters"] = std::move(parameters);
  return written.empty() ? Json() : written;
}

Json OfServer(const Api& api, std::size_t index) {
  const ApiServer& server = api.servers[index];
  Json overlay = Json::object();
  if (!server.variables.empty()) {
    overlay["baseUri"] = server.template_uri;
    for (const auto& [name, value] : server.variables) overlay["variables"][name] = value;
  }
  AddCredentials(api, &overlay);
  Json operations = Json::object();
  for (const ApiOperation& operation : api.operations) {
    if (operation.server != index) continue;
    if (Json written = Operation(operation); !written.is_null()) {
      operations[operation.name] = std::move(written);
    }
  }
  if (!operations.empty()) overlay["operations"] = std::move(operations);
  return overlay;
}

}  // namespace

Json WriteOverlay(const Api& api) {
  Json spaces = Json::object();
  for (std::size_t i = 0; i < api.servers.size(); ++i) {
    if (Json overlay = OfServer(api, i); !overlay.empty()) {
      spaces[SpaceOf(api, i)] = std::move(overlay);
    }
  }
  return spaces.empty() ? Json() : Json{{"overlay", std::move(spaces)}};
}

}  // namespace portico::openapi_import
