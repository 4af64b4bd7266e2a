// What MCP clients read rather than call: resources and prompts, compiled.
//
// Plain immutable data owned by the Plan; any thread.
#ifndef PORTICO_CORE_PLAN_LIBRARY_H_
#define PORTICO_CORE_PLAN_LIBRARY_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/plan/operation.h"

namespace portico::plan {

// A file of a resource, as it was when the Plan was compiled.
struct ResourceFile {
  std::string uri;
  std::string mime_type;
  std::string bytes;
};

struct Resource {
  std::string name;
  std::string title;  // for people; may be empty
  std::string description;
  std::string uri;        // as written
  std::string mime_type;  // empty: what the files or the answer say
  // Without files the content is the answer of a call. Its bindings' caller names are
  // placeholders of `uri`.
  std::optional<Tool> call;
  std::vector<ResourceFile> files;
  // Of `uri` behind its "scheme:/", to match and capture by.
  PathTemplate path;
  std::vector<std::string> spaces;  // APIs of its file: where else than at /mcp it is served
  const Access* access = nullptr;   // null: open to whoever reaches the door
  capability::Place place;

  bool is_template() const { return !path.placeholders().empty(); }
  // The values of the placeholders, by name; nullopt when `asked` is no URI of this one.
  std::optional<std::vector<std::pair<std::string, std::string>>> Match(
      absl::string_view asked) const;
};

struct Prompt {
  struct Argument {
    std::string name;
    std::string title;
    std::string description;
    bool required = true;
  };
  struct Message {
    std::string role;  // "user" or "assistant"
    std::string text;  // `{{name}}` stands for an argument
  };
  std::string name;
  std::string title;
  std::string description;
  std::vector<Argument> arguments;
  std::vector<Message> messages;
  std::vector<std::string> spaces;
  const Access* access = nullptr;
  capability::Place place;
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_LIBRARY_H_
