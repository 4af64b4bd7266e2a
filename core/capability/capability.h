// A capability file as it is written: nothing resolved, nothing defaulted, and
// every value with its line, so that whoever checks it can say where.
//
// Plain data; any thread. A Text that the file does not have is line 0.
#ifndef PORTICO_CORE_CAPABILITY_CAPABILITY_H_
#define PORTICO_CORE_CAPABILITY_CAPABILITY_H_

#include <optional>
#include <string>
#include <vector>

namespace portico::capability {

// A YAML scalar: its text without quotes, and its 1-based line.
struct Text {
  std::string text;
  int line = 0;

  bool present() const { return line > 0; }
};

// A YAML `true` or `false`.
struct Flag {
  bool value = false;
  int line = 0;

  bool present() const { return line > 0; }
};

// One `name: value` of a mapping whose names are the author's.
struct Entry {
  Text name;
  Text value;
};

// Where a part stands: the line that it starts on and the path of its key,
// e.g. "capability.consumes[0].resources[1]".
struct Position {
  int line = 0;
  std::string key;
};

struct Info {
  Text label;
  Text description;
  std::vector<Text> tags;
  Text created;
  Text modified;
};

// Names that the file uses for secrets -> the variables that hold them.
struct Bind {
  Position position;
  Text space;  // `namespace`
  std::vector<Entry> keys;
};

struct InputParameter {
  Position position;
  Text name;
  Text location;  // `in`
  Text type;
  Text description;
  Flag required;
  Text value;  // a constant, when the author fixes it
};

// A part of an answer, down to any depth.
struct OutputParameter {
  Position position;
  Text name;
  Text type;
  Text description;
  Text mapping;   // JSONPath: `mapping` of an exposed operation, `value` of a consumed one
  Text value;     // of an exposed one: a text, or a template of inputs
  Text constant;  // `const`, as JSON
  std::vector<OutputParameter> properties;
  // Of an array: one that says what every element is, or, with names, its members.
  std::vector<OutputParameter> items;
};

struct Authentication {
  Position position;
  Text type;
  Text token;      // bearer
  Text username;   // basic
  Text password;   // basic
  Text key;        // API key: name of the header or query parameter
  Text value;      // API key: the secret
  Text placement;  // API key: "header" or "query"
};

struct ConsumedOperation {
  Position position;
  Text name;
  Text method;
  Text description;
  Text output_raw_format;
  std::vector<InputParameter> inputs;
  std::vector<OutputParameter> outputs;
};

struct ConsumedResource {
  Position position;
  Text name;
  Text path;
  Text description;
  std::vector<InputParameter> inputs;  // of every operation below
  std::vector<ConsumedOperation> operations;
};

// `import: NAMESPACE`, `from: FILE` (earlier `location`), `as: NAME`.
struct Import {
  Position position;
  Text space;
  Text location;
  Text alias;
};

struct Consume {
  Position position;
  std::string file;              // where it stands; empty: in the capability's own file
  std::optional<Import> import;  // instead of all that follows, until it is resolved
  Text type;
  Text space;  // `namespace`
  Text base_uri;
  Text description;
  std::vector<InputParameter> inputs;  // of every operation below
  std::vector<ConsumedResource> resources;
  std::optional<Authentication> authentication;
};

struct Hints {
  Flag read_only;
  Flag destructive;
  Flag idempotent;
  Flag open_world;
};

// What is called, and with what. `with` absent is not the same as empty.
struct Call {
  Text operation;  // `call`: "<namespace>.<name>"
  std::optional<std::vector<Entry>> with;
};

// One of a composition: a call, or the lookup of what an earlier one brought.
struct Step {
  Position position;
  Text name;
  Text type;  // "call", "lookup"
  Call call;
  Text index;  // lookup: the step to look in,
  Text match;  // the member to compare,
  Text lookup_value;
  std::vector<Text> fields;  // and those to keep (`outputParameters`)
};

struct StepMapping {
  Position position;
  Text target;  // `target`, earlier `targetName`: "a" or "a.b"
  Text value;
};

// What an exposed operation, a tool or a function does: a call, steps, what a function
// does (`ref`), or, with neither, the answer that its outputs state.
struct Recipe {
  std::vector<InputParameter> inputs;
  Text ref;
  Call call;
  std::vector<Step> steps;
  std::vector<StepMapping> mappings;
  std::vector<OutputParameter> outputs;
};

// One function (later `flow`) of an aggregate, for any number of doors.
struct Function : Recipe {
  Position position;
  Text name;
  Text description;
  Flag safe;        // `semantics`
  Flag idempotent;  // `semantics`
};

struct Aggregate {
  Position position;
  std::string file;              // as of Consume
  std::optional<Import> import;  // as of Consume
  Text space;                    // `namespace`
  std::vector<Function> functions;
};

struct ExposedOperation : Recipe {
  Position position;
  Text name;
  Text method;
  Text description;
};

struct ExposedResource {
  Position position;
  Text name;
  Text path;
  Text description;
  std::vector<InputParameter> inputs;  // of every operation below
  std::vector<ExposedOperation> operations;
};

struct ExposedTool : Recipe {
  Position position;
  Text name;
  Text description;
  Hints hints;
};

// What MCP clients read: files below `location`, or the answer of a call.
struct McpResource {
  Position position;
  Text name;
  Text title;
  Text uri;  // with {param}: a template
  Text description;
  Text mime_type;
  Text location;
  Call call;
};

struct PromptArgument {
  Text name;
  Text title;
  Text description;
  Flag required;
};

struct PromptMessage {
  Text role;
  Text content;
};

// A text that MCP clients fill in: messages of the file, or one from `location`.
struct Prompt {
  Position position;
  Text name;
  Text title;
  Text description;
  std::vector<PromptArgument> arguments;
  std::vector<PromptMessage> messages;
  Text location;
};

// One `exposes` entry: `type: rest` has resources, `type: mcp` has tools, and resources
// and prompts of MCP's kind, `type: grpc` procedures, which are written like tools.
struct Expose {
  Position position;
  Text type;
  Text space;  // `namespace`
  Text port;
  Text transport;
  Text description;
  std::optional<Authentication> authentication;  // of callers
  std::vector<ExposedResource> resources;
  std::vector<ExposedTool> tools;
  std::vector<McpResource> mcp_resources;
  std::vector<Prompt> prompts;
  Text package;  // of the procedures' service
  Text service;
  std::vector<ExposedTool> procedures;
};

struct Capability {
  std::string file;  // as given to the parser
  // Its parts stand at the root: they are there to be imported, and serve nothing.
  bool shared = false;
  Text version;  // value of the root key `naftiko` or `ikanos`
  Info info;
  std::vector<Bind> binds;
  std::vector<Consume> consumes;
  std::vector<Aggregate> aggregates;
  std::vector<Expose> exposes;
};

}  // namespace portico::capability

#endif  // PORTICO_CORE_CAPABILITY_CAPABILITY_H_
