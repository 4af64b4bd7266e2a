#include "core/plan/parameter_overlay.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/capability/suggestion.h"
#include "core/plan/array_style.h"
#include "core/plan/header_rules.h"

namespace portico::plan {
namespace {

using overlay::OverlayLog;

ParameterLocation LocationOf(v1::ParameterIn in) {
  switch (in) {
    case v1::PARAMETER_IN_HEADER:
      return ParameterLocation::kHeader;
    case v1::PARAMETER_IN_PATH:
      return ParameterLocation::kPath;
    default:
      return ParameterLocation::kQuery;
  }
}

ValueType TypeOf(v1::ParameterType type) {
  switch (type) {
    case v1::PARAMETER_TYPE_INTEGER:
      return ValueType::kInteger;
    case v1::PARAMETER_TYPE_NUMBER:
      return ValueType::kNumber;
    case v1::PARAMETER_TYPE_BOOLEAN:
      return ValueType::kBoolean;
    case v1::PARAMETER_TYPE_ARRAY:
      return ValueType::kArray;
    case v1::PARAMETER_TYPE_OBJECT:
      return ValueType::kObject;
    default:
      return ValueType::kString;
  }
}

// One parameter of the overlay.
class ParameterOverlaying {
 public:
  ParameterOverlaying(const std::string& name, const v1::ParameterOverlay& written, std::string key,
                      OverlayLog* log)
      : name_(name), written_(written), key_(std::move(key)), log_(log) {}

  void Apply(DraftOperation* drafted) {
    Parameter* parameter = Find(drafted->operation.get());
    if (parameter == nullptr) parameter = Add(drafted);
    if (parameter == nullptr) return;
    if (written_.in() != v1::PARAMETER_IN_UNSPECIFIED &&
        LocationOf(written_.in()) != parameter->location) {
      Error(".in", "is not where the parameter travels; it cannot be moved");
    }
    if (written_.type() != v1::PARAMETER_TYPE_UNSPECIFIED) {
      parameter->type = TypeOf(written_.type());
    }
    if (!written_.description().empty()) parameter->description = written_.description();
    SetRequired(parameter);
    SetStyle(parameter);
  }

 private:
  // Of several with the name, in different places, the one where `in` says; else the first.
  Parameter* Find(Operation* operation) const {
    Parameter* first = nullptr;
    for (Parameter& parameter : operation->parameters) {
      const bool header = parameter.location == ParameterLocation::kHeader;
      if (parameter.name != name_ && !(header && absl::EqualsIgnoreCase(parameter.name, name_))) {
        continue;
      }
      if (first == nullptr) first = &parameter;
      const bool there = written_.in() != v1::PARAMETER_IN_UNSPECIFIED &&
                         LocationOf(written_.in()) == parameter.location;
      if (there) return &parameter;
    }
    return first;
  }

  Parameter* Add(DraftOperation* drafted) {
    Operation& operation = *drafted->operation;
    if (const std::string problem = WhyNotAdd(operation); !problem.empty()) {
      Error("", problem);
      return nullptr;
    }
    Parameter parameter;
    parameter.name = name_;
    parameter.location = LocationOf(written_.in());
    parameter.source = ParameterSource::kOverlay;
    auto& untaken = drafted->untaken;
    untaken.erase(std::remove(untaken.begin(), untaken.end(), name_), untaken.end());
    operation.parameters.push_back(std::move(parameter));
    return &operation.parameters.back();
  }

  bool IsConstant(const Operation& operation) const {
    return std::any_of(operation.constants.begin(), operation.constants.end(),
                       [&](const Constant& constant) {
                         return constant.location == ParameterLocation::kHeader
                                    ? absl::EqualsIgnoreCase(constant.name, name_)
                                    : constant.name == name_;
                       }) ||
           std::any_of(operation.constant_headers.begin(), operation.constant_headers.end(),
                       [&](const Header& header) {
                         return absl::EqualsIgnoreCase(header.name, name_) &&
                                !absl::EqualsIgnoreCase(name_, "Accept");
                       });
  }

  std::string WhyNotAdd(const Operation& operation) const {
    if (IsConstant(operation)) return "is fixed by the capability file, and asked of nobody";
    switch (written_.in()) {
      case v1::PARAMETER_IN_PATH:
        return absl::StrCat("is no placeholder of the path ", operation.path.text(),
                            capability::DidYouMean(name_, operation.path.placeholders()));
      case v1::PARAMETER_IN_HEADER:
        if (!IsHeaderName(name_)) return "cannot be a header's name";
        if (absl::EqualsIgnoreCase(name_, "Accept")) return "is never taken from callers";
        if (const std::string reason = ReasonNotToTake(name_); !reason.empty()) {
          return absl::StrCat("is never taken from callers: ", reason);
        }
        return "";
      case v1::PARAMETER_IN_QUERY:
        return name_ == "body" ? "is how callers name the request's body" : "";
      default:
        break;
    }
    std::vector<std::string> names;
    for (const Parameter& parameter : operation.parameters) names.push_back(parameter.name);
    return absl::StrCat("is no parameter of ", operation.id,
                        " (to add it say where it travels, e.g. \"in: query\")",
                        capability::DidYouMean(name_, names));
  }

  void SetRequired(Parameter* parameter) {
    if (!written_.has_required()) return;
    if (parameter->location == ParameterLocation::kPath && !written_.required()) {
      return Error(".required", "must be true: the path cannot be made without it");
    }
    parameter->required = written_.required();
  }

  void SetStyle(Parameter* parameter) {
    if (written_.array_style() == v1::ARRAY_STYLE_UNSPECIFIED) return;
    if (parameter->location != ParameterLocation::kQuery) {
      return Error(".arrayStyle", "is for parameters in the query");
    }
    if (parameter->type != ValueType::kArray && parameter->type != ValueType::kObject) {
      return Error(".arrayStyle",
                   "is for lists and objects; say \"type: array\" or \"type: object\" as well");
    }
    if (parameter->type == ValueType::kObject &&
        written_.array_style() != v1::ARRAY_STYLE_DEEP_OBJECT) {
      return Error(".arrayStyle", "of an object can only be deepObject");
    }
    parameter->array_style = StyleOf(written_.array_style());
    parameter->array_style_stated = true;
  }

  void Error(absl::string_view member, std::string message) {
    log_->Error(absl::StrCat(key_, member), std::move(message));
  }

  const std::string& name_;
  const v1::ParameterOverlay& written_;
  const std::string key_;
  OverlayLog* log_;
};

}  // namespace

void OverlayParameters(const v1::OperationOverlay& written, const std::string& key, OverlayLog* log,
                       DraftOperation* drafted) {
  const auto key_of = [&](const std::string& name) { return absl::StrCat(key, ".", name); };
  std::vector<std::pair<int, std::string>> names;  // by line
  for (const auto& [name, parameter] : written.parameters()) {
    names.emplace_back(log->LineOf(key_of(name)), name);
  }
  std::sort(names.begin(), names.end());
  for (const auto& [line, name] : names) {
    ParameterOverlaying(name, written.parameters().at(name), key_of(name), log).Apply(drafted);
  }
}

}  // namespace portico::plan
