#include "core/invoke/input_values.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/match.h"

namespace portico::invoke {
namespace {

using codec::JsonValue;
using plan::ValueType;
using Kind = JsonValue::Kind;

// As a value of that kind, or as the text that it is.
JsonValue Read(const std::string& text, std::initializer_list<Kind> kinds) {
  std::optional<JsonValue> value = codec::ParseJson(text);
  if (!value.has_value() || std::find(kinds.begin(), kinds.end(), value->kind) == kinds.end()) {
    return JsonValue::String(text);
  }
  return *std::move(value);
}

JsonValue ValueOf(ValueType type, const std::vector<std::string>& texts) {
  if (type == ValueType::kArray || texts.size() != 1) {
    JsonValue array = JsonValue::Array();
    for (const std::string& text : texts) {
      array.elements.push_back(Read(text, {Kind::kObject, Kind::kArray}));
    }
    return array;
  }
  switch (type) {
    case ValueType::kInteger:
    case ValueType::kNumber:
      return Read(texts[0], {Kind::kNumber});
    case ValueType::kBoolean:
      return Read(texts[0], {Kind::kBoolean});
    case ValueType::kObject:
      return Read(texts[0], {Kind::kObject});
    default:
      return JsonValue::String(texts[0]);
  }
}

std::vector<std::string> TextsOf(const JsonValue& value) {
  std::vector<std::string> texts;
  if (value.kind == Kind::kArray) {
    for (const JsonValue& element : value.elements) texts.push_back(plan::TextOf(element));
  } else if (value.kind != Kind::kNull) {
    texts.push_back(plan::TextOf(value));
  }
  return texts;
}

bool PassesBody(const plan::Composition& composition) {
  return std::any_of(composition.steps.begin(), composition.steps.end(),
                     [](const plan::Step& step) { return step.passes_body; });
}

void SetBody(const JsonValue& value, Arguments* arguments) {
  // A text that is JSON already was written as such in the file.
  arguments->body = value.kind == Kind::kString
                        ? codec::WriteJson(Read(value.text, {Kind::kObject, Kind::kArray}))
                        : codec::WriteJson(value);
  arguments->send_body = true;
}

}  // namespace

std::vector<std::optional<JsonValue>> InputsOf(Call* call) {
  const plan::Operation& operation = *call->operation;
  std::vector<std::vector<std::string>>& texts = call->arguments.parameters;
  texts.resize(operation.parameters.size());
  std::optional<JsonValue> body;
  if (call->arguments.send_body && !PassesBody(*operation.composition)) {
    body = codec::ParseJson(call->arguments.body);
    if (!body.has_value() || body->kind != Kind::kObject) {
      call->violations.push_back({"body", "must be a JSON object in UTF-8"});
      body.reset();
    }
  }
  std::vector<std::optional<JsonValue>> inputs(operation.parameters.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const plan::Parameter& parameter = operation.parameters[i];
    if (!texts[i].empty()) {
      inputs[i] = ValueOf(parameter.type, texts[i]);
      continue;
    }
    const JsonValue* member = body.has_value() ? body->Find(parameter.name) : nullptr;
    if (member == nullptr || member->kind == Kind::kNull) continue;
    inputs[i] = *member;
    texts[i] = {""};  // given
  }
  return inputs;
}

Call CallOf(const plan::Step& step, const plan::Values& values, const Call& caller) {
  Call call;
  call.operation = step.operation;
  call.arguments.parameters.resize(step.operation->parameters.size());
  for (const plan::StepArgument& argument : step.arguments) {
    const std::optional<JsonValue> value = argument.value.Evaluate(values);
    if (value.has_value()) call.arguments.parameters[argument.parameter] = TextsOf(*value);
  }
  if (step.passes_body && caller.arguments.send_body) {
    call.arguments.body = caller.arguments.body;
    call.arguments.send_body = true;
    call.arguments.content_type = caller.arguments.content_type;
  } else if (step.body.has_value()) {
    const std::optional<JsonValue> value = step.body->Evaluate(values);
    if (value.has_value()) SetBody(*value, &call.arguments);
  }
  for (const plan::Header& header : caller.headers) {
    // Not what speaks of the answer's form, which no step's answer is the caller's in.
    for (const char* name : kForwardedHeaders) {
      if (absl::EqualsIgnoreCase(header.name, name)) call.headers.push_back(header);
    }
  }
  return call;
}

}  // namespace portico::invoke
