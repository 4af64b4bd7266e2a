#include "core/capability/yaml_tree_builder.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace portico::capability {
namespace {

constexpr absl::string_view kTextTag = "tag:yaml.org,2002:str";

// Long texts weigh more: an alias copies them wherever it stands.
std::size_t WeightOf(absl::string_view text) { return 1 + text.size() / 64; }

// How YAML 1.2's core schema writes null, which is not a text.
bool IsNull(absl::string_view plain) {
  return plain.empty() || plain == "~" || plain == "null" || plain == "Null" || plain == "NULL";
}

}  // namespace

bool YamlTreeBuilder::Take(const YamlEvent& event) {
  line_ = event.line;
  switch (event.kind) {
    case YamlEvent::Kind::kDocumentStart:
      return ++documents_ == 1 ||
             Refuse(Rule::kNotYaml,
                    "a second YAML document starts here; put each capability into its own file");
    case YamlEvent::Kind::kScalar:
      return TakeScalar(event);
    case YamlEvent::Kind::kAlias:
      return TakeAlias(event);
    case YamlEvent::Kind::kSequenceStart:
      return Open(YamlNode::Kind::kSequence, event);
    case YamlEvent::Kind::kMapStart:
      return Open(YamlNode::Kind::kMap, event);
    case YamlEvent::Kind::kCollectionEnd:
      Close();
      return true;
    case YamlEvent::Kind::kEnd:
      return true;
  }
  return true;
}

bool YamlTreeBuilder::Refuse(Rule rule, std::string message) {
  log_->Error(rule, line_, "", std::move(message));
  return false;
}

bool YamlTreeBuilder::TakeScalar(const YamlEvent& event) {
  WarnOfTag(event.tag);
  Branch leaf = Made(YamlNode::Kind::kScalar);
  const bool text = !event.plain || event.tag == kTextTag || event.tag == "!";
  if (!text && IsNull(event.text)) {
    leaf.node->kind = YamlNode::Kind::kNull;
  } else {
    leaf.node->text = std::string(event.text);
    leaf.node->quoted = text;
  }
  leaf.weight = WeightOf(leaf.node->text);
  if (!Count(leaf.weight)) return false;
  Add(leaf, event.anchor);
  return true;
}

bool YamlTreeBuilder::TakeAlias(const YamlEvent& event) {
  const auto found = anchors_.find(event.anchor);
  if (found == anchors_.end()) {
    const bool inside = std::any_of(open_.begin(), open_.end(), [&](const Frame& frame) {
      return frame.anchor == event.anchor;
    });
    return Refuse(Rule::kNotYaml,
                  inside ? "an alias stands inside the value that it names"
                         : absl::StrCat("is not YAML: nothing above is named &", event.anchor));
  }
  if (!CheckDepth(open_.size() + found->second.height) || !Count(found->second.weight)) {
    return false;
  }
  Attach(found->second);
  return true;
}

// Only the tag of texts says more than the value does.
void YamlTreeBuilder::WarnOfTag(absl::string_view tag) {
  if (tag.empty() || tag == "!" || tag == kTextTag) return;
  log_->Warn(Rule::kNotServed, line_, "",
             absl::StrCat("the tag <", tag.substr(0, 64),
                          "> is not read; the value counts as it is written"));
}

YamlTreeBuilder::Branch YamlTreeBuilder::Made(YamlNode::Kind kind) const {
  Branch branch;
  branch.node = std::make_shared<YamlNode>();
  branch.node->kind = kind;
  branch.node->line = line_;
  return branch;
}

bool YamlTreeBuilder::Count(std::size_t weight) {
  weight_ += weight;
  return weight_ <= limits_.weight ||
         Refuse(Rule::kFileLimits, absl::StrCat("holds more than ", limits_.weight,
                                                " values (an alias counts as what it stands for)"));
}

bool YamlTreeBuilder::CheckDepth(std::size_t depth) {
  return depth <= static_cast<std::size_t>(limits_.depth) ||
         Refuse(Rule::kFileLimits,
                absl::StrCat("is nested deeper than ", limits_.depth, " levels"));
}

bool YamlTreeBuilder::Open(YamlNode::Kind kind, const YamlEvent& event) {
  if (!CheckDepth(open_.size() + 1) || !Count(1)) return false;
  WarnOfTag(event.tag);
  // An alias within means this value, which has no end yet, and no earlier namesake.
  anchors_.erase(event.anchor);
  Frame& frame = open_.emplace_back();
  frame.branch = Made(kind);
  frame.anchor = std::string(event.anchor);
  frame.key_next = kind == YamlNode::Kind::kMap;
  return true;
}

void YamlTreeBuilder::Close() {
  Frame frame = std::move(open_.back());
  open_.pop_back();
  line_ = frame.branch.node->line;
  Add(frame.branch, frame.anchor);
}

void YamlTreeBuilder::Add(const Branch& branch, absl::string_view anchor) {
  if (!anchor.empty()) anchors_[anchor] = branch;
  Attach(branch);
}

void YamlTreeBuilder::Attach(const Branch& branch) {
  if (open_.empty()) {
    root_ = branch;
    return;
  }
  Frame& frame = open_.back();
  frame.branch.weight += branch.weight;
  if (frame.key_next) {
    TakeKey(*branch.node, &frame);
    return;
  }
  if (frame.branch.node->kind == YamlNode::Kind::kMap) {
    frame.key_next = true;
    if (frame.dropped) return;
    frame.branch.node->keys.push_back(std::move(frame.key));
  }
  frame.branch.height = std::max(frame.branch.height, branch.height + 1);
  frame.branch.node->items.push_back(branch.node);
}

void YamlTreeBuilder::TakeKey(const YamlNode& key, Frame* frame) {
  frame->key_next = false;
  frame->key = Text{key.text, line_};
  frame->dropped = true;
  if (key.kind != YamlNode::Kind::kScalar) {
    log_->Error(Rule::kNotYaml, line_, "",
                absl::StrCat("a key must be a text, but this one is ", key.KindName()));
  } else if (key.text == "<<" && !key.quoted) {
    log_->Error(Rule::kNotYaml, line_, "", "merge keys (\"<<\") are not read; write the keys out");
  } else if (const auto [at, fresh] = frame->lines.try_emplace(key.text, line_); !fresh) {
    log_->Error(Rule::kDuplicateKey, line_, key.text,
                absl::StrCat("the key stands twice in one mapping, first in line ", at->second));
  } else {
    frame->dropped = false;
  }
}

}  // namespace portico::capability
