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

namespace {

void ReadItems(MapReader& owner, absl::string_view mapping_key, OutputParameter* output);

OutputParameter ReadOutput(MapReader& item, absl::string_view mapping_key) {
  OutputParameter output;
  output.position = item.position();
  output.name = item.Optional("name");
  output.type = item.Optional("type");
  output.description = item.Optional("description");
  output.mapping = item.Optional(mapping_key);
  if (mapping_key != "value") output.value = item.Optional("value");
  output.constant = item.Json("const");
  item.Each("properties", "name", "a property of an output", [&](MapReader& property) {
    output.properties.push_back(ReadOutput(property, mapping_key));
  });
  ReadItems(item, mapping_key, &output);
  item.Ignore({"label", "display", "required", "format", "example", "examples"});
  return output;
}

// Either what every element is, which has a `type`, or the members of every element.
void ReadItems(MapReader& owner, absl::string_view mapping_key, OutputParameter* output) {
  constexpr char kWhat[] = "the items of an output";
  const auto read = [&](MapReader& item) {
    output->items.push_back(ReadOutput(item, mapping_key));
  };
  if (owner.HoldsList("items")) {
    owner.Each("items", "name", kWhat, read);
    return;
  }
  bool one = false;
  owner.Peek("items", [&](const MapReader& items) {
    one = items.HoldsText("type") || items.HoldsText(mapping_key);
  });
  if (one) {
    owner.Nested("items", kWhat, read);
  } else {
    owner.Each("items", "name", kWhat, read);
  }
}

}  // namespace

std::vector<OutputParameter> ReadOutputs(MapReader& owner, absl::string_view mapping_key) {
  std::vector<OutputParameter> outputs;
  owner.Each("outputParameters", "name", "an output parameter",
             [&](MapReader& item) { outputs.push_back(ReadOutput(item, mapping_key)); });
  return outputs;
}

Import ReadImport(MapReader& owner) {
  Import import;
  import.position = owner.position();
  import.space = owner.Required("import");
  const bool earlier = !owner.Has("from") && owner.Has("location");
  import.location = owner.Required(earlier ? "location" : "from");
  import.alias = owner.Optional("as");
  owner.Ignore({"description"});
  return import;
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
