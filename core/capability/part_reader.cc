#include "core/capability/part_reader.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace portico::capability {

std::vector<InputParameter> ReadInputs(MapReader& owner) {
  std::vector<InputParameter> inputs;
  owner.Each("inputParameters", "name", "an input parameter", [&](MapReader& item) {
    InputParameter input;
    input.position = item.position();
    input.name = item.Required("name");
    input.location = item.Optional("in");
    input.type = item.Optional("type");
    input.description = item.Optional("description");
    input.required = item.Bool("required");
    input.value = item.Optional("value");
    item.Ignore({"label", "example", "examples", "pattern", "enum", "format", "items", "properties",
                 "default"});
    inputs.push_back(std::move(input));
  });
  return inputs;
}

std::vector<OutputParameter> ReadOutputs(MapReader& owner, absl::string_view mapping_key) {
  std::vector<OutputParameter> outputs;
  owner.Each("outputParameters", "name", "an output parameter", [&](MapReader& item) {
    OutputParameter output;
    output.position = item.position();
    output.name = item.Optional("name");
    output.type = item.Optional("type");
    output.mapping = item.Optional(mapping_key);
    item.Ignore({"label", "description", "properties", "items", "const", "required"});
    output.shaped = item.Has("properties") || item.Has("items") || item.Has("const");
    outputs.push_back(std::move(output));
  });
  return outputs;
}

Call ReadCall(MapReader& owner) {
  Call call;
  bool orchestrated = false;
  for (const char* key : {"steps", "ref"}) {
    if (owner.Refused(key, "is not served; an operation is one call: write \"call\"")) {
      orchestrated = true;
    }
  }
  call.operation = orchestrated ? owner.Optional("call") : owner.Required("call");
  owner.Unsupported("mappings", "belongs to \"steps\", which are not served; it has no effect");
  std::vector<Entry> with;
  if (owner.Entries("with", &with)) call.with = std::move(with);
  return call;
}

Authentication ReadAuthentication(MapReader& reader) {
  Authentication authentication;
  authentication.position = reader.position();
  authentication.type = reader.Required("type");
  authentication.token = reader.Optional("token");
  authentication.username = reader.Optional("username");
  authentication.password = reader.Optional("password");
  authentication.key = reader.Optional("key");
  authentication.value = reader.Optional("value");
  authentication.placement = reader.Optional("placement");
  if (const Text in = reader.Optional("in"); !authentication.placement.present()) {
    authentication.placement = in;
  }
  reader.Ignore({"description"});
  if (authentication.type.text == "oauth2") {  // which is refused as a whole
    reader.Ignore({"authorizationServerUri", "resource", "scopes", "audience", "tokenEndpoint",
                   "tokenValidation"});
  }
  return authentication;
}

}  // namespace portico::capability
