// Builds the tree of a YAML text from its events, within bounds: an alias is the value
// that it names, and counts as all of it.
//
// Not thread-safe; one builder per text.
#ifndef PORTICO_CORE_CAPABILITY_YAML_TREE_BUILDER_H_
#define PORTICO_CORE_CAPABILITY_YAML_TREE_BUILDER_H_

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "core/capability/capability.h"
#include "core/capability/finding_log.h"
#include "core/capability/yaml_events.h"
#include "core/capability/yaml_tree.h"

namespace portico::capability {

class YamlTreeBuilder {
 public:
  // `log` must outlive the builder.
  YamlTreeBuilder(const YamlLimits& limits, FindingLog* log) : limits_(limits), log_(log) {}

  // False, with the error logged, when the text is not to be read on: a second document,
  // a bound exceeded, an alias of nothing.
  bool Take(const YamlEvent& event);

  // After the last event; null when there was no document.
  std::shared_ptr<const YamlNode> TakeRoot() { return std::move(root_.node); }

 private:
  // A node being built, and what it costs to walk.
  struct Branch {
    std::shared_ptr<YamlNode> node;
    std::size_t weight = 1;
    int height = 0;  // levels below
  };

  // A collection whose end has not come yet.
  struct Frame {
    Branch branch;
    std::string anchor;
    bool key_next = false;  // a map: the next node is a key
    Text key;
    bool dropped = false;                         // the value of a key that was refused
    absl::flat_hash_map<std::string, int> lines;  // of the keys so far
  };

  bool TakeScalar(const YamlEvent& event);
  bool TakeAlias(const YamlEvent& event);
  bool Open(YamlNode::Kind kind, const YamlEvent& event);
  void Close();
  void Add(const Branch& branch, absl::string_view anchor);
  void Attach(const Branch& branch);
  void TakeKey(const YamlNode& key, Frame* frame);

  Branch Made(YamlNode::Kind kind) const;
  bool Count(std::size_t weight);
  bool CheckDepth(std::size_t depth);
  void WarnOfTag(absl::string_view tag);
  bool Refuse(Rule rule, std::string message);

  const YamlLimits limits_;
  FindingLog* log_;
  int line_ = 0;  // of what is being taken
  Branch root_;
  std::vector<Frame> open_;
  absl::flat_hash_map<std::string, Branch> anchors_;
  std::size_t weight_ = 0;
  int documents_ = 0;
};

}  // namespace portico::capability

#endif  // PORTICO_CORE_CAPABILITY_YAML_TREE_BUILDER_H_
