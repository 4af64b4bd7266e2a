#include "gateway/rest/route_inputs.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/capability/suggestion.h"
#include "core/codec/json_value.h"
#include "core/plan/name_folding.h"
#include "gateway/rest/object_inputs.h"

namespace portico::rest {
namespace {

using plan::Binding;
using plan::Parameter;
using plan::ParameterLocation;

constexpr char kBody[] = "body";

}  // namespace

RouteInputs::RouteInputs(const plan::Route& route)
    : route_(&route), captures_(route.path.placeholders().size()) {
  const std::vector<std::string>& placeholders = route.path.placeholders();
  const std::vector<Parameter>& parameters = route.operation->parameters;
  for (const Binding& binding : route.bindings) {
    if (binding.parameter == kBody) {
      if (binding.caller_name.empty()) {
        fixed_body_ = binding.constant;
      } else {
        takes_body_ = route.operation->body != plan::BodyUse::kNone;
      }
    }
    const auto capture = std::find(placeholders.begin(), placeholders.end(), binding.caller_name);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      if (parameters[i].name != binding.parameter) continue;
      if (binding.caller_name.empty()) {
        constants_.emplace_back(i, binding.constant);
      } else if (capture != placeholders.end()) {
        captures_[static_cast<std::size_t>(capture - placeholders.begin())].push_back(i);
      } else if (parameters[i].location == ParameterLocation::kHeader) {
        fields_.emplace_back(binding.caller_name, i);
      } else {
        query_[binding.caller_name].push_back(i);
      }
    }
  }
  fills_path_from_body_ = std::any_of(query_.begin(), query_.end(),
                                      [this](const auto& one) { return MayFillPath(one.second); });
}

void RouteInputs::Place(std::vector<std::string> captures, const std::vector<QueryPair>& query,
                        const http::RequestHead& head, invoke::Call* call) const {
  call->operation = route_->operation;
  std::vector<std::vector<std::string>>& values = call->arguments.parameters;
  values.resize(route_->operation->parameters.size());
  for (const auto& [parameter, constant] : constants_) values[parameter] = {constant};
  for (std::size_t i = 0; i < captures_.size(); ++i) {
    for (const std::size_t parameter : captures_[i]) values[parameter] = {captures[i]};
  }
  for (const auto& [field, parameter] : fields_) {
    for (const http::RequestField& sent : head.fields) {
      if (absl::EqualsIgnoreCase(sent.name, field)) {
        values[parameter].emplace_back(sent.value);
      }
    }
  }
  PlaceQuery(query, call);
}

void RouteInputs::PlaceQuery(const std::vector<QueryPair>& query, invoke::Call* call) const {
  ObjectInputs objects;
  for (const QueryPair& pair : query) {
    if (const auto known = query_.find(pair.name); known != query_.end()) {
      Give(known->second, pair.value, call);
    } else if (TakesObject(ObjectInputs::OwnerOf(pair.name))) {
      const std::string problem = objects.Take(pair.name, pair.value);
      if (!problem.empty()) call->violations.push_back({pair.name, problem});
    } else {
      call->violations.push_back({pair.name, Unknown(pair.name)});
    }
  }
  for (const auto& [name, object] : objects.objects()) {
    Give(query_.at(name), codec::WriteJson(object), call);
  }
  for (const auto& [name, indices] : query_) {
    const Parameter& parameter = route_->operation->parameters[indices.front()];
    const std::size_t count = call->arguments.parameters[indices.front()].size();
    if (count > 1 && parameter.type != plan::ValueType::kArray) {
      call->violations.push_back({name, absl::StrCat("takes one value, not ", count)});
    }
  }
}

void RouteInputs::Give(const Indices& parameters, const std::string& value, invoke::Call* call) {
  for (const std::size_t parameter : parameters) {
    call->arguments.parameters[parameter].push_back(value);
  }
}

bool RouteInputs::TakesObject(const std::string& name) const {
  const auto known = query_.find(name);
  return known != query_.end() &&
         route_->operation->parameters[known->second.front()].type == plan::ValueType::kObject;
}

bool RouteInputs::MayFillPath(const Indices& parameters) const {
  return std::any_of(parameters.begin(), parameters.end(), [this](std::size_t parameter) {
    return route_->operation->parameters[parameter].location == ParameterLocation::kPath;
  });
}

void RouteInputs::PlaceFromBody(absl::string_view body, invoke::Call* call) const {
  if (!fills_path_from_body_ || body.empty()) return;
  std::optional<codec::JsonValue> value;
  for (const auto& [name, indices] : query_) {
    if (!MayFillPath(indices) || !call->arguments.parameters[indices.front()].empty()) continue;
    if (!value.has_value()) value = codec::ParseJson(body);
    if (!value.has_value() || value->kind != codec::JsonValue::Kind::kObject) return;
    const auto member = plan::FindName(value->names, name);
    if (!member.has_value()) continue;
    const codec::JsonValue& given = value->elements[*member];
    if (given.kind == codec::JsonValue::Kind::kString ||
        given.kind == codec::JsonValue::Kind::kNumber) {
      Give(indices, given.text, call);
    }
  }
}

std::string RouteInputs::Unknown(const std::string& name) const {
  std::vector<std::string> names;
  for (const auto& [known, indices] : query_) names.push_back(known);
  const std::string route = absl::StrCat(route_->http_method, " ", route_->path.text());
  if (names.empty()) return absl::StrCat("is unknown: ", route, " takes no query parameters");
  return absl::StrCat("is not a query parameter of ", route, capability::DidYouMean(name, names),
                      " (it takes ", absl::StrJoin(names, ", "), ")");
}

std::string RouteInputs::CallersName(const std::string& parameter) const {
  for (const Binding& binding : route_->bindings) {
    if (binding.parameter == parameter && !binding.caller_name.empty()) return binding.caller_name;
  }
  return parameter;
}

}  // namespace portico::rest
