#include "core/plan/output_compiler.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "core/capability/suggestion.h"

namespace portico::plan {
namespace {

using capability::FindingLog;
using capability::OutputParameter;
using Type = Output::Type;

class OutputsCompiler {
 public:
  OutputsCompiler(bool of_document, Scope* scope, FindingLog* log)
      : of_document_(of_document), scope_(scope), log_(log) {}

  Output Compile(const OutputParameter& written, bool member) {
    Output output;
    output.type = TypeOf(written);
    output.name = member ? written.name.text : "";
    output.description = written.description.text;
    if (member && written.name.text.empty()) {
      Error(written, written.position.line, ".name", "is missing; a property needs it");
    }
    ReadSource(written, &output);
    output.properties = Members(written.properties);
    if (!written.items.empty()) output.items = {Items(written.items)};
    if (member && of_document_ && TakesOwnName(output)) {
      output.mapping = JsonPath::OfMember(output.name);
    }
    return output;
  }

  std::vector<Output> Members(const std::vector<OutputParameter>& written) {
    std::vector<Output> members;
    for (const OutputParameter& one : written) {
      members.push_back(Compile(one, true));
      const std::string& name = members.back().name;
      const bool twice = std::any_of(members.begin(), members.end() - 1,
                                     [&](const Output& other) { return other.name == name; });
      if (twice) {
        Error(one, one.name.line, ".name", absl::StrCat("\"", name, "\" stands twice"));
      }
    }
    return members;
  }

  bool failed() const { return failed_; }

 private:
  void Error(const OutputParameter& written, int line, absl::string_view key, std::string message) {
    failed_ = true;
    log_->Error(capability::Rule::kBadComposition, line, absl::StrCat(written.position.key, key),
                std::move(message));
  }

  Type TypeOf(const OutputParameter& written) {
    static const std::vector<std::string> kTypes = {"string",  "number", "integer",
                                                    "boolean", "array",  "object"};
    static constexpr Type kMeant[] = {Type::kString,  Type::kNumber, Type::kInteger,
                                      Type::kBoolean, Type::kArray,  Type::kObject};
    const std::string& text = written.type.text;
    const auto found = std::find(kTypes.begin(), kTypes.end(), text);
    if (found != kTypes.end()) return kMeant[found - kTypes.begin()];
    if (written.type.present()) {
      log_->Warn(capability::Rule::kBadComposition, written.type.line,
                 absl::StrCat(written.position.key, ".type"),
                 absl::StrCat("\"", text, "\" is no type of an output; it may be anything",
                              capability::DidYouMean(text, kTypes)));
    }
    if (!written.properties.empty()) return Type::kObject;
    return written.items.empty() ? Type::kAny : Type::kArray;
  }

  void ReadSource(const OutputParameter& written, Output* output) {
    if (written.value.present()) {
      absl::StatusOr<Expression> value = ParseExpression(written.value.text, scope_);
      if (value.ok()) {
        output->value = *std::move(value);
      } else {
        Error(written, written.value.line, ".value", std::string(value.status().message()));
      }
    }
    if (written.mapping.present()) {
      absl::StatusOr<JsonPath> path = JsonPath::Parse(written.mapping.text);
      if (path.ok()) {
        output->mapping = *std::move(path);
      } else {
        Error(written, written.mapping.line, ".mapping", std::string(path.status().message()));
      }
    }
    if (written.constant.present()) {
      output->constant = codec::ParseJson(written.constant.text);
      if (!output->constant.has_value()) {
        Error(written, written.constant.line, ".const", "is not UTF-8");
      }
    }
  }

  Output Items(const std::vector<OutputParameter>& written) {
    if (written.size() == 1 && !written[0].name.present()) return Compile(written[0], false);
    Output element;
    element.type = Type::kObject;
    element.properties = Members(written);
    return element;
  }

  static bool TakesOwnName(const Output& output) {
    return !output.value && !output.mapping && !output.constant && output.properties.empty();
  }

  const bool of_document_;
  Scope* scope_;
  FindingLog* log_;
  bool failed_ = false;
};

}  // namespace

bool IsWholeAnswer(const std::vector<OutputParameter>& written) {
  return std::all_of(written.begin(), written.end(), [](const OutputParameter& output) {
    const std::string& mapping = output.mapping.text;
    return (mapping.empty() || mapping == "$." || mapping == "$") && output.properties.empty() &&
           output.items.empty() && !output.constant.present() && !output.value.present();
  });
}

std::optional<Output> CompileOutputs(const std::vector<OutputParameter>& written, bool of_document,
                                     Scope* scope, FindingLog* log) {
  if (written.empty()) return std::nullopt;
  OutputsCompiler compiler(of_document, scope, log);
  Output output;
  if (written.size() == 1 && written[0].name.text.empty()) {
    output = compiler.Compile(written[0], false);
  } else {
    output.type = Type::kObject;
    output.properties = compiler.Members(written);
  }
  if (compiler.failed()) return std::nullopt;
  return output;
}

}  // namespace portico::plan
