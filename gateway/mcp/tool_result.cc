#include "gateway/mcp/tool_result.h"

#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/codec/json_syntax.h"
#include "core/codec/media_type.h"
#include "core/invoke/failure_table.h"
#include "core/invoke/upstream_error_body.h"
#include "gateway/mcp/json_text.h"
#include "gateway/mcp/media_content.h"
#include "gateway/mcp/next_step.h"

namespace portico::mcp {
namespace {

constexpr std::size_t kMaxProblem = 8000;

std::string Described(const ServedTool& tool) {
  return absl::StrCat(tool.operation().http_method, " ", tool.operation().path.text());
}

std::string Wrapped(absl::string_view value) { return absl::StrCat("{\"result\":", value, "}"); }

// A compact object with more members at its end.
std::string Extended(absl::string_view object, absl::string_view members) {
  object.remove_suffix(1);
  return absl::StrCat(object, object == "{" ? "" : ",", members, "}");
}

// `object` within the tool's limit.
std::string Capped(const ServedTool& tool, std::string object) {
  const std::size_t limit = tool.limits.text_bytes;
  if (object.size() <= limit) return object;
  if (HasMember(object, "truncated") || HasMember(object, "notice")) object = Wrapped(object);
  const std::string members = absl::StrCat(
      "\"truncated\":true,\"notice\":",
      QuotedJson(absl::StrCat("Cut: the whole answer has ", object.size(), " bytes, at most ",
                              limit, " are passed on; its end is missing. ", AskForLess(tool))));
  return Extended(CutJson(object, limit - members.size() - 1), members);
}

std::string NoBody(int status) {
  return absl::StrCat("{\"result\":null,\"notice\":\"HTTP ", status,
                      ": done; the API answers without a body.\"}");
}

// The members of a success; `more` stands in `content` behind the text.
std::string Success(absl::string_view object, absl::string_view more) {
  return absl::StrCat("{\"content\":[{\"type\":\"text\",\"text\":", QuotedJson(object), "}",
                      more.empty() ? "" : ",", more, "],\"structuredContent\":", object,
                      ",\"isError\":false}");
}

// A success whose body is not JSON, where none is promised. Nullopt when it should be
// JSON after all, or is too long.
std::optional<std::string> OtherThanJson(const ServedTool& tool, const invoke::Outcome& outcome) {
  const std::string type = MediaType(outcome.head.Find("content-type"));
  if (tool.typed || codec::IsJsonType(type)) return std::nullopt;
  if (IsTextType(type)) return ObjectResult(Capped(tool, Wrapped(QuotedJson(outcome.body))));
  if (outcome.body.size() > kMaxMedia) return std::nullopt;
  const std::string object = absl::StrCat("{\"result\":null,\"mediaType\":", QuotedJson(type),
                                          ",\"bytes\":", outcome.body.size(), "}");
  return Success(object, MediaBlock(type, outcome.body, tool.operation().id));
}

std::optional<std::string> ResultOfSuccess(const ServedTool& tool, const invoke::Outcome& outcome) {
  const absl::string_view body = codec::TrimJsonSpace(outcome.body);
  if (body.empty()) return ObjectResult(NoBody(outcome.head.status));
  std::optional<std::string> compact = CompactJson(body);
  if (!compact.has_value()) return OtherThanJson(tool, outcome);
  if (compact->front() != '{') compact = Wrapped(*compact);
  return ObjectResult(Capped(tool, *std::move(compact)));
}

// The failure's own words: "HTTP 404 from GET /v2/tasks/{taskId}: No task".
std::string Headline(const ServedTool& tool, const invoke::CallError& error) {
  const auto status = error.metadata.find("http_status");
  if (status != error.metadata.end()) {
    const std::string start = absl::StrCat(Described(tool), " answered ", status->second);
    absl::string_view message = error.message;
    if (absl::StartsWith(message, start)) {
      return absl::StrCat("HTTP ", status->second, " from ", Described(tool),
                          message.substr(start.size()));
    }
  } else if (error.code == absl::StatusCode::kDeadlineExceeded) {
    return absl::StrCat(Described(tool), ": upstream timed out after ",
                        absl::FormatDuration(tool.limits.deadline));
  }
  return error.message;
}

}  // namespace

std::string ResultOf(const ServedTool& tool, const invoke::Outcome& outcome,
                     const plan::Upstream& upstream, absl::Time now) {
  const auto error = invoke::ErrorOf(outcome, tool.operation(), upstream, now);
  if (error.has_value()) return ErrorResult(tool, *error);
  std::optional<std::string> result = ResultOfSuccess(tool, outcome);
  if (result.has_value()) return *std::move(result);
  const bool too_long = outcome.body.size() > kMaxMedia;
  return ErrorResult(tool,
                     invoke::MalformedResponse(
                         outcome, tool.operation(), upstream,
                         too_long ? "it is neither JSON nor text, and long" : "it is not JSON"));
}

std::string ErrorResult(const ServedTool& tool, const invoke::CallError& error) {
  std::string text = Headline(tool, error);
  // Portico's own refusals name parameters; their message is the list already.
  const bool own = error.metadata.count("upstream") == 0;
  if (own && !error.violations.empty()) text = absl::StrCat("Not sent: ", Described(tool));
  for (const invoke::FieldViolation& violation : error.violations) {
    const std::string field = own ? ArgumentName(tool, violation.field) : violation.field;
    absl::StrAppend(&text, "\n- ", field, field.empty() ? "" : ": ", violation.description);
  }
  absl::StrAppend(&text, "\n", NextStep(tool, error));
  const auto id = error.metadata.find("request_id");
  if (id != error.metadata.end()) absl::StrAppend(&text, " (request id ", id->second, ")");
  return ProblemResult(text);
}

std::string ArgumentProblems(const ServedTool& tool, const std::vector<std::string>& problems) {
  return ProblemResult(absl::StrCat("Not sent: the arguments of ", tool.name,
                                    " are wrong. Correct them and call again.\n- ",
                                    absl::StrJoin(problems, "\n- ")));
}

std::string TooOften(const ServedTool& tool, absl::Duration wait) {
  return ProblemResult(absl::StrCat("Not sent: ", tool.name,
                                    " is called more often than --mcp-rate lets one caller. ",
                                    RetryAfter(wait)));
}

std::string ProblemResult(absl::string_view text) {
  return absl::StrCat("{\"content\":[{\"type\":\"text\",\"text\":",
                      QuotedJson(invoke::Utf8Prefix(text, kMaxProblem)), "}],\"isError\":true}");
}

std::string ObjectResult(absl::string_view object) { return Success(object, ""); }

}  // namespace portico::mcp
