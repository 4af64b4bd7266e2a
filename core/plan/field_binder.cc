#include "core/plan/field_binder.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/plan/array_style.h"
#include "core/plan/name_folding.h"
#include "portico/v1/annotations.pb.h"

namespace portico::plan {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;

constexpr char kUnmodeledJson[] = "unmodeled_json";
constexpr int kUnmodeledJsonNumber = 1000;

ValueType TypeOf(const FieldDescriptor& field) {
  if (field.is_repeated()) return ValueType::kArray;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
      return ValueType::kInteger;
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return ValueType::kNumber;
    case FieldDescriptor::CPPTYPE_BOOL:
      return ValueType::kBoolean;
    default:
      return ValueType::kString;
  }
}

class FieldBinder {
 public:
  FieldBinder(const MethodDescriptor& method, bool rest_is_body, Operation* operation,
              ServiceLog* log)
      : method_(method), rest_is_body_(rest_is_body), operation_(*operation), log_(log) {}

  std::vector<FieldBinding> Bind() {
    for (int i = 0; i < method_.input_type()->field_count(); ++i) {
      BindField(*method_.input_type()->field(i));
    }
    CheckRequired();
    return std::move(bindings_);
  }

 private:
  void BindField(const FieldDescriptor& field) {
    if (field.name() == kUnmodeledJson) return CheckUnmodeledJson(field);
    const bool named = field.options().HasExtension(v1::parameter);
    const v1::ParameterBinding& option = field.options().GetExtension(v1::parameter);
    const std::string name = option.name().empty() ? field.json_name() : option.name();
    const std::optional<std::size_t> known = FindParameter(name);
    if (!known.has_value() && rest_is_body_ && !named) return;  // a member of the body
    if (!CheckKind(field)) return;
    const std::size_t index = known.has_value() ? *known : AddVendorParameter(field, name);
    Parameter& parameter = operation_.parameters[index];
    if (named && !parameter.array_style_stated) parameter.array_style = StyleOf(option.array_style());
    CheckList(field, parameter);
    if (field.is_repeated()) parameter.type = ValueType::kArray;  // what the vendor takes
    for (const FieldBinding& binding : bindings_) {
      if (binding.parameter != index) continue;
      log_->Error(field, absl::StrCat("is the parameter \"", name, "\", and so is ",
                                      binding.field->name()));
    }
    bindings_.push_back({&field, index});
  }

  std::optional<std::size_t> FindParameter(const std::string& name) const {
    const std::vector<Parameter>& parameters = operation_.parameters;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      if (parameters[i].name == name) return i;
    }
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      if (parameters[i].location == ParameterLocation::kPath &&
          SqueezeName(parameters[i].name) == SqueezeName(name)) {
        return i;
      }
    }
    return std::nullopt;
  }

  std::size_t AddVendorParameter(const FieldDescriptor& field, const std::string& name) {
    Parameter parameter;
    parameter.name = name;
    parameter.type = TypeOf(field);
    parameter.source = ParameterSource::kVendor;
    operation_.parameters.push_back(std::move(parameter));
    return operation_.parameters.size() - 1;
  }

  bool CheckKind(const FieldDescriptor& field) {
    const bool text = field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE &&
                      field.type() != FieldDescriptor::TYPE_BYTES;
    if (!text) {
      log_->Error(field, absl::StrCat("cannot travel as a parameter; only numbers, booleans, "
                                      "enums, strings and lists of them can"));
    }
    return text;
  }

  // The vendor may take several values where the file declares one, not the other
  // way round; a path takes one.
  void CheckList(const FieldDescriptor& field, const Parameter& parameter) {
    if (field.is_repeated() && parameter.location == ParameterLocation::kPath) {
      log_->Error(field, absl::StrCat("is repeated, but {", parameter.name,
                                      "} in the path takes one value"));
    } else if (!field.is_repeated() && parameter.type == ValueType::kArray) {
      log_->Error(field, absl::StrCat("must be repeated: \"", parameter.name, "\" is an array in ",
                                      operation_.place.file));
    }
  }

  void CheckUnmodeledJson(const FieldDescriptor& field) {
    if (!rest_is_body_) {
      log_->Error(field, "has no place without a body; only body: \"*\" takes unmodeled members");
    }
    if (field.number() != kUnmodeledJsonNumber || field.is_repeated() ||
        field.type() != FieldDescriptor::TYPE_STRING) {
      log_->Error(field, "must be \"string unmodeled_json = 1000\"");
    }
  }

  void CheckRequired() {
    for (std::size_t i = 0; i < operation_.parameters.size(); ++i) {
      const Parameter& parameter = operation_.parameters[i];
      const bool bound =
          std::any_of(bindings_.begin(), bindings_.end(),
                      [&](const FieldBinding& binding) { return binding.parameter == i; });
      if (bound || !parameter.required) continue;
      log_->Error(method_, absl::StrCat(method_.input_type()->full_name(), " has no field for \"",
                                        parameter.name, "\", which ", operation_.id, " requires"));
    }
  }

  const MethodDescriptor& method_;
  const bool rest_is_body_;
  Operation& operation_;
  ServiceLog* log_;
  std::vector<FieldBinding> bindings_;
};

}  // namespace

std::vector<FieldBinding> BindFields(const MethodDescriptor& method, bool rest_is_body,
                                     Operation* operation, ServiceLog* log) {
  return FieldBinder(method, rest_is_body, operation, log).Bind();
}

}  // namespace portico::plan
