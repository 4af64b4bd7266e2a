// YAML text as a tree whose every node knows its line, read within bounds: the
// text may come from anyone.
//
// Trees are immutable; any thread.
#ifndef PORTICO_CORE_CAPABILITY_YAML_TREE_H_
#define PORTICO_CORE_CAPABILITY_YAML_TREE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/capability/capability.h"
#include "core/capability/finding_log.h"

namespace portico::capability {

// The largest published capability file has 1.2 MB; none nests deeper than 10.
constexpr std::size_t kMaxYamlBytes = 4u << 20;
constexpr int kMaxYamlDepth = 64;
// Values and keys, long texts counting once per 64 bytes and each use of an
// alias as all that it stands for.
constexpr std::size_t kMaxYamlWeight = 500'000;

struct YamlLimits {
  std::size_t bytes = kMaxYamlBytes;
  int depth = kMaxYamlDepth;
  std::size_t weight = kMaxYamlWeight;
};

struct YamlNode {
  enum class Kind { kNull, kScalar, kSequence, kMap };

  Kind kind = Kind::kNull;
  int line = 0;            // 1-based
  std::string text;        // of a scalar
  bool quoted = false;     // of a scalar: in quotes or a block, so never a number or boolean
  std::vector<Text> keys;  // of a map, one per item, each once
  std::vector<std::shared_ptr<const YamlNode>> items;

  // "a mapping", "a list", ...: for messages.
  absl::string_view KindName() const;
  // Value of a map's key, or null.
  const YamlNode* Find(absl::string_view key) const;
};

// The one document in `text`; null, with an error logged, when it is not YAML,
// holds several documents or exceeds a bound. Duplicate keys, keys that are not
// texts and merge keys ("<<") are logged as errors too, with the tree returned.
std::shared_ptr<const YamlNode> ParseYaml(absl::string_view text, FindingLog* log,
                                          const YamlLimits& limits = {});

}  // namespace portico::capability

#endif  // PORTICO_CORE_CAPABILITY_YAML_TREE_H_
