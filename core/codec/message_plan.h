// A message type compiled for the codecs: its fields by JSON name and by number,
// with everything that the hot path would otherwise ask a descriptor.
//
// Immutable once compiled; any thread. The descriptor must outlive it.
#ifndef PORTICO_CORE_CODEC_MESSAGE_PLAN_H_
#define PORTICO_CORE_CODEC_MESSAGE_PLAN_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/codec/wire_writer.h"

namespace google::protobuf {
class Descriptor;
}

namespace portico::codec {

// Protobuf's parsers refuse messages nested deeper below the root (the default of
// C++, Java and Python). A Struct costs two levels, its entry and its Value, for
// every JSON object, a ListValue one for every element, besides their own.
inline constexpr int kMaxLevels = 100;

// What a field, an element of it or a value of its map holds.
enum class Kind : std::uint8_t {
  kString,
  kBool,
  kInt32,
  kInt64,
  kUint32,
  kUint64,
  kSint32,
  kSint64,
  kFixed32,
  kFixed64,
  kSfixed32,
  kSfixed64,
  kDouble,
  kMessage,    // of a MessagePlan
  kStruct,     // google.protobuf.Struct
  kListValue,  // google.protobuf.ListValue
  kValue,      // google.protobuf.Value
};

enum class Shape : std::uint8_t { kSingular, kRepeated, kMap };

// How a value of the kind stands on the wire.
WireType WireTypeOf(Kind kind);

struct MessagePlan;

struct FieldPlan {
  std::string name;        // in the .proto, for errors
  std::string json_name;   // the member that fills it
  std::string quoted_key;  // `"json_name":`
  std::uint32_t number = 0;
  std::uint16_t index = 0;  // in MessagePlan::fields
  Kind kind = Kind::kString;
  Shape shape = Shape::kSingular;
  // A singular scalar that cannot tell its default from absence.
  bool implicit_presence = false;
  // A repeated number; written packed, read either way.
  bool packable = false;
  std::uint32_t tag = 0;                 // as written
  const MessagePlan* message = nullptr;  // of kMessage
};

struct MessagePlan {
  // Null when there is none.
  const FieldPlan* FindKey(absl::string_view json_name) const;
  const FieldPlan* FindNumber(std::uint32_t number) const;

  std::string name;               // full name
  std::vector<FieldPlan> fields;  // by number; without `unmodeled_json`
  bool has_unmodeled = false;

  // Open addressing over `fields`; a power of two in size, kNoField where free.
  std::vector<std::uint16_t> by_key;
  // Index in `fields` of the small numbers, kNoField where there is none.
  std::vector<std::uint16_t> by_number;
};

// InvalidArgument naming the field that JSON cannot hold losslessly. The result
// keeps the plans of all message types that it reaches alive.
absl::StatusOr<std::shared_ptr<const MessagePlan>> CompileMessagePlan(
    const google::protobuf::Descriptor* descriptor);

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_MESSAGE_PLAN_H_
