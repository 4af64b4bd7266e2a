// Fields that a message must have for a codec to fill it.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_CODEC_REQUIRED_FIELD_H_
#define PORTICO_CORE_CODEC_REQUIRED_FIELD_H_

#include <google/protobuf/descriptor.h>

#include <cstdint>

#include "absl/status/status.h"
#include "absl/types/span.h"

namespace portico::codec {

struct RequiredField {
  const char* name;
  google::protobuf::FieldDescriptor::Type type;
  std::uint32_t* number;  // where its number goes
};

// InvalidArgument naming the first one that `descriptor` has not, or repeated, or, with
// `optional`, without that keyword. `kind`: what the message is, for the words of it.
absl::Status FindFields(const google::protobuf::Descriptor& descriptor, const char* kind,
                        bool optional, absl::Span<const RequiredField> fields);

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_REQUIRED_FIELD_H_
