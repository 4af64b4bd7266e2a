#include "core/capability/consume_parser.h"

#include <utility>

#include "core/capability/part_reader.h"

namespace portico::capability {
namespace {

ConsumedOperation ReadOperation(MapReader& reader) {
  ConsumedOperation operation;
  operation.position = reader.position();
  operation.name = reader.Required("name");
  operation.method = reader.Required("method");
  operation.description = reader.Optional("description");
  operation.output_raw_format = reader.Optional("outputRawFormat");
  operation.inputs = ReadInputs(reader);
  operation.outputs = ReadOutputs(reader, "value");
  reader.Refused("body",
                 "request templates are not served; take the body from the caller with an input "
                 "parameter that is \"in: body\"");
  reader.Ignore({"label", "tags", "outputSchema"});
  return operation;
}

ConsumedResource ReadResource(MapReader& reader) {
  ConsumedResource resource;
  resource.position = reader.position();
  resource.name = reader.Optional("name");
  resource.path = reader.Required("path");
  resource.description = reader.Optional("description");
  resource.inputs = ReadInputs(reader);
  reader.Each("operations", "name", "a consumed operation",
              [&](MapReader& item) { resource.operations.push_back(ReadOperation(item)); });
  reader.Ignore({"label", "tags"});
  return resource;
}

}  // namespace

Consume ReadConsume(MapReader& reader) {
  Consume consume;
  consume.position = reader.position();
  if (reader.Has("import")) {
    consume.import = ReadImport(reader);
    const Text& alias = consume.import->alias;
    consume.space = alias.present() ? alias : consume.import->space;
    return consume;
  }
  consume.type = reader.Optional("type");
  if (consume.type.present() && consume.type.text != "http") {
    reader.Error("type", consume.type.line,
                 "names a kind of API that is not served; only \"http\" is");
  }
  consume.space = reader.Required("namespace");
  consume.base_uri = reader.Optional("baseUri");
  consume.description = reader.Optional("description");
  consume.inputs = ReadInputs(reader);
  const std::size_t resources =
      reader.Each("resources", "name", "a consumed resource",
                  [&](MapReader& item) { consume.resources.push_back(ReadResource(item)); });
  if (resources == 0 && !reader.Has("resources") && reader.valid()) {
    reader.Error("resources", consume.position.line, "is missing; a consumed API needs it");
  }
  reader.Nested("authentication", "the authentication of a consumed API",
                [&](MapReader& item) { consume.authentication = ReadAuthentication(item); });
  reader.Ignore({"label", "tags"});
  return consume;
}

}  // namespace portico::capability
