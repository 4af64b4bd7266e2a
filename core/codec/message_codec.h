// JSON <-> Protobuf wire bytes for one message type, compiled once from its
// descriptor; no message object is built. Nothing is lost: what a typed field
// cannot hold exactly is kept as text in `unmodeled_json`
// (docs/adr, "Lossless codec").
//
// Immutable; any thread. The descriptor must outlive the codec.
#ifndef PORTICO_CORE_CODEC_MESSAGE_CODEC_H_
#define PORTICO_CORE_CODEC_MESSAGE_CODEC_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
}  // namespace google::protobuf

namespace portico::codec {

// Field number of `string unmodeled_json` in every modelled message.
inline constexpr int kUnmodeledJson = 1000;

// Room that JSON text should have behind its end, so that it need not be copied
// (simdjson reads up to 64 bytes past it).
inline constexpr std::size_t kJsonPadding = 64;

struct MessagePlan;  // the compiled form, in message_plan.h

class MessageCodec {
 public:
  // `array_field`: the repeated field that a top-level JSON array fills, or null.
  // InvalidArgument naming the field whose type JSON cannot hold losslessly
  // (bytes, enums, groups, Any, ...).
  static absl::StatusOr<MessageCodec> Compile(
      const google::protobuf::Descriptor* descriptor,
      const google::protobuf::FieldDescriptor* array_field = nullptr);

  // Appends to `wire`. InvalidArgument with the byte offset when `json` is not
  // RFC 8259 in UTF-8, or is not an object (array, with `array_field`).
  absl::Status JsonToWire(const std::string& json, std::string* wire) const;

  // Appends to `json`. InvalidArgument naming the field when `wire` is not a
  // valid message, has unknown fields, a string is not UTF-8, or an
  // `unmodeled_json` is not the text of a JSON object.
  absl::Status WireToJson(absl::string_view wire, std::string* json) const;

 private:
  explicit MessageCodec(std::shared_ptr<const MessagePlan> plan);
  std::shared_ptr<const MessagePlan> plan_;
};

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_MESSAGE_CODEC_H_
