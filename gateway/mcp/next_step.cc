#include "gateway/mcp/next_step.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gateway/mcp/input_schema.h"

namespace portico::mcp {
namespace {

using absl::StatusCode;

constexpr std::size_t kMaxNames = 6;
constexpr char kMayHaveHappened[] =
    "The call may have been carried out: look before you repeat it.";
constexpr char kOperator[] = "Calling again does not help; whoever runs Portico must act.";

struct Row {
  const char* reason;
  const char* step;
};

// Reasons whose code does not say enough.
constexpr Row kRows[] = {
    {"CREDENTIAL_NOT_CONFIGURED", kOperator},
    {"BASE_URI_NOT_CONFIGURED", kOperator},
    {"UPSTREAM_TLS_VERIFICATION", kOperator},
    {"UPSTREAM_CREDENTIALS_REJECTED",
     "The API does not accept the credential that Portico sends. Calling again does not help; "
     "whoever runs Portico must replace it."},
    {"UPSTREAM_FORBIDDEN",
     "The credential that Portico sends may not do this. Calling again does not help."},
    {"UPSTREAM_PAYMENT_REQUIRED", "The API asks for payment. Calling again does not help."},
    {"UPSTREAM_REQUEST_TOO_LARGE", "Send less."},
    {"UPSTREAM_STORAGE_FULL", "The API has no room. Calling again does not help."},
    {"UPSTREAM_RATE_LIMITED", "Wait a minute before the next call."},
};

std::string PathArguments(const ServedTool& tool) {
  std::vector<std::string> names;
  for (const plan::Parameter& parameter : tool.operation().parameters) {
    if (parameter.location != plan::ParameterLocation::kPath) continue;
    names.push_back(absl::StrCat("`", ArgumentName(tool, parameter.name), "`"));
  }
  return absl::StrJoin(names, " and ");
}

bool MayRepeat(const ServedTool& tool) {
  return tool.tool->hints.read_only || tool.tool->hints.idempotent;
}

std::string ByCode(const ServedTool& tool, const invoke::CallError& error) {
  switch (error.code) {
    case StatusCode::kInvalidArgument:
    case StatusCode::kOutOfRange:
      return "Correct the arguments and call again.";
    case StatusCode::kNotFound: {
      const std::string names = PathArguments(tool);
      return names.empty() ? "What it speaks of does not exist."
                           : absl::StrCat("Check ", names, ": nothing of that name is there.");
    }
    case StatusCode::kAborted:
      return "Something else is changing it: read its state, then decide whether to repeat.";
    case StatusCode::kFailedPrecondition:
      return "Read its state first: it does not allow this now.";
    case StatusCode::kUnimplemented:
      return "The API does not offer this; do not call again.";
    case StatusCode::kUnavailable:
      return "Try again in some seconds.";
    case StatusCode::kDeadlineExceeded:
      return MayRepeat(tool) ? absl::StrCat("Try again later. ", AskForLess(tool))
                             : kMayHaveHappened;
    default:
      return MayRepeat(tool) ? "Try once again; if it stays, the API or Portico is at fault, not "
                               "the arguments."
                             : kMayHaveHappened;
  }
}

}  // namespace

std::string NextStep(const ServedTool& tool, const invoke::CallError& error) {
  if (error.metadata.count("maybe_processed") > 0) return kMayHaveHappened;
  if (error.retry_after.has_value()) return RetryAfter(*error.retry_after);
  if (error.reason == "UPSTREAM_RESPONSE_TOO_LARGE") return AskForLess(tool);
  for (const Row& row : kRows) {
    if (error.reason == row.reason) return row.step;
  }
  return ByCode(tool, error);
}

std::string RetryAfter(absl::Duration wait) {
  return absl::StrCat("Retry after ", absl::ToInt64Seconds(absl::Ceil(wait, absl::Seconds(1))),
                      " s.");
}

std::string AskForLess(const ServedTool& tool) {
  using Type = InputSchema::Type;
  std::vector<std::string> names;
  for (const InputMember& member : tool.input->members) {
    if (member.required || member.schema.type == Type::kObject) continue;
    if (names.size() < kMaxNames) names.push_back(absl::StrCat("`", member.name, "`"));
  }
  if (names.empty()) return "The tool has no argument to ask for less.";
  return absl::StrCat("Ask for less with ", absl::StrJoin(names, ", "), ".");
}

std::string ArgumentName(const ServedTool& tool, const std::string& parameter) {
  for (const plan::Binding& binding : tool.tool->bindings) {
    if (binding.parameter != parameter || binding.caller_name.empty()) continue;
    for (const InputMember& member : tool.input->members) {
      if (member.source == binding.caller_name) return member.name;
    }
  }
  return parameter;
}

}  // namespace portico::mcp
