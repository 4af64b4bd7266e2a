#include "gateway/mcp/tool_name.h"

#include <cstdint>
#include <map>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace portico::mcp {
namespace {

// FNV-1a: the same in every process, which absl::Hash is not.
std::uint32_t StableHash(absl::string_view text) {
  std::uint32_t hash = 2166136261U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

std::string Folded(absl::string_view written) {
  std::string name;
  for (const char c : written) {
    const char lower = absl::ascii_tolower(static_cast<unsigned char>(c));
    const bool word = absl::ascii_isalnum(static_cast<unsigned char>(lower)) || lower == '_';
    if (!word && (name.empty() || name.back() == '-')) continue;
    name.push_back(word ? lower : '-');
  }
  while (!name.empty() && name.back() == '-') name.pop_back();
  const bool starts_well = !name.empty() && name[0] != '_';
  return starts_well ? name : absl::StrCat("tool", name.empty() ? "" : "-", name);
}

std::string WithHash(absl::string_view name, absl::string_view written) {
  return absl::StrCat(name.substr(0, kMaxToolName - 9), "-",
                      absl::Hex(StableHash(written), absl::kZeroPad8));
}

bool IsFine(absl::string_view name) {
  if (name.empty() || name.size() > kMaxToolName || name[0] == '_' || name[0] == '-') return false;
  for (const char c : name) {
    if (!absl::ascii_islower(c) && !absl::ascii_isdigit(c) && c != '_' && c != '-') return false;
  }
  return true;
}

}  // namespace

std::string ToolName(absl::string_view written) {
  if (IsFine(written)) return std::string(written);
  const std::string folded = Folded(written);
  return folded.size() <= kMaxToolName ? folded : WithHash(folded, written);
}

std::vector<std::string> ToolNames(const std::vector<NamedTool>& tools) {
  std::map<std::string, std::set<absl::string_view>> spaces;  // that have a tool of the name
  for (const NamedTool& tool : tools) spaces[ToolName(tool.name)].insert(tool.space);
  std::vector<std::string> names;
  std::set<std::string> taken;
  for (const NamedTool& tool : tools) {
    std::string name = ToolName(tool.name);
    const std::string full = absl::StrCat(tool.space, "-", tool.name);
    if (spaces[name].size() > 1) name = ToolName(full);
    for (std::string salted = full; !taken.insert(name).second; salted.push_back('+')) {
      name = WithHash(name, salted);
    }
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace portico::mcp
