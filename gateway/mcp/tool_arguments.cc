#include "gateway/mcp/tool_arguments.h"

#include <optional>
#include <utility>

#include "gateway/mcp/argument_check.h"
#include "gateway/mcp/input_schema.h"
#include "gateway/mcp/json_value.h"

namespace portico::mcp {
namespace {

using Kind = JsonValue::Kind;

constexpr char kBody[] = "body";

// The texts of a value that becomes a parameter.
std::vector<std::string> TextsOf(const JsonValue& value) {
  std::vector<std::string> texts;
  if (value.kind == Kind::kArray) {
    for (const JsonValue& element : value.elements) {
      texts.push_back(element.kind == Kind::kString ? element.text : WriteJson(element));
    }
  } else {
    texts.push_back(value.kind == Kind::kString ? value.text : WriteJson(value));
  }
  return texts;
}

bool SaysNothing(const JsonValue& value) {
  const bool holds = value.kind == Kind::kObject || value.kind == Kind::kArray;
  return value.kind == Kind::kNull || (holds && value.elements.empty());
}

class Placement {
 public:
  Placement(const plan::Operation& operation, invoke::Arguments* arguments)
      : operation_(operation), arguments_(*arguments) {
    arguments_.parameters.assign(operation.parameters.size(), {});
  }

  void Constant(const std::string& parameter, const std::string& text) {
    if (parameter == kBody) {
      SendBody(text);
    } else {
      Parameter(parameter, {text});
    }
  }

  void Value(const std::string& parameter, const JsonValue& value) {
    if (parameter != kBody) {
      Parameter(parameter, TextsOf(value));
    } else if (operation_.body == plan::BodyUse::kRequired || !SaysNothing(value)) {
      // Some APIs refuse a body that they do not ask for, also an empty one.
      SendBody(WriteJson(value));
    }
  }

 private:
  void Parameter(const std::string& name, const std::vector<std::string>& texts) {
    for (std::size_t i = 0; i < operation_.parameters.size(); ++i) {
      if (operation_.parameters[i].name == name) arguments_.parameters[i] = texts;
    }
  }

  void SendBody(std::string text) {
    arguments_.body = std::move(text);
    arguments_.send_body = true;
  }

  const plan::Operation& operation_;
  invoke::Arguments& arguments_;
};

JsonValue* FindSource(const InputSchema& schema, const std::string& source, JsonValue* given) {
  for (const InputMember& member : schema.members) {
    if (member.source == source) return given->Find(member.name);
  }
  return nullptr;
}

}  // namespace

std::vector<std::string> PlaceArguments(const ServedTool& tool, absl::string_view arguments,
                                        invoke::Call* call) {
  call->operation = tool.tool->operation;
  std::optional<JsonValue> given = ParseJson(arguments.empty() ? "{}" : arguments);
  if (!given.has_value()) {
    return {"arguments: must be a JSON object in UTF-8, nested at most 100 deep"};
  }
  if (given->kind == Kind::kNull) given = JsonValue{Kind::kObject, "", {}, {}};
  std::vector<std::string> problems = CheckArgument(*tool.input, &*given);
  if (!problems.empty()) return problems;
  Placement placement(*tool.tool->operation, &call->arguments);
  for (const plan::Binding& binding : tool.tool->bindings) {
    if (binding.caller_name.empty()) {
      placement.Constant(binding.parameter, binding.constant);
    } else if (const JsonValue* value = FindSource(*tool.input, binding.caller_name, &*given)) {
      placement.Value(binding.parameter, *value);
    }
  }
  return {};
}

}  // namespace portico::mcp
