#include "gateway/mcp/tool_writer.h"

#include <google/protobuf/descriptor.h>

#include "absl/strings/str_cat.h"
#include "gateway/mcp/description.h"
#include "gateway/mcp/input_schema.h"
#include "gateway/mcp/json_text.h"
#include "gateway/openapi/proto_comments.h"

namespace portico::mcp {
namespace {

constexpr char kAnyObject[] = R"({"type":"object","additionalProperties":true})";

const char* Bool(bool value) { return value ? "true" : "false"; }

std::string Annotations(const ServedTool& tool) {
  const plan::Hints& hints = tool.tool->hints;
  return absl::StrCat("{\"title\":", QuotedJson(tool.title),
                      ",\"readOnlyHint\":", Bool(hints.read_only),
                      ",\"destructiveHint\":", Bool(hints.destructive),
                      ",\"idempotentHint\":", Bool(hints.idempotent),
                      ",\"openWorldHint\":", Bool(hints.open_world), "}");
}

std::string CallBehind(const ServedTool& tool) {
  const plan::Operation& operation = tool.operation();
  const std::string call =
      absl::StrCat("Calls ", operation.http_method, " ", operation.path.text());
  if (!tool.stream()) return absl::StrCat(call, " and returns the JSON of its answer.");
  return absl::StrCat(call, " and collects the events of ",
                      absl::ToInt64Seconds(tool.limits.event_time), " s, ", tool.limits.events,
                      " at most; says where to continue.");
}

}  // namespace

std::string DescriptionOf(const ServedTool& tool, const plan::Method* method) {
  const std::string call = CallBehind(tool);
  std::string text = Sentence(tool.tool->description);
  if (method != nullptr) {
    const std::string comment = openapi::CommentOn(method->descriptor->full_name());
    absl::StrAppend(&text, text.empty() || comment.empty() ? "" : "\n\n", comment);
  }
  text = Description(text, kMaxDescription - call.size() - 2);
  return absl::StrCat(text, text.empty() ? "" : "\n\n", call);
}

std::string WriteTool(const ServedTool& tool, const std::string& description) {
  return absl::StrCat(
      "{\"name\":", QuotedJson(tool.name), ",\"title\":", QuotedJson(tool.title),
      ",\"description\":", QuotedJson(description), ",\"inputSchema\":", WriteSchema(*tool.input),
      ",\"outputSchema\":", kAnyObject, ",\"annotations\":", Annotations(tool), "}");
}

}  // namespace portico::mcp
