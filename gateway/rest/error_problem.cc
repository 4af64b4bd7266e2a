#include "gateway/rest/error_problem.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace portico::rest {
namespace {

int StatusOf(const invoke::CallError& error) {
  switch (error.code) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
      return 400;
    case absl::StatusCode::kUnauthenticated:
      return 401;
    case absl::StatusCode::kPermissionDenied:
      return 403;
    case absl::StatusCode::kNotFound:
      return 404;
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kAborted:
      return 409;
    case absl::StatusCode::kResourceExhausted:
      if (error.reason == "REQUEST_TOO_LARGE") return 413;
      // The upstream's fault, and no sooner right when tried again.
      return error.reason == "UPSTREAM_RESPONSE_TOO_LARGE" ? 502 : 429;
    case absl::StatusCode::kCancelled:
      return 499;
    case absl::StatusCode::kUnimplemented:
      return 501;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kFailedPrecondition:  // a credential or base URI is not set
      return 503;
    case absl::StatusCode::kDeadlineExceeded:
      return 504;
    default:
      return 500;
  }
}

// "UPSTREAM_CONNECT_TIMEOUT" -> "Upstream connect timeout".
std::string TitleOf(const std::string& reason) {
  std::string title = absl::AsciiStrToLower(reason);
  for (char& c : title) {
    if (c == '_') c = ' ';
  }
  if (!title.empty()) title[0] = absl::ascii_toupper(static_cast<unsigned char>(title[0]));
  return title;
}

}  // namespace

http::Problem ProblemOf(const invoke::CallError& error) {
  http::Problem problem;
  problem.status = StatusOf(error);
  problem.reason = error.reason;
  problem.title = TitleOf(error.reason);
  problem.detail = error.message;
  problem.metadata = error.metadata;
  for (const invoke::FieldViolation& violation : error.violations) {
    problem.violations.emplace_back(violation.field, violation.description);
  }
  return problem;
}

http::ResponseHead HeadOf(const invoke::CallError& error, const http::Problem& problem) {
  http::ResponseHead head = http::HeadOf(problem);
  if (error.retry_after.has_value()) {
    head.Add("Retry-After",
             absl::StrCat(absl::ToInt64Seconds(absl::Ceil(*error.retry_after, absl::Seconds(1)))));
  }
  return head;
}

}  // namespace portico::rest
