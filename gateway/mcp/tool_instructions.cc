#include "gateway/mcp/tool_instructions.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "core/invoke/upstream_error_body.h"

namespace portico::mcp {
namespace {

constexpr char kRules[] =
    "\nIds come from the tools that list. An answer that is cut says so in `truncated` and "
    "`notice`; "
    "then ask for less with the optional arguments (limit, cursor, filters). Tools that follow "
    "events collect for a limited time and say where to continue (`after`). A call that fails "
    "says what to do next; repeat calls that change things only if you know that they did "
    "nothing.";
constexpr std::size_t kLongestLabel = 120;

// What a tool is for, in the order in which they are named.
enum class Use { kRead, kFollow, kChange, kDestroy };
constexpr const char* kWords[] = {"Read with ", "Follow events with ", "Change with ",
                                  "Destructive: "};

Use UseOf(const ServedTool& tool) {
  if (tool.stream()) return Use::kFollow;
  if (tool.tool->hints.read_only) return Use::kRead;
  return tool.tool->hints.destructive ? Use::kDestroy : Use::kChange;
}

// The tools of one API in a line of at most `room` bytes.
std::string Line(const plan::Upstream& upstream, const std::vector<const ServedTool*>& tools,
                 std::size_t room) {
  const std::string& label = upstream.label.empty() ? upstream.space : upstream.label;
  std::string line = absl::StrCat("\n", invoke::Utf8Prefix(label, kLongestLabel), ". ");
  std::size_t left = tools.size();
  for (const Use use : {Use::kRead, Use::kFollow, Use::kChange, Use::kDestroy}) {
    bool first = true;
    for (const ServedTool* tool : tools) {
      if (UseOf(*tool) != use) continue;
      const std::string added =
          absl::StrCat(first ? kWords[static_cast<int>(use)] : ", ", tool->name);
      if (line.size() + added.size() + 20 > room)
        return absl::StrCat(line, "; and ", left, " more.");
      line += added;
      first = false;
      --left;
    }
    if (!first) line += left > 0 ? ". " : ".";
  }
  return line;
}

}  // namespace

std::string WriteInstructions(const plan::Plan& plan, const std::vector<ServedTool>& tools) {
  std::map<std::size_t, std::vector<const ServedTool*>> by_upstream;
  for (const ServedTool& tool : tools) by_upstream[tool.operation().upstream].push_back(&tool);
  if (by_upstream.empty()) return "No tools are served.";
  std::string text =
      absl::StrCat("Web APIs as tools (", tools.size(), " of ", by_upstream.size(),
                   by_upstream.size() == 1 ? " API" : " APIs",
                   "): each makes one HTTP request and answers with the API's JSON.");
  std::size_t left = by_upstream.size();
  for (const auto& [index, its] : by_upstream) {
    const std::size_t room = kMaxInstructions - sizeof kRules - text.size();
    if (room < kLongestLabel + 80) break;
    text +=
        Line(plan.UpstreamOf(its.front()->operation()), its, room / left > 200 ? room / left : 200);
    --left;
  }
  if (left > 0) absl::StrAppend(&text, "\nAnd ", left, " more APIs.");
  return absl::StrCat(text, kRules);
}

}  // namespace portico::mcp
