#include "core/capability/expose_parser.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/capability/library_parser.h"
#include "core/capability/part_reader.h"
#include "core/capability/suggestion.h"

namespace portico::capability {
namespace {

constexpr char kInputsAreTheOperations[] =
    "has no effect: the inputs are those of the operation that is called";

ExposedOperation ReadOperation(MapReader& reader) {
  ExposedOperation operation;
  operation.position = reader.position();
  operation.name = reader.Optional("name");
  operation.method = reader.Required("method");
  operation.description = reader.Optional("description");
  operation.call = ReadCall(reader);
  operation.outputs = ReadOutputs(reader, "mapping");
  reader.Unsupported("inputParameters", kInputsAreTheOperations);
  reader.Ignore({"label", "tags", "outputRawFormat"});
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
  reader.Unsupported("inputParameters", kInputsAreTheOperations);
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
  tool.name = reader.Required("name");
  tool.description = reader.Optional("description");
  reader.Nested("hints", "the hints of a tool",
                [&](MapReader& item) { tool.hints = ReadHints(item); });
  tool.call = ReadCall(reader);
  tool.outputs = ReadOutputs(reader, "mapping");
  reader.Unsupported("inputParameters", kInputsAreTheOperations);
  reader.Ignore({"label", "tags", "outputRawFormat"});
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
  expose.type = reader.Required("type");
  CheckType(expose.type, reader);
  expose.space = reader.Optional("namespace");
  expose.port = reader.Optional("port");
  CheckPort(expose.port, reader);
  expose.transport = reader.Optional("transport");
  expose.description = reader.Optional("description");
  reader.Nested("authentication", "the authentication of callers",
                [&](MapReader& item) { expose.authentication = ReadAuthentication(item); });
  if (expose.type.text == "mcp") {
    reader.Each("tools", "name", "a tool",
                [&](MapReader& item) { expose.tools.push_back(ReadTool(item)); });
    reader.Each("resources", "name", "an MCP resource",
                [&](MapReader& item) { expose.mcp_resources.push_back(ReadMcpResource(item)); });
    reader.Each("prompts", "name", "a prompt",
                [&](MapReader& item) { expose.prompts.push_back(ReadPrompt(item)); });
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
