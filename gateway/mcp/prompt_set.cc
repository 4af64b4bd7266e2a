#include "gateway/mcp/prompt_set.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/capability/suggestion.h"
#include "gateway/mcp/json_value.h"
#include "gateway/mcp/json_view.h"

namespace portico::mcp {
namespace {

using plan::Prompt;

void AddText(absl::string_view member, const std::string& text, std::string* json) {
  if (!text.empty()) absl::StrAppend(json, ",\"", member, "\":", Quoted(text));
}

std::string Listed(const Prompt& prompt) {
  std::string json = absl::StrCat("{\"name\":", Quoted(prompt.name));
  AddText("title", prompt.title, &json);
  AddText("description", prompt.description, &json);
  if (prompt.arguments.empty()) return json + "}";
  absl::StrAppend(&json, ",\"arguments\":[");
  for (const Prompt::Argument& argument : prompt.arguments) {
    absl::StrAppend(&json, json.back() == '[' ? "" : ",", "{\"name\":", Quoted(argument.name));
    AddText("title", argument.title, &json);
    AddText("description", argument.description, &json);
    absl::StrAppend(&json, ",\"required\":", argument.required ? "true" : "false", "}");
  }
  return json + "]}";
}

// One pass: what a value holds is not looked at again.
std::string Filled(absl::string_view text, const std::map<std::string, std::string>& values) {
  std::string filled;
  while (true) {
    const std::size_t open = text.find("{{");
    const std::size_t close = open == text.npos ? open : text.find("}}", open);
    if (close == text.npos) return absl::StrCat(filled, text);
    const auto name = absl::StripAsciiWhitespace(text.substr(open + 2, close - open - 2));
    const auto value = values.find(std::string(name));
    const bool known = value != values.end();
    absl::StrAppend(&filled, text.substr(0, open),
                    known ? absl::string_view(value->second) : text.substr(open, close + 2 - open));
    text.remove_prefix(close + 2);
  }
}

absl::Status Wrong(std::string why) { return absl::InvalidArgumentError(std::move(why)); }

absl::StatusOr<std::map<std::string, std::string>> ValuesOf(const Prompt& prompt,
                                                            absl::string_view arguments) {
  std::map<std::string, std::string> values;
  std::vector<std::string> names;
  for (const Prompt::Argument& argument : prompt.arguments) names.push_back(argument.name);
  const auto given = ParseJson(arguments.empty() ? "{}" : arguments);
  if (!given.has_value() || given->kind != JsonValue::Kind::kObject) {
    return Wrong("arguments must be an object");
  }
  for (std::size_t i = 0; i < given->names.size(); ++i) {
    const std::string& name = given->names[i];
    const JsonValue& value = given->elements[i];
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      return Wrong(absl::StrCat("unknown argument ", name, capability::DidYouMean(name, names)));
    }
    const bool text = value.kind == JsonValue::Kind::kString ||
                      value.kind == JsonValue::Kind::kNumber ||
                      value.kind == JsonValue::Kind::kBoolean;
    if (!text) return Wrong(absl::StrCat("argument ", name, " must be a text"));
    values[name] = value.text;
  }
  for (const Prompt::Argument& argument : prompt.arguments) {
    if (argument.required && values.count(argument.name) == 0) {
      return Wrong(absl::StrCat("argument ", argument.name, " is missing"));
    }
    values.emplace(argument.name, "");
  }
  return values;
}

}  // namespace

PromptSet::PromptSet(std::vector<const Prompt*> prompts) : prompts_(std::move(prompts)) {
  for (const Prompt* const prompt : prompts_) listed_.push_back(Listed(*prompt));
}

absl::StatusOr<std::string> PromptSet::Get(const std::string& name,
                                           absl::string_view arguments) const {
  std::vector<std::string> names;
  for (const Prompt* const prompt : prompts_) {
    names.push_back(prompt->name);
    if (prompt->name != name) continue;
    const auto values = ValuesOf(*prompt, arguments);
    if (!values.ok()) return values.status();
    std::string json = "{\"messages\":[";
    for (const Prompt::Message& message : prompt->messages) {
      absl::StrAppend(&json, json.back() == '[' ? "" : ",", "{\"role\":\"", message.role,
                      "\",\"content\":{\"type\":\"text\",\"text\":",
                      Quoted(Filled(message.text, *values)), "}}");
    }
    json += "]";
    AddText("description", prompt->description, &json);
    return json + "}";
  }
  return Wrong(absl::StrCat("unknown prompt ", name, capability::DidYouMean(name, names)));
}

}  // namespace portico::mcp
