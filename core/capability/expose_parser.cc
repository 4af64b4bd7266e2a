#include "core/capability/expose_parser.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/capability/part_reader.h"
#include "core/capability/recipe_reader.h"
#include "core/capability/suggestion.h"

namespace portico::capability {
namespace {

ExposedOperation ReadOperation(MapReader& reader) {
  ExposedOperation operation;
  operation.position = reader.position();
  operation.name = reader.Optional("name");
  operation.method = reader.Required("method");
  operation.description = reader.Optional("description");
  ReadRecipe(reader, &operation);
  reader.Ignore({"label", "display", "tags", "outputRawFormat", "responses"});
  return operation;
}

ExposedResource ReadResource(MapReader& reader) {
  ExposedResource resource;
  resource.position = reader.position();
  resource.name = reader.Optional("name");
  resource.path = reader.Required("path");
  resource.description = reader.Optional("description");
  reader.Each("operations", "name", "an exposed operation",
              [&](MapReader& item) { resource.operations.push_back(ReadOperation(item)); });
  resource.inputs = ReadInputs(reader);
  reader.Unsupported("forward", "is not served: no route is made for it");
  reader.Ignore({"label", "tags"});
  return resource;
}

Hints ReadHints(MapReader& reader) {
  Hints hints;
  hints.read_only = reader.Bool("readOnly");
  hints.destructive = reader.Bool("destructive");
  hints.idempotent = reader.Bool("idempotent");
  hints.open_world = reader.Bool("openWorld");
  return hints;
}

ExposedTool ReadTool(MapReader& reader) {
  ExposedTool tool;
  tool.position = reader.position();
  tool.name = reader.Has("ref") ? reader.Optional("name") : reader.Required("name");
  tool.description = reader.Optional("description");
  reader.Nested("hints", "the hints of a tool",
                [&](MapReader& item) { tool.hints = ReadHints(item); });
  ReadRecipe(reader, &tool);
  reader.Ignore({"label", "display", "tags", "outputRawFormat"});
  return tool;
}

void CheckPort(const Text& port, MapReader& reader) {
  int number = 0;
  if (!port.present()) return;
  if (!absl::SimpleAtoi(port.text, &number) || number < 0 || number > 65535) {
    reader.Error("port", port.line, "must be a number from 0 to 65535");
  }
}

void CheckType(const Text& type, MapReader& reader) {
  if (!type.present() || type.text == "rest" || type.text == "mcp") return;
  reader.Warn("type", type.line,
              absl::StrCat("nothing is served for it; only \"rest\" and \"mcp\" are read",
                           DidYouMean(type.text, {"rest", "mcp"})));
}

}  // namespace

Expose ReadExpose(MapReader& reader) {
  Expose expose;
  expose.position = reader.position();
  if (reader.Refused("import",
                     "doors are not imported; write it out here, and import what it "
                     "shares from \"consumes\" and \"aggregates\"")) {
    reader.Ignore({"from", "location", "as", "description"});
    return expose;
  }
  expose.type = reader.Required("type");
  CheckType(expose.type, reader);
  expose.space = reader.Optional("namespace");
  expose.port = reader.Optional("port");
  CheckPort(expose.port, reader);
  expose.transport = reader.Optional("transport");
  expose.description = reader.Optional("description");
  reader.Unsupported("authentication",
                     "is not enforced: whoever reaches the door may call; keep it on loopback");
  if (expose.type.text == "mcp") {
    reader.Each("tools", "name", "a tool",
                [&](MapReader& item) { expose.tools.push_back(ReadTool(item)); });
    reader.Unsupported("resources", "MCP resources are not served");
    reader.Unsupported("prompts", "MCP prompts are not served");
  } else if (expose.type.text == "rest") {
    reader.Each("resources", "name", "an exposed resource",
                [&](MapReader& item) { expose.resources.push_back(ReadResource(item)); });
  } else {
    // Known to the language, or to a later version of it.
    reader.Ignore({"tools", "resources", "prompts", "skills", "package", "service", "procedures"});
  }
  reader.Ignore({"label", "tags", "address"});
  return expose;
}

}  // namespace portico::capability
