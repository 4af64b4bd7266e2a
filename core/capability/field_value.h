// One value of a capability file or overlay as a Protobuf field takes it: a text, a number, a
// boolean, an enum's value or a duration, within what (portico.v1.setting) allows.
//
// Not thread-safe: it writes to the log.
#ifndef PORTICO_CORE_CAPABILITY_FIELD_VALUE_H_
#define PORTICO_CORE_CAPABILITY_FIELD_VALUE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "core/capability/finding_log.h"
#include "core/capability/yaml_tree.h"

namespace google::protobuf {
class FieldDescriptor;
class Message;
}  // namespace google::protobuf

namespace portico::capability {

// Where a value belongs: the field, or the next element of a repeated one.
struct FieldSlot {
  google::protobuf::Message* message;
  const google::protobuf::FieldDescriptor* field;
};

class FieldValueReader {
 public:
  explicit FieldValueReader(FindingLog* log) : log_(log) {}

  // `at` is the path of the key, for findings. Of any field but a message's.
  void ReadScalar(const YamlNode& node, const std::string& at, const FieldSlot& slot);
  // A google.protobuf.Duration, which is the value of `field`.
  void ReadDuration(const YamlNode& node, const std::string& at,
                    const google::protobuf::FieldDescriptor& field,
                    google::protobuf::Message* message);
  // The error of a node that is no `wanted`: "a list".
  void WrongKind(const YamlNode& node, const std::string& at, absl::string_view wanted);

 private:
  void ReadBool(const YamlNode& node, const std::string& at, const FieldSlot& slot);
  void ReadEnum(const YamlNode& node, const std::string& at, const FieldSlot& slot);
  template <typename Whole, typename Set, typename Add>
  void ReadWhole(const YamlNode& node, const std::string& at, const FieldSlot& slot, Set set,
                 Add add);
  template <typename Number, typename Set, typename Add>
  void ReadNumber(const YamlNode& node, const std::string& at, const FieldSlot& slot, Set set,
                  Add add);
  bool InRange(const YamlNode& node, const std::string& at,
               const google::protobuf::FieldDescriptor& field, double number,
               absl::string_view unit);

  FindingLog* log_;
};

}  // namespace portico::capability

#endif  // PORTICO_CORE_CAPABILITY_FIELD_VALUE_H_
