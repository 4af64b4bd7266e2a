// Reads one YAML mapping key by key. Whatever is asked for counts as known;
// Finish names the rest, so that no misspelt key is dropped in silence.
//
// Not thread-safe. The node and the log must outlive the reader.
#ifndef PORTICO_CORE_CAPABILITY_MAP_READER_H_
#define PORTICO_CORE_CAPABILITY_MAP_READER_H_

#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/capability/capability.h"
#include "core/capability/finding_log.h"
#include "core/capability/yaml_tree.h"

namespace portico::capability {

class MapReader {
 public:
  using Visitor = std::function<void(MapReader& item)>;

  // `what` names the mapping in messages, with its article: "an operation". A
  // node that is no mapping is logged as an error and then reads as empty.
  MapReader(const YamlNode& node, Position position, std::string what, FindingLog* log);

  const Position& position() const { return position_; }
  // False when the node is no mapping: nothing said of its keys would be true.
  bool valid() const { return valid_; }

  // A scalar; line 0 when the key is absent or its value is null.
  Text Optional(absl::string_view name);
  // The same, with an error when it is absent or empty.
  Text Required(absl::string_view name);
  Flag Bool(absl::string_view name);
  // Names of the author's choice, each with a scalar; false when the key is absent.
  bool Entries(absl::string_view name, std::vector<Entry>* entries);
  // A list of scalars.
  std::vector<Text> Texts(absl::string_view name);
  // Any value as JSON text; line 0 when the key is absent. What YAML leaves bare and
  // JSON writes so too is a number, a boolean or null.
  Text Json(absl::string_view name);
  // One nested mapping; false when the key is absent.
  bool Nested(absl::string_view name, std::string what, const Visitor& visit);
  // A list of mappings or, from 1.0.0-alpha3 on, a mapping whose keys take the
  // place of each item's `id` ("name", "namespace"). Returns the number of items.
  std::size_t Each(absl::string_view name, absl::string_view id, const std::string& what,
                   const Visitor& visit);

  // Keys that are known and say nothing about a call.
  void Ignore(std::initializer_list<absl::string_view> names);
  // Known keys that Portico does not serve: a warning, or an error when a call would go wrong.
  bool Unsupported(absl::string_view name, absl::string_view why);
  bool Refused(absl::string_view name, absl::string_view why);
  bool Has(absl::string_view name) const { return Find(name) != nullptr; }
  // A look at a nested mapping, of which nothing counts as known or is logged; none when
  // the value is something else.
  void Peek(absl::string_view name, const std::function<void(const MapReader&)>& look) const;
  bool HoldsText(absl::string_view name) const;
  bool HoldsList(absl::string_view name) const;

  // Warns of every key that was not asked for.
  void Finish();

  void Error(absl::string_view name, int line, std::string message);
  void Warn(absl::string_view name, int line, std::string message);

 private:
  const YamlNode* Find(absl::string_view name) const;
  // Find, and the name counts as known; null also for an empty value.
  const YamlNode* Take(absl::string_view name);
  std::string KeyOf(absl::string_view name) const;
  int LineOf(absl::string_view name) const;
  Text Scalar(const YamlNode& node, const std::string& key);
  void WrongKind(const YamlNode& node, const std::string& key, absl::string_view wanted);

  const YamlNode* node_;
  Position position_;
  std::string what_;
  FindingLog* log_;
  bool valid_ = false;
  std::vector<std::string> known_;
  Text id_;  // the key that this mapping stands under, in place of `id_name_`
  std::string id_name_;
};

}  // namespace portico::capability

#endif  // PORTICO_CORE_CAPABILITY_MAP_READER_H_
