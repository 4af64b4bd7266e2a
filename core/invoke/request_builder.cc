#include "core/invoke/request_builder.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "core/invoke/call_check.h"
#include "core/invoke/constant_text.h"
#include "core/invoke/request_url.h"
#include "core/plan/variable_text.h"

namespace portico::invoke {
namespace {

using plan::Parameter;
using plan::ParameterLocation;

bool Holds(absl::Span<const plan::Header> headers, absl::string_view name) {
  return std::any_of(headers.begin(), headers.end(), [&](const plan::Header& header) {
    return absl::EqualsIgnoreCase(header.name, name);
  });
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

// What the operation declares itself goes upstream once, as its input says.
void AddForwarded(std::vector<plan::Header> forwarded, upstream::UpstreamRequest* request) {
  std::vector<plan::Header>& headers = request->headers;
  const std::size_t declared = headers.size();
  headers.reserve(declared + forwarded.size());
  for (plan::Header& header : forwarded) {
    if (Holds(absl::MakeConstSpan(headers.data(), declared), header.name)) continue;
    if (Holds(request->secrets, header.name)) continue;
    headers.push_back(std::move(header));
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
  AddForwarded(std::move(call.headers), &request);
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
