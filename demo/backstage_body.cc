#include "demo/backstage_body.h"

#include <cstddef>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace portico::demo {
namespace {

constexpr std::size_t kMaxBody = 10 * 1024 * 1024;

bool HasType(const Json& value, absl::string_view type) {
  if (type == "string") return value.is_string();
  if (type == "array") return value.is_array();
  return value.is_object();
}

}  // namespace

absl::Status CheckProperties(const Json& value, const std::string& where,
                             const std::vector<BodyProperty>& properties) {
  if (!value.is_object()) return absl::InvalidArgumentError(absl::StrCat(where, " must be object"));
  for (const BodyProperty& property : properties) {
    if (property.required && !value.contains(property.name)) {
      return absl::InvalidArgumentError(
          absl::StrCat(where, " must have required property '", property.name, "'"));
    }
  }
  for (const BodyProperty& property : properties) {
    const auto found = value.find(property.name);
    if (found == value.end() || HasType(*found, property.type)) continue;
    return absl::InvalidArgumentError(
        absl::StrCat(where, "/", property.name, " must be ", property.type));
  }
  return absl::OkStatus();
}

absl::StatusOr<Json> ReadBody(const Request& request, const std::vector<BodyProperty>& properties) {
  if (request.body.size() > kMaxBody) {
    return absl::InvalidArgumentError("request entity too large");
  }
  Json body = Json::object();
  if (!request.body.empty()) {
    if (!absl::StartsWithIgnoreCase(request.content_type, "application/json")) {
      return absl::InvalidArgumentError(
          request.content_type.empty()
              ? "media type not specified"
              : absl::StrCat("unsupported media type ", request.content_type));
    }
    auto parsed = ParseJson(request.body);
    if (!parsed.ok()) return parsed.status();
    body = *std::move(parsed);
  }
  if (absl::Status status = CheckProperties(body, "request/body", properties); !status.ok()) {
    return status;
  }
  return body;
}

}  // namespace portico::demo
