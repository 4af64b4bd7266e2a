#include "gateway/rest/object_inputs.h"

#include <utility>
#include <vector>

namespace portico::rest {
namespace {

using codec::JsonValue;

constexpr std::size_t kMaxDepth = 16;

// "[a][b]" -> "a", "b"; empty when it is not of that form.
std::vector<std::string> MembersOf(absl::string_view brackets) {
  std::vector<std::string> members;
  while (!brackets.empty()) {
    const std::size_t close = brackets.find(']');
    if (brackets[0] != '[' || close == absl::string_view::npos || close == 1) return {};
    members.emplace_back(brackets.substr(1, close - 1));
    brackets.remove_prefix(close + 1);
  }
  return members;
}

}  // namespace

std::string ObjectInputs::OwnerOf(absl::string_view name) {
  const std::size_t open = name.find('[');
  if (open == absl::string_view::npos || open == 0) return "";
  return MembersOf(name.substr(open)).empty() ? "" : std::string(name.substr(0, open));
}

std::string ObjectInputs::Take(absl::string_view name, const std::string& value) {
  const std::string owner = OwnerOf(name);
  std::vector<std::string> members = MembersOf(name.substr(owner.size()));
  if (members.size() > kMaxDepth) return "is nested too deep";
  JsonValue* at = &objects_.try_emplace(owner, JsonValue::Object()).first->second;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const bool last = i + 1 == members.size();
    JsonValue* found = at->Find(members[i]);
    if (found != nullptr && (last || found->kind != JsonValue::Kind::kObject)) {
      return "is given twice";
    }
    if (found == nullptr) {
      at->Add(members[i], last ? JsonValue::String(value) : JsonValue::Object());
      found = &at->elements.back();
    }
    at = found;
  }
  return "";
}

}  // namespace portico::rest
