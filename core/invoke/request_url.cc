#include "core/invoke/request_url.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "core/invoke/call_check.h"
#include "core/invoke/constant_text.h"
#include "core/invoke/object_query.h"
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

}  // namespace

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

}  // namespace portico::invoke
