#include "core/capability/library_parser.h"

#include "core/capability/part_reader.h"
#include "core/capability/recipe_reader.h"

namespace portico::capability {
namespace {

// "label" until 1.0.0-beta, "display" since.
Text ReadTitle(MapReader& reader) {
  const Text label = reader.Optional("label");
  const Text display = reader.Optional("display");
  return display.present() ? display : label;
}

PromptArgument ReadArgument(MapReader& reader) {
  PromptArgument argument;
  argument.name = reader.Required("name");
  argument.title = ReadTitle(reader);
  argument.description = reader.Optional("description");
  argument.required = reader.Bool("required");
  reader.Ignore({"type"});  // always a text
  return argument;
}

PromptMessage ReadMessage(MapReader& reader) {
  PromptMessage message;
  message.role = reader.Required("role");
  message.content = reader.Required("content");
  if (message.role.present() && message.role.text != "user" && message.role.text != "assistant") {
    reader.Error("role", message.role.line, "must be user or assistant");
  }
  return message;
}

}  // namespace

McpResource ReadMcpResource(MapReader& reader) {
  McpResource resource;
  resource.position = reader.position();
  resource.name = reader.Required("name");
  resource.title = ReadTitle(reader);
  resource.uri = reader.Required("uri");
  resource.description = reader.Optional("description");
  resource.mime_type = reader.Optional("mimeType");
  resource.location = reader.Optional("location");
  if (!resource.location.present()) {
    resource.call = ReadCall(reader);
  } else if (reader.Has("call")) {
    reader.Error("call", reader.Optional("call").line, "stands beside \"location\"; keep one");
  }
  reader.Refused("steps", "is not served in a resource; name one call");
  reader.Unsupported("outputParameters", "has no effect: the whole answer is the content");
  reader.Ignore({"tags", "binary"});
  return resource;
}

Prompt ReadPrompt(MapReader& reader) {
  Prompt prompt;
  prompt.position = reader.position();
  prompt.name = reader.Required("name");
  prompt.title = ReadTitle(reader);
  prompt.description = reader.Optional("description");
  reader.Each("arguments", "name", "an argument of a prompt",
              [&](MapReader& item) { prompt.arguments.push_back(ReadArgument(item)); });
  const std::size_t messages =
      reader.Each("template", "", "a message of a prompt",
                  [&](MapReader& item) { prompt.messages.push_back(ReadMessage(item)); });
  prompt.location = reader.Optional("location");
  if (reader.valid() && (messages > 0) == prompt.location.present()) {
    reader.Error("template", prompt.position.line,
                 "a prompt has either messages in \"template\" or a file in \"location\"");
  }
  reader.Ignore({"tags"});
  return prompt;
}

}  // namespace portico::capability
