#include "core/capability/yaml_tree.h"

#include "absl/strings/str_cat.h"
#include "core/capability/yaml_events.h"
#include "core/capability/yaml_tree_builder.h"

namespace portico::capability {
namespace {

// libyaml holds each %TAG directive against all before it: 200,000 of them, in 3 MB, would
// take minutes. No known file has one.
bool HasTooManyDirectives(absl::string_view text) {
  constexpr absl::string_view kDirective = "\n%TAG";
  int left = 100;
  for (std::size_t at = 0; (at = text.find(kDirective, at)) != text.npos; at += kDirective.size()) {
    if (--left < 0) return true;
  }
  return false;
}

}  // namespace

absl::string_view YamlNode::KindName() const {
  switch (kind) {
    case Kind::kNull:
      return "empty";
    case Kind::kScalar:
      return "a text";
    case Kind::kSequence:
      return "a list";
    case Kind::kMap:
      return "a mapping";
  }
  return "";
}

const YamlNode* YamlNode::Find(absl::string_view key) const {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].text == key) return items[i].get();
  }
  return nullptr;
}

std::shared_ptr<const YamlNode> ParseYaml(absl::string_view text, FindingLog* log,
                                          const YamlLimits& limits) {
  if (text.size() > limits.bytes) {
    log->Error(Rule::kFileLimits, 0, "",
               absl::StrCat("is larger than ", limits.bytes >> 20, " MiB"));
    return nullptr;
  }
  if (HasTooManyDirectives(text)) {
    log->Error(Rule::kFileLimits, 0, "", "holds more than 100 %TAG directives; no tag is read");
    return nullptr;
  }
  YamlEvents events(text);
  YamlTreeBuilder builder(limits, log);
  YamlEvent event;
  do {
    if (!events.Next(&event)) {
      log->Error(Rule::kNotYaml, events.ProblemLine(), "",
                 absl::StrCat("is not YAML: ", events.Problem()), std::string(events.Fix()));
      return nullptr;
    }
    if (!builder.Take(event)) return nullptr;
  } while (event.kind != YamlEvent::Kind::kEnd);
  std::shared_ptr<const YamlNode> root = builder.TakeRoot();
  if (root == nullptr) log->Error(Rule::kNotYaml, 0, "", "is empty");
  return root;
}

}  // namespace portico::capability
