#include "core/capability/expose_parser.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "core/capability/library_parser.h"
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
  for (const char* known : {"rest", "mcp", "grpc"}) {
    if (!type.present() || type.text == known) return;
  }
  reader.Warn("type", type.line,
              absl::StrCat("nothing is served for it; only \"rest\", \"mcp\" and \"grpc\" are read",
                           DidYouMean(type.text, {"rest", "mcp", "grpc"})));
}

// A name of the Protobuf language, with dots in between where `dotted`.
bool IsProtoName(absl::string_view name, bool dotted) {
  bool begins = true;
  for (const char c : name) {
    const bool letter = absl::ascii_isalpha(c) || c == '_';
    if (begins ? !letter : !letter && !absl::ascii_isdigit(c) && !(dotted && c == '.'))
      return false;
    begins = c == '.';
  }
  return !begins;
}

void ReadProcedures(MapReader& reader, Expose* expose) {
  expose->package = reader.Optional("package");
  if (expose->package.present() && !IsProtoName(expose->package.text, true)) {
    reader.Error("package", expose->package.line,
                 "must be a Protobuf package, for example \"acme.tasks.v1\"");
  }
  expose->service = reader.Optional("service");
  if (expose->service.present() && !IsProtoName(expose->service.text, false)) {
    reader.Error("service", expose->service.line,
                 "must be the name of a Protobuf service, for example \"TasksService\"");
  }
  reader.Each("procedures", "name", "a procedure",
              [&](MapReader& item) { expose->procedures.push_back(ReadTool(item)); });
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
  } else if (expose.type.text == "grpc") {
    ReadProcedures(reader, &expose);
  } else {
    // Known to the language, or to a later version of it.
    reader.Ignore({"tools", "resources", "prompts", "skills", "package", "service", "procedures"});
  }
  reader.Ignore({"label", "tags", "address"});
  return expose;
}

}  // namespace portico::capability
