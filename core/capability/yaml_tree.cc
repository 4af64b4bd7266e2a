#include "core/capability/yaml_tree.h"

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <exception>
#include <sstream>
#include <unordered_map>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"

namespace portico::capability {
namespace {

int LineOf(const YAML::Mark& mark) { return mark.is_null() ? 0 : mark.line + 1; }

// Leaves the parser from inside an event; it has no other way out.
struct Refusal : std::exception {
  Refusal(Rule rule, int line, std::string message)
      : rule(rule), line(line), message(std::move(message)) {}
  Rule rule;
  int line;
  std::string message;
};

// A node being built, and what it costs to walk.
struct Branch {
  std::shared_ptr<YamlNode> node;
  std::size_t weight = 1;
  int height = 0;  // levels below
};

// Long texts weigh more: an alias copies them wherever it stands.
std::size_t WeightOf(absl::string_view text) { return 1 + text.size() / 64; }

class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const YamlLimits& limits, FindingLog* log) : limits_(limits), log_(log) {}

  std::shared_ptr<const YamlNode> TakeRoot() { return std::move(root_.node); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) {
      throw Refusal(Rule::kNotYaml, LineOf(mark),
                    "a second YAML document starts here; put each capability into its own file");
    }
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Count(1, LineOf(mark));
    Add(Leaf(YamlNode::Kind::kNull, mark), anchor);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    Branch leaf = Leaf(YamlNode::Kind::kScalar, mark);
    leaf.node->text = value;
    leaf.weight = WeightOf(value);
    leaf.node->quoted = tag == "!";
    Count(leaf.weight, LineOf(mark));
    Add(std::move(leaf), anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) {
      throw Refusal(Rule::kNotYaml, LineOf(mark), "an alias stands inside the value that it names");
    }
    CheckDepth(open_.size() + found->second.height, LineOf(mark));
    Count(found->second.weight, LineOf(mark));
    Attach(found->second, LineOf(mark));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    Open(YamlNode::Kind::kSequence, mark, anchor);
  }
  void OnSequenceEnd() override { Close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    Open(YamlNode::Kind::kMap, mark, anchor);
  }
  void OnMapEnd() override { Close(); }

 private:
  // A collection whose end has not come yet.
  struct Frame {
    Branch branch;
    YAML::anchor_t anchor = YAML::NullAnchor;
    bool key_next = false;  // a map: the next node is a key
    Text key;
    bool dropped = false;                         // the value of a key that was refused
    absl::flat_hash_map<std::string, int> lines;  // of the keys so far
  };

  static Branch Leaf(YamlNode::Kind kind, const YAML::Mark& mark) {
    Branch branch;
    branch.node = std::make_shared<YamlNode>();
    branch.node->kind = kind;
    branch.node->line = LineOf(mark);
    return branch;
  }

  void Count(std::size_t weight, int line) {
    weight_ += weight;
    if (weight_ > limits_.weight) {
      throw Refusal(Rule::kFileLimits, line,
                    absl::StrCat("holds more than ", limits_.weight,
                                 " values (an alias counts as what it stands for)"));
    }
  }

  void CheckDepth(std::size_t depth, int line) const {
    if (depth > static_cast<std::size_t>(limits_.depth)) {
      throw Refusal(Rule::kFileLimits, line,
                    absl::StrCat("is nested deeper than ", limits_.depth, " levels"));
    }
  }

  void Open(YamlNode::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
    CheckDepth(open_.size() + 1, LineOf(mark));
    Count(1, LineOf(mark));
    Frame frame;
    frame.branch = Leaf(kind, mark);
    frame.anchor = anchor;
    frame.key_next = kind == YamlNode::Kind::kMap;
    open_.push_back(std::move(frame));
  }

  void Close() {
    Frame frame = std::move(open_.back());
    open_.pop_back();
    Add(std::move(frame.branch), frame.anchor);
  }

  void Add(const Branch& branch, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) anchors_[anchor] = branch;
    Attach(branch, branch.node->line);
  }

  void Attach(const Branch& branch, int line) {
    if (open_.empty()) {
      root_ = branch;
      return;
    }
    Frame& frame = open_.back();
    frame.branch.weight += branch.weight;
    if (frame.key_next) {
      TakeKey(*branch.node, line, &frame);
      return;
    }
    if (frame.branch.node->kind == YamlNode::Kind::kMap) {
      frame.key_next = true;
      if (frame.dropped) return;
      // The parser sees that a value is missing only where the next token stands.
      if (branch.node->kind == YamlNode::Kind::kNull) branch.node->line = frame.key.line;
      frame.branch.node->keys.push_back(std::move(frame.key));
    }
    frame.branch.height = std::max(frame.branch.height, branch.height + 1);
    frame.branch.node->items.push_back(branch.node);
  }

  void TakeKey(const YamlNode& key, int line, Frame* frame) {
    frame->key_next = false;
    frame->key = Text{key.text, line};
    frame->dropped = true;
    if (key.kind != YamlNode::Kind::kScalar) {
      log_->Error(Rule::kNotYaml, line, "",
                  absl::StrCat("a key must be a text, but this one is ", key.KindName()));
    } else if (key.text == "<<" && !key.quoted) {
      log_->Error(Rule::kNotYaml, line, "", "merge keys (\"<<\") are not read; write the keys out");
    } else if (const auto [at, fresh] = frame->lines.try_emplace(key.text, line); !fresh) {
      log_->Error(Rule::kDuplicateKey, line, key.text,
                  absl::StrCat("the key stands twice in one mapping, first in line ", at->second));
    } else {
      frame->dropped = false;
    }
  }

  const YamlLimits limits_;
  FindingLog* log_;
  Branch root_;
  std::vector<Frame> open_;
  std::unordered_map<YAML::anchor_t, Branch> anchors_;
  std::size_t weight_ = 0;
  int documents_ = 0;
};

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
  TreeBuilder builder(limits, log);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    // A second document is refused by the builder, so this ends even where the
    // parser makes no progress.
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Refusal& refusal) {
    log->Error(refusal.rule, refusal.line, "", refusal.message);
    return nullptr;
  } catch (const YAML::DeepRecursion& error) {
    log->Error(Rule::kFileLimits, LineOf(error.mark), "",
               absl::StrCat("is nested deeper than ", limits.depth, " levels"));
    return nullptr;
  } catch (const YAML::Exception& error) {
    log->Error(Rule::kNotYaml, LineOf(error.mark), "", absl::StrCat("is not YAML: ", error.msg));
    return nullptr;
  } catch (const std::exception& error) {
    log->Error(Rule::kNotYaml, 0, "", absl::StrCat("cannot be read as YAML: ", error.what()));
    return nullptr;
  }
  std::shared_ptr<const YamlNode> root = builder.TakeRoot();
  if (root == nullptr) log->Error(Rule::kNotYaml, 0, "", "is empty");
  return root;
}

}  // namespace portico::capability
