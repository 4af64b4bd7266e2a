// YAML as a Protobuf message: what an operator writes, held against the descriptor of
// what may be written. Any proto3 message.
//
// Keys are the fields' JSON names. Enum values are their names without the type's, in
// camel case (ARRAY_STYLE_DEEP_OBJECT: `deepObject`); the zero value of an enum cannot
// be written. A google.protobuf.Duration is a text like `1m30s`. A text may stand
// without quotes; numbers, booleans and enum values must.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_CAPABILITY_MESSAGE_READER_H_
#define PORTICO_CORE_CAPABILITY_MESSAGE_READER_H_

#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "core/capability/finding_log.h"
#include "core/capability/yaml_tree.h"

namespace google::protobuf {
class Message;
}  // namespace google::protobuf

namespace portico::capability {

// Where each key stands, by its path ("overlay.tasks.operations.list.path"; an item of
// a list ends in "[0]"). For checks that come after reading.
class KeyLines {
 public:
  void Add(const std::string& path, int line) { lines_.emplace(path, line); }
  // 0 when the file does not have the key.
  int Of(const std::string& path) const {
    const auto found = lines_.find(path);
    return found == lines_.end() ? 0 : found->second;
  }

 private:
  absl::flat_hash_map<std::string, int> lines_;
};

// Fills `message`, which is empty, from the mapping `node`. Every finding is logged and
// is an error: a key that the message has not (with the nearest that it has), a value of
// another type or out of its range, two members of a oneof, and what
// (portico.v1.setting) requires.
void ReadMessage(const YamlNode& node, google::protobuf::Message* message, KeyLines* lines,
                 FindingLog* log);

}  // namespace portico::capability

#endif  // PORTICO_CORE_CAPABILITY_MESSAGE_READER_H_
