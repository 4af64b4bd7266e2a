#include "core/invoke/request_builder.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "core/invoke/object_query.h"
#include "core/plan/percent_encoding.h"
#include "core/plan/variable_text.h"

namespace portico::invoke {
namespace {

using plan::ArrayStyle;
using plan::Parameter;
using plan::ParameterLocation;

// A name as the file spells it: brackets and the like stay readable (RFC 3986
// allows them nowhere, but every server takes `a[b]` and some only that).
void AppendName(absl::string_view name, std::string* out) {
  for (char c : name) {
    if (c == '[' || c == ']' || c == '$') {
      out->push_back(c);
    } else {
      plan::AppendEncoded(absl::string_view(&c, 1), out);
    }
  }
}

void AppendPair(absl::string_view name, absl::string_view suffix, absl::string_view value,
                std::string* query) {
  if (!query->empty()) query->push_back('&');
  AppendName(name, query);
  query->append(suffix.data(), suffix.size());
  query->push_back('=');
  plan::AppendEncoded(value, query);
}

// Between the values of a list in one pair; null where each has a pair of its own.
const char* SeparatorOf(ArrayStyle style) {
  switch (style) {
    case ArrayStyle::kComma:
      return ",";
    case ArrayStyle::kPipe:
      return "%7C";
    case ArrayStyle::kSpace:
      return "%20";
    default:
      return nullptr;
  }
}

void AppendQuery(const Parameter& parameter, const std::vector<std::string>& values,
                 std::string* query) {
  if (values.empty()) return;
  if (parameter.type == plan::ValueType::kObject) {
    const auto pairs = ObjectPairs(parameter.name, values[0]);  // checked before
    for (const auto& [name, value] : *pairs) AppendPair(name, "", value, query);
  } else if (const char* separator = SeparatorOf(parameter.array_style)) {
    AppendPair(parameter.name, "", values[0], query);
    for (std::size_t i = 1; i < values.size(); ++i) {
      query->append(separator);
      plan::AppendEncoded(values[i], query);
    }
  } else if (parameter.array_style == ArrayStyle::kDeepObject) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      AppendPair(parameter.name, absl::StrCat("[", i, "]"), values[i], query);
    }
  } else {
    const char* suffix = parameter.array_style == ArrayStyle::kBrackets ? "[]" : "";
    for (const std::string& value : values) AppendPair(parameter.name, suffix, value, query);
  }
}

bool Holds(const std::vector<plan::Header>& headers, absl::string_view name) {
  return std::any_of(headers.begin(), headers.end(), [&](const plan::Header& header) {
    return absl::EqualsIgnoreCase(header.name, name);
  });
}

// A text of the file with its variables, which MissingVariables has found resolved.
std::string Filled(absl::string_view text, const upstream::Credential& credential) {
  return plan::FillVariables(
      text, [&](absl::string_view name) { return credential.variables.find(name)->second.value; });
}

// Why `value` cannot stand for a placeholder, wherever that stands; empty when it can.
std::string PathProblem(const plan::Operation& operation, const std::string& placeholder,
                        const std::string& value) {
  std::string problem;
  for (std::size_t i = 0; problem.empty() && i < operation.path.placeholders().size(); ++i) {
    if (operation.path.placeholders()[i] == placeholder) {
      problem = operation.path.ValueProblem(i, value);
    }
  }
  return problem;
}

// What is wrong with `value`, in words that follow the parameter's name.
std::string Violation(const plan::Operation& operation, const Parameter& parameter,
                      const std::string& value) {
  if (value.find_first_of(absl::string_view("\r\n\0", 3).data(), 0, 3) != std::string::npos) {
    return "must not hold CR, LF or NUL";
  }
  if (parameter.location == ParameterLocation::kPath) {
    return PathProblem(operation, parameter.name, value);
  }
  const bool object =
      parameter.location == ParameterLocation::kQuery && parameter.type == plan::ValueType::kObject;
  if (object && !ObjectPairs(parameter.name, value)) return "must be a JSON object";
  return "";
}

void CheckParameter(const plan::Operation& operation, const Parameter& parameter,
                    const std::vector<std::string>& values,
                    std::vector<FieldViolation>* violations) {
  const bool in_path = parameter.location == ParameterLocation::kPath;
  if (values.empty() && (parameter.required || in_path)) {
    const std::string problem = in_path ? Violation(operation, parameter, "") : "";
    violations->push_back({parameter.name, problem.empty() ? "is required" : problem});
    return;
  }
  const bool one = in_path || parameter.type == plan::ValueType::kObject;
  if (one && values.size() > 1) {
    violations->push_back({parameter.name, "takes one value, not several"});
  }
  for (const std::string& value : values) {
    std::string problem = Violation(operation, parameter, value);
    if (problem.empty()) continue;
    violations->push_back({parameter.name, std::move(problem)});
    return;
  }
}

// The value of each placeholder: a parameter's or a constant's.
std::vector<std::string> PathValues(const Call& call, const upstream::Credential& credential) {
  const plan::Operation& operation = *call.operation;
  const auto value = [&](const std::string& placeholder) {
    for (std::size_t i = 0; i < operation.parameters.size(); ++i) {
      const Parameter& parameter = operation.parameters[i];
      if (parameter.location == ParameterLocation::kPath && parameter.name == placeholder) {
        return call.arguments.parameters[i].front();
      }
    }
    for (const plan::Constant& constant : operation.constants) {
      if (constant.location == ParameterLocation::kPath && constant.name == placeholder) {
        return Filled(constant.text, credential);
      }
    }
    return std::string();
  };
  std::vector<std::string> values;
  for (const std::string& placeholder : operation.path.placeholders()) {
    values.push_back(value(placeholder));
  }
  return values;
}

std::string QueryOf(const Call& call, const upstream::Credential& credential) {
  const plan::Operation& operation = *call.operation;
  std::string query;
  for (const plan::Constant& constant : operation.constants) {
    if (constant.location != ParameterLocation::kQuery) continue;
    AppendPair(constant.name, "", Filled(constant.text, credential), &query);
  }
  for (std::size_t i = 0; i < operation.parameters.size(); ++i) {
    if (operation.parameters[i].location == ParameterLocation::kQuery) {
      AppendQuery(operation.parameters[i], call.arguments.parameters[i], &query);
    }
  }
  if (!credential.query.empty() && !ReplacesCredential(call)) {
    absl::StrAppend(&query, query.empty() ? "" : "&", credential.query);
  }
  return query;
}

std::string UrlOf(const Call& call, const plan::Upstream& upstream,
                  const upstream::Credential& credential) {
  const plan::PathTemplate& path = call.operation->path;
  const std::string query = QueryOf(call, credential);
  absl::string_view base = upstream.base_uri;
  if (absl::EndsWith(base, "/")) base.remove_suffix(1);
  // CheckArguments and MissingVariables have passed, and the Plan has a parameter or a
  // constant for each placeholder.
  return absl::StrCat(base, path.Expand(PathValues(call, credential)).value(),
                      query.empty()      ? ""
                      : path.has_query() ? "&"
                                         : "?",
                      query);
}

// Every constant and parameter that is a header.
void AddHeaders(const Call& call, const upstream::Credential& credential,
                upstream::UpstreamRequest* request) {
  const plan::Operation& operation = *call.operation;
  request->headers = operation.constant_headers;
  for (const plan::Constant& constant : operation.constants) {
    if (constant.location != ParameterLocation::kHeader) continue;
    // Its variables may well be secrets.
    request->secrets.push_back({constant.name, Filled(constant.text, credential)});
  }
  for (std::size_t i = 0; i < operation.parameters.size(); ++i) {
    const Parameter& parameter = operation.parameters[i];
    if (parameter.location != ParameterLocation::kHeader) continue;
    const bool secret = absl::EqualsIgnoreCase(parameter.name, "Authorization");
    for (const std::string& value : call.arguments.parameters[i]) {
      (secret ? request->secrets : request->headers).push_back({parameter.name, value});
    }
  }
}

// A variable within a text of a JSON body.
std::string BodyOf(const std::string& text, const upstream::Credential& credential) {
  return plan::FillVariables(text, [&](absl::string_view name) {
    return absl::StrReplaceAll(credential.variables.find(name)->second.value,
                               {{"\\", "\\\\"}, {"\"", "\\\""}});
  });
}

}  // namespace

std::vector<FieldViolation> CheckArguments(const Call& call) {
  std::vector<FieldViolation> violations = call.violations;
  for (std::size_t i = 0; i < call.operation->parameters.size(); ++i) {
    CheckParameter(*call.operation, call.operation->parameters[i], call.arguments.parameters[i],
                   &violations);
  }
  return violations;
}

std::vector<std::string> MissingVariables(const plan::Operation& operation,
                                          const upstream::Credential& credential) {
  std::vector<std::string> missing;
  const auto check = [&](absl::string_view text) {
    for (const std::string& name : plan::VariablesOf(text)) {
      const auto variable = credential.variables.find(name);
      if (variable == credential.variables.end()) {
        missing.push_back(name);
      } else if (!variable->second.missing.empty()) {
        missing.push_back(variable->second.missing);
      }
    }
  };
  for (const plan::Constant& constant : operation.constants) check(constant.text);
  if (operation.constant_body.has_value()) check(*operation.constant_body);
  if (!missing.empty()) return missing;
  for (const plan::Constant& constant : operation.constants) {
    if (constant.location != ParameterLocation::kPath) continue;
    const std::string problem =
        PathProblem(operation, constant.name, Filled(constant.text, credential));
    if (!problem.empty()) missing.push_back(absl::StrCat(constant.text, " (", problem, ")"));
  }
  return missing;
}

bool ReplacesCredential(const Call& call) {
  const std::vector<Parameter>& parameters = call.operation->parameters;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (parameters[i].replaces_credential && !call.arguments.parameters[i].empty()) return true;
  }
  return false;
}

upstream::UpstreamRequest BuildRequest(Call call, const plan::Upstream& upstream,
                                       const upstream::Credential& credential) {
  const plan::Operation& operation = *call.operation;
  upstream::UpstreamRequest request;
  request.method = operation.http_method;
  request.url = UrlOf(call, upstream, credential);
  request.stream = operation.stream;
  if (!ReplacesCredential(call)) request.secrets = credential.headers;
  request.tls = credential.tls;
  AddHeaders(call, credential, &request);
  for (plan::Header& header : call.headers) request.headers.push_back(std::move(header));
  for (const plan::Header& fixed : credential.fixed_headers) {
    if (Holds(request.headers, fixed.name) || Holds(request.secrets, fixed.name)) continue;
    request.secrets.push_back(fixed);
  }
  if (call.arguments.send_body) {
    request.headers.push_back({"Content-Type", std::move(call.arguments.content_type)});
    request.body_stream = call.arguments.body_stream;
    if (!request.body_stream) request.body = std::move(call.arguments.body);
  } else if (operation.constant_body.has_value()) {
    request.headers.push_back({"Content-Type", "application/json"});
    request.body = BodyOf(*operation.constant_body, credential);
  }
  return request;
}

}  // namespace portico::invoke
