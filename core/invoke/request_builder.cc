#include "core/invoke/request_builder.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "core/plan/percent_encoding.h"

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
  if (const char* separator = SeparatorOf(parameter.array_style)) {
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

const char* PathViolation(absl::string_view value) {
  if (value.empty()) return "must not be empty: the path would name another resource";
  if (value == "." || value == "..") {
    return "must not be \".\" or \"..\": the path would name another resource";
  }
  return nullptr;
}

void CheckParameter(const Parameter& parameter, const std::vector<std::string>& values,
                    std::vector<FieldViolation>* violations) {
  const bool in_path = parameter.location == ParameterLocation::kPath;
  if (values.empty() && (parameter.required || in_path)) {
    violations->push_back({parameter.name, in_path ? PathViolation("") : "is required"});
    return;
  }
  if (in_path && values.size() > 1) {
    violations->push_back({parameter.name, "takes one value, not several"});
  }
  for (const std::string& value : values) {
    const char* wrong = in_path ? PathViolation(value) : nullptr;
    if (value.find_first_of(absl::string_view("\r\n\0", 3).data(), 0, 3) != std::string::npos) {
      wrong = "must not hold CR, LF or NUL";
    }
    if (wrong != nullptr) {
      violations->push_back({parameter.name, wrong});
      return;
    }
  }
}

std::string PathOf(const plan::Operation& operation, const Arguments& arguments) {
  std::vector<std::string> values;
  for (const std::string& placeholder : operation.path.placeholders()) {
    for (std::size_t i = 0; i < operation.parameters.size(); ++i) {
      const Parameter& parameter = operation.parameters[i];
      if (parameter.location == ParameterLocation::kPath && parameter.name == placeholder) {
        values.push_back(arguments.parameters[i].front());
        break;
      }
    }
  }
  // CheckArguments has passed, and the Plan has a parameter for each placeholder.
  return operation.path.Expand(values).value();
}

std::string UrlOf(const plan::Operation& operation, const Arguments& arguments,
                  const plan::Upstream& upstream, const upstream::Credential& credential) {
  std::string query;
  for (std::size_t i = 0; i < operation.parameters.size(); ++i) {
    if (operation.parameters[i].location == ParameterLocation::kQuery) {
      AppendQuery(operation.parameters[i], arguments.parameters[i], &query);
    }
  }
  if (!credential.query.empty())
    absl::StrAppend(&query, query.empty() ? "" : "&", credential.query);
  absl::string_view base = upstream.base_uri;
  if (absl::EndsWith(base, "/")) base.remove_suffix(1);
  return absl::StrCat(base, PathOf(operation, arguments), query.empty() ? "" : "?", query);
}

}  // namespace

std::vector<FieldViolation> CheckArguments(const Call& call) {
  std::vector<FieldViolation> violations = call.violations;
  for (std::size_t i = 0; i < call.operation->parameters.size(); ++i) {
    CheckParameter(call.operation->parameters[i], call.arguments.parameters[i], &violations);
  }
  return violations;
}

upstream::UpstreamRequest BuildRequest(Call call, const plan::Upstream& upstream,
                                       const upstream::Credential& credential) {
  const plan::Operation& operation = *call.operation;
  upstream::UpstreamRequest request;
  request.method = operation.http_method;
  request.url = UrlOf(operation, call.arguments, upstream, credential);
  request.stream = operation.stream;
  request.secrets = credential.headers;
  request.headers = operation.constant_headers;
  for (std::size_t i = 0; i < operation.parameters.size(); ++i) {
    if (operation.parameters[i].location != ParameterLocation::kHeader) continue;
    for (const std::string& value : call.arguments.parameters[i]) {
      request.headers.push_back({operation.parameters[i].name, value});
    }
  }
  for (plan::Header& header : call.headers) request.headers.push_back(std::move(header));
  for (const plan::Header& fixed : credential.fixed_headers) {
    if (!Holds(request.headers, fixed.name)) request.secrets.push_back(fixed);
  }
  if (call.arguments.send_body) {
    request.headers.push_back({"Content-Type", std::move(call.arguments.content_type)});
    request.body_stream = call.arguments.body_stream;
    if (!request.body_stream) request.body = std::move(call.arguments.body);
  }
  return request;
}

}  // namespace portico::invoke
