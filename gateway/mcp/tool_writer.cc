#include "gateway/mcp/tool_writer.h"

#include <google/protobuf/descriptor.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/plan/composition.h"
#include "gateway/mcp/description.h"
#include "gateway/mcp/input_schema.h"
#include "gateway/mcp/json_text.h"
#include "gateway/mcp/output_schema.h"
#include "gateway/openapi/proto_comments.h"

namespace portico::mcp {
namespace {

const char* Bool(bool value) { return value ? "true" : "false"; }

std::string Annotations(const ServedTool& tool) {
  const plan::Hints& hints = tool.tool->hints;
  return absl::StrCat("{\"title\":", QuotedJson(tool.title),
                      ",\"readOnlyHint\":", Bool(hints.read_only),
                      ",\"destructiveHint\":", Bool(hints.destructive),
                      ",\"idempotentHint\":", Bool(hints.idempotent),
                      ",\"openWorldHint\":", Bool(hints.open_world), "}");
}

// What a composition calls, in order: "Calls yard.get-ship, then yard.list-crew".
std::string StepsBehind(const plan::Composition& composition) {
  std::vector<std::string> called;
  for (const plan::Step& step : composition.steps) {
    if (step.operation != nullptr) called.push_back(step.operation->id);
  }
  if (called.empty()) return "Answers without a call.";
  return absl::StrCat("Calls ", absl::StrJoin(called, ", then "),
                      " and returns one JSON made of the answers.");
}

std::string CallBehind(const ServedTool& tool) {
  const plan::Operation& operation = tool.operation();
  if (operation.composition != nullptr) return StepsBehind(*operation.composition);
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
  return absl::StrCat("{\"name\":", QuotedJson(tool.name), ",\"title\":", QuotedJson(tool.title),
                      ",\"description\":", QuotedJson(description),
                      ",\"inputSchema\":", WriteSchema(*tool.input),
                      ",\"outputSchema\":", OutputSchemaOf(tool.operation()),
                      ",\"annotations\":", Annotations(tool), "}");
}

}  // namespace portico::mcp
