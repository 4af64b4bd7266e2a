#include "core/upstream/token_answer.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace portico::upstream {
namespace {

using nlohmann::json;

constexpr absl::Duration kUnsaidLifetime = absl::Minutes(5);
constexpr double kLongestSeconds = 365.0 * 24 * 3600;

std::string TextAt(const json& object, const char* key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// One of the codes that RFC 6749 and servers use, e.g. "invalid_client".
bool IsErrorCode(absl::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_islower(c) || c == '_';
  });
}

absl::Status Refused(int status, const json& answer) {
  const std::string code = TextAt(answer, "error");
  const std::string message =
      absl::StrCat("answered ", status, IsErrorCode(code) ? absl::StrCat(" (", code, ")") : "");
  const bool later = status >= 500 || status == 429 || status == 408;
  return later ? absl::UnavailableError(message) : absl::FailedPreconditionError(message);
}

bool CanBeSent(absl::string_view token) {
  return !token.empty() &&
         std::all_of(token.begin(), token.end(), [](char c) { return absl::ascii_isgraph(c); });
}

}  // namespace

absl::StatusOr<GrantedToken> ReadTokenAnswer(int status, absl::string_view body) {
  const json answer = json::parse(body.begin(), body.end(), nullptr, /*allow_exceptions=*/false);
  if (status != 200) return Refused(status, answer);
  GrantedToken granted{TextAt(answer, "access_token"), kUnsaidLifetime};
  if (!CanBeSent(granted.token)) {
    return absl::FailedPreconditionError("answered 200 without an \"access_token\" to be sent");
  }
  const std::string type = TextAt(answer, "token_type");
  if (!type.empty() && !absl::EqualsIgnoreCase(type, "bearer")) {
    return absl::FailedPreconditionError("grants a token of a type other than bearer");
  }
  const auto lifetime = answer.find("expires_in");
  if (lifetime != answer.end() && lifetime->is_number()) {
    granted.lifetime = absl::Seconds(std::clamp(lifetime->get<double>(), 0.0, kLongestSeconds));
  }
  return granted;
}

absl::Duration UsableFor(absl::Duration lifetime) {
  return lifetime - std::min(absl::Seconds(30), lifetime / 10);
}

}  // namespace portico::upstream
