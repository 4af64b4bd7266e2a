#include "core/plan/binding_compiler.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "core/capability/suggestion.h"
#include "core/plan/header_rules.h"
#include "core/plan/name_folding.h"

namespace portico::plan {
namespace {

using capability::Entry;
using capability::FindingLog;

constexpr char kBody[] = "body";

bool IsBound(const std::vector<Binding>& bindings, const std::string& parameter) {
  return std::any_of(bindings.begin(), bindings.end(),
                     [&](const Binding& binding) { return binding.parameter == parameter; });
}

class BindingsCompiler {
 public:
  BindingsCompiler(const BindingSite& site, const DraftOperation& drafted, FindingLog* log)
      : site_(site), drafted_(drafted), operation_(*drafted.operation), log_(log) {
    for (const Parameter& parameter : operation_.parameters) names_.push_back(parameter.name);
    if (!drafted_.body_name.empty()) names_.push_back(drafted_.body_name);
  }

  std::vector<Binding> Compile() {
    if (site_.call->with.has_value()) {
      for (const Entry& entry : *site_.call->with) CompileEntry(entry);
    }
    AddUnmentioned();
    if (site_.route != nullptr) CheckCaptures();
    CheckInputs();
    return std::move(bindings_);
  }

 private:
  std::string KeyOf(const Entry& entry) const {
    return absl::StrCat(site_.position.key, ".with.", entry.name.text);
  }

  // The caller's name that `value` refers to, or nothing for a constant.
  std::optional<std::string> Reference(const std::string& value) const {
    for (const std::string& door : {std::string("rest"), std::string("tools"), site_.door_space}) {
      if (!door.empty() && absl::StartsWith(value, absl::StrCat(door, "."))) {
        return value.substr(door.size() + 1);
      }
    }
    if (!absl::StartsWith(value, "{{") || !absl::EndsWith(value, "}}")) return std::nullopt;
    const std::string name(absl::StripAsciiWhitespace(value.substr(2, value.size() - 4)));
    const bool captured =
        site_.route != nullptr && FindName(site_.route->placeholders(), name).has_value();
    if (captured || FindName(site_.inputs, name).has_value()) return name;
    return std::nullopt;
  }

  // The name under which the caller gives NAME: as the route captures it, if it does.
  std::string CallerName(const std::string& name, const std::string& parameter) const {
    if (site_.route == nullptr) return name;
    if (parameter == kBody) return kBody;
    const auto capture = FindName(site_.route->placeholders(), name);
    return capture.has_value() ? site_.route->placeholders()[*capture] : name;
  }

  void Add(const std::string& caller_name, const std::string& parameter) {
    bindings_.push_back({CallerName(caller_name, parameter), "", parameter});
  }

  void CompileEntry(const Entry& entry) {
    if (drafted_.IsPreset(entry.name.text)) return;
    const std::string& value = entry.value.text;
    const std::optional<std::string> reference = Reference(value);
    std::optional<std::size_t> index = FindName(names_, entry.name.text);
    if (!index.has_value()) index = FindName(names_, WireName(entry.name.text));
    if (!index.has_value()) {
      NoInput(entry, reference.has_value());
      return;
    }
    const bool body = *index >= operation_.parameters.size();
    const std::string parameter = body ? kBody : names_[*index];
    if (!mentioned_.insert(parameter).second) {
      log_->Error(capability::Rule::kBadBinding, entry.name.line, KeyOf(entry),
                  absl::StrCat("feeds \"", parameter, "\" a second time"));
    } else if (reference.has_value() && reference->empty()) {
      log_->Error(capability::Rule::kBadBinding, entry.value.line, KeyOf(entry),
                  "names no value of the caller after the \".\"");
    } else if (reference.has_value()) {
      const bool named = FindName(names_, *reference).has_value();
      Add(named ? *reference : WireName(*reference), parameter);
    } else {
      AddConstant(entry, parameter, body ? nullptr : &operation_.parameters[*index]);
    }
  }

  void NoInput(const Entry& entry, bool reference) {
    const auto untaken = FindName(drafted_.untaken, WireName(entry.name.text));
    if (!untaken.has_value()) {
      log_->Error(capability::Rule::kBadBinding, entry.name.line, KeyOf(entry),
                  absl::StrCat("is not an input of ", operation_.id,
                               log_->full() ? std::string()
                                            : capability::DidYouMean(entry.name.text, names_)));
    } else if (!reference && !SendsConstant(drafted_.untaken[*untaken], entry.value.text)) {
      log_->Warn(capability::Rule::kBadBinding, entry.value.line, KeyOf(entry),
                 absl::StrCat("has no effect: ", drafted_.untaken[*untaken],
                              " is not taken from callers"));
    }
  }

  bool SendsConstant(const std::string& header, const std::string& value) const {
    const auto& headers = operation_.constant_headers;
    return std::any_of(headers.begin(), headers.end(), [&](const Header& sent) {
      return absl::EqualsIgnoreCase(sent.name, header) && sent.value == value;
    });
  }

  void AddConstant(const Entry& entry, const std::string& parameter, const Parameter* target) {
    const std::string& value = entry.value.text;
    if (target != nullptr && target->location == ParameterLocation::kPath && value.empty()) {
      log_->Error(capability::Rule::kBadBinding, entry.value.line, KeyOf(entry),
                  "must not be empty: it is part of the path");
      return;
    }
    if (!IsHeaderValue(value) && target != nullptr) {
      log_->Error(capability::Rule::kBadBinding, entry.value.line, KeyOf(entry),
                  "holds a control character");
      return;
    }
    if (absl::StrContains(value, "{{")) {
      log_->Warn(
          capability::Rule::kBadBinding, entry.value.line, KeyOf(entry),
          "is sent as it is written: it names no declared input alone, and no variable, which "
          "is {{env.NAME}} in the \"with\" of a \"call\"; a caller's value is rest.NAME or "
          "tools.NAME");
    }
    bindings_.push_back({"", value, parameter});
  }

  void AddUnmentioned() {
    const bool identity = !site_.call->with.has_value();
    for (const Parameter& parameter : operation_.parameters) {
      if (mentioned_.count(parameter.name) > 0 || IsBound(bindings_, parameter.name)) continue;
      const bool needed = parameter.required || parameter.location == ParameterLocation::kPath;
      if (!identity && !needed) continue;
      if (!identity && parameter.location != ParameterLocation::kPath) Unmentioned(parameter.name);
      Add(parameter.name, parameter.name);
    }
    if (operation_.body == BodyUse::kNone || mentioned_.count(kBody) > 0) return;
    if (!identity && operation_.body != BodyUse::kRequired) return;
    if (!identity) Unmentioned(kBody);
    Add(kBody, kBody);
  }

  void Unmentioned(const std::string& name) {
    log_->Warn(capability::Rule::kBadBinding, site_.position.line,
               absl::StrCat(site_.position.key, ".with"),
               absl::StrCat("leaves out \"", name, "\", which ", operation_.id,
                            " requires; the caller's value of that name is taken"));
  }

  void CheckCaptures() {
    for (const std::string& capture : site_.route->placeholders()) {
      const bool used =
          std::any_of(bindings_.begin(), bindings_.end(),
                      [&](const Binding& binding) { return binding.caller_name == capture; });
      if (used) continue;
      log_->Warn(capability::Rule::kBadBinding, site_.position.line, site_.position.key,
                 absl::StrCat("the path captures {", capture, "}, which feeds no input of ",
                              operation_.id, capability::DidYouMean(capture, names_)));
    }
  }

  // Declared inputs, but for members of a body, which passes whole.
  void CheckInputs() {
    if (IsBound(bindings_, kBody)) return;
    for (const std::string& input : site_.inputs) {
      const bool used = std::any_of(
          bindings_.begin(), bindings_.end(),
          [&](const Binding& binding) { return FoldName(binding.caller_name) == FoldName(input); });
      if (used) continue;
      log_->Warn(capability::Rule::kBadBinding, site_.position.line,
                 absl::StrCat(site_.position.key, ".inputParameters"),
                 absl::StrCat("\"", input, "\" feeds no input of ", operation_.id,
                              capability::DidYouMean(input, names_)));
    }
  }

  const BindingSite& site_;
  const DraftOperation& drafted_;
  const Operation& operation_;
  FindingLog* log_;
  std::vector<std::string> names_;   // of the parameters in order, then of the body
  std::set<std::string> mentioned_;  // parameters under `with`, bound or wrong
  std::vector<Binding> bindings_;
};

}  // namespace

std::vector<Binding> CompileBindings(const BindingSite& site, const DraftOperation& operation,
                                     FindingLog* log) {
  return BindingsCompiler(site, operation, log).Compile();
}

void BindVendorInputs(const DraftOperation& drafted, std::vector<Binding>* bindings) {
  const auto bind = [&](const std::string& name) {
    const bool taken = std::any_of(bindings->begin(), bindings->end(), [&](const Binding& binding) {
      return binding.caller_name == name;
    });
    if (!taken) bindings->push_back({name, "", name});
  };
  for (const Parameter& parameter : drafted.operation->parameters) {
    const bool known_to_the_file = parameter.source != ParameterSource::kVendor &&
                                   parameter.source != ParameterSource::kOverlay;
    if (!known_to_the_file) bind(parameter.name);
  }
  if (drafted.body_name.empty() && drafted.operation->body != BodyUse::kNone) bind(kBody);
}

}  // namespace portico::plan
