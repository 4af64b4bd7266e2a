#include "core/capability/capability_lint.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace portico::capability {
namespace {

bool IsToolName(const std::string& name) {
  if (name.empty() || name.size() > kMaxToolNameBytes) return false;
  if (name[0] == '_' || name[0] == '-') return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_' || c == '-';
  });
}

class Lint {
 public:
  Lint(const Capability& capability, FindingLog* log) : capability_(capability), log_(log) {}

  void Run() {
    for (const Consume& consume : capability_.consumes) {
      for (const ConsumedResource& resource : consume.resources) {
        for (const ConsumedOperation& operation : resource.operations) {
          operations_.emplace(absl::StrCat(consume.space.text, ".", operation.name.text),
                              &operation);
          CheckOperation(operation);
        }
      }
    }
    for (const Expose& expose : capability_.exposes) {
      for (const ExposedResource& resource : expose.resources) {
        for (const ExposedOperation& operation : resource.operations) {
          CheckCall(operation.call);
          NoteTexts(operation);
        }
      }
      for (const ExposedTool& tool : expose.tools) {
        CheckTool(tool);
        NoteTexts(tool);
      }
    }
    for (const Aggregate& aggregate : capability_.aggregates) {
      for (const Function& function : aggregate.functions) NoteTexts(function);
    }
    CheckExposed();
    CheckBinds();
  }

 private:
  void CheckOperation(const ConsumedOperation& operation) {
    for (const InputParameter& input : operation.inputs) texts_ += input.value.text;
    if (operation.description.text.empty()) {
      Note(Rule::kNoDescription, operation.position,
           absl::StrCat("\"", operation.name.text, "\" has no description; it is what people see"),
           "description: what the operation does, in one sentence");
    }
    const std::string format = absl::AsciiStrToLower(operation.output_raw_format.text);
    if (!format.empty() && format != "json") {
      log_->Note(Rule::kRawFormat, operation.output_raw_format.line,
                 absl::StrCat(operation.position.key, ".outputRawFormat"),
                 absl::StrCat("answers are read as JSON, not as ", format,
                              "; others pass through REST and MCP as they are"));
    }
  }

  void CheckTool(const ExposedTool& tool) {
    CheckCall(tool.call);
    if (tool.description.text.empty()) {
      Note(Rule::kNoDescription, tool.position,
           absl::StrCat("\"", tool.name.text, "\" has no description; a model chooses by it"),
           "description: what the tool does and when to use it");
    } else if (tool.description.text.size() > kMaxToolDescription) {
      log_->Note(Rule::kLongDescription, tool.description.line,
                 absl::StrCat(tool.position.key, ".description"),
                 absl::StrCat("has ", tool.description.text.size(),
                              " bytes; models are shown the "
                              "first ",
                              kMaxToolDescription));
    }
    if (!IsToolName(tool.name.text)) {
      log_->Note(Rule::kToolName, tool.name.line, absl::StrCat(tool.position.key, ".name"),
                 absl::StrCat("\"", tool.name.text,
                              "\" is offered under another name: not every "
                              "client takes it"),
                 absl::StrCat("at most ", kMaxToolNameBytes, " of a-z, 0-9, - and _"));
    }
    CheckHints(tool);
  }

  void CheckHints(const ExposedTool& tool) {
    const auto found = operations_.find(tool.call.operation.text);
    if (found == operations_.end()) return;
    const std::string method = absl::AsciiStrToUpper(found->second->method.text);
    const bool reads = method == "GET" || method == "HEAD" || method == "OPTIONS";
    const Hints& hints = tool.hints;
    if (reads && hints.destructive.value) {
      log_->Warn(Rule::kMethodHints, hints.destructive.line,
                 absl::StrCat(tool.position.key, ".hints.destructive"),
                 absl::StrCat("a ", method, " destroys nothing; clients will ask before each call"),
                 "destructive: false");
    } else if (!reads && hints.read_only.value && method != "POST") {
      log_->Warn(Rule::kMethodHints, hints.read_only.line,
                 absl::StrCat(tool.position.key, ".hints.readOnly"),
                 absl::StrCat("a ", method, " changes something; clients will call it unasked"),
                 "readOnly: false");
    } else if (!reads && hints.read_only.value) {
      log_->Note(Rule::kMethodHints, hints.read_only.line,
                 absl::StrCat(tool.position.key, ".hints.readOnly"),
                 "true of a POST only when it is a query; clients will call it unasked");
    }
  }

  void CheckCall(const Call& call) {
    called_.insert(call.operation.text);
    const auto found = operations_.find(call.operation.text);
    if (found == operations_.end() || !call.with.has_value()) return;
    for (const InputParameter& input : found->second->inputs) {
      const bool bound = std::any_of(call.with->begin(), call.with->end(), [&](const Entry& entry) {
        return absl::EqualsIgnoreCase(entry.name.text, input.name.text);
      });
      // What is required is taken from the caller all the same.
      if (bound || input.required.value || input.value.present()) continue;
      if (absl::EqualsIgnoreCase(input.location.text, "path") ||
          absl::EqualsIgnoreCase(input.name.text, "accept")) {
        continue;
      }
      log_->Note(Rule::kUnboundInput, call.operation.line, call.operation.text,
                 absl::StrCat("\"with\" leaves out \"", input.name.text,
                              "\": no caller can give it here"));
    }
  }

  void CheckExposed() {
    for (const auto& [id, operation] : operations_) {
      if (called_.count(id) > 0) continue;
      Note(Rule::kNeverExposed, operation->position,
           absl::StrCat("\"", id, "\" has no REST route and no tool"), absl::StrCat("call: ", id));
    }
  }

  // Where a `with` may name variables.
  void NoteTexts(const Recipe& recipe) {
    const auto note = [this](const Call& call) {
      if (!call.with.has_value()) return;
      for (const Entry& entry : *call.with) texts_ += entry.value.text;
    };
    note(recipe.call);
    for (const Step& step : recipe.steps) note(step.call);
  }

  // Secrets are named by {{SPACE.NAME}} or {{NAME}}.
  void CheckBinds() {
    for (const Consume& consume : capability_.consumes) {
      if (!consume.authentication.has_value()) continue;
      const Authentication& written = *consume.authentication;
      absl::StrAppend(&texts_, written.token.text, written.username.text, written.password.text,
                      written.value.text, written.key.text);
    }
    for (const Consume& consume : capability_.consumes)
      absl::StrAppend(&texts_, consume.base_uri.text);
    for (const Bind& bind : capability_.binds) {
      for (const Entry& entry : bind.keys) {
        const std::string& name = entry.name.text;
        if (absl::StrContains(texts_, absl::StrCat(name, "}}"))) continue;
        log_->Note(Rule::kUnusedBind, entry.name.line, bind.position.key,
                   absl::StrCat("\"", name, "\" is referred to nowhere in this file"));
      }
    }
  }

  void Note(Rule rule, const Position& position, std::string message, std::string fix) {
    log_->Note(rule, position.line, position.key, std::move(message), std::move(fix));
  }

  const Capability& capability_;
  FindingLog* log_;
  std::string texts_;                                           // that may name variables
  std::map<std::string, const ConsumedOperation*> operations_;  // of a repeated name the first
  std::set<std::string> called_;
};

}  // namespace

void Advise(const Capability& capability, FindingLog* log) { Lint(capability, log).Run(); }

}  // namespace portico::capability
