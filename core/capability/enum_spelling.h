// How people write the values of an enum: ARRAY_STYLE_DEEP_OBJECT of ArrayStyle is
// `deepObject`. The zero value, which means that nothing is said, has no spelling.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_CAPABILITY_ENUM_SPELLING_H_
#define PORTICO_CORE_CAPABILITY_ENUM_SPELLING_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace google::protobuf {
class EnumDescriptor;
class EnumValueDescriptor;
}  // namespace google::protobuf

namespace portico::capability {

std::string SpellingOf(const google::protobuf::EnumValueDescriptor& value);

// Of all values but zero, in the order of the enum.
std::vector<std::string> Spellings(const google::protobuf::EnumDescriptor& type);

// Null when no value but zero is written so.
const google::protobuf::EnumValueDescriptor* FindSpelling(
    const google::protobuf::EnumDescriptor& type, absl::string_view text);

}  // namespace portico::capability

#endif  // PORTICO_CORE_CAPABILITY_ENUM_SPELLING_H_
