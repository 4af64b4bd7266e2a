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
#include "core/codec/unmodeled_json.h"

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
}  // namespace google::protobuf

namespace portico::codec {

struct FieldPlan;  // the compiled form, in message_plan.h
struct MessagePlan;

class MessageCodec {
 public:
  // `array_field`: the repeated field that a top-level JSON array fills, or null.
  // InvalidArgument naming the field whose type JSON cannot hold losslessly
  // (bytes, enums, oneofs, Any, Timestamp, ...).
  static absl::StatusOr<MessageCodec> Compile(
      const google::protobuf::Descriptor* descriptor,
      const google::protobuf::FieldDescriptor* array_field = nullptr);

  // Appends to `wire`. InvalidArgument with the byte offset when `json` is not
  // RFC 8259 in UTF-8, is not an object (array, with `array_field`), or has something
  // that neither a field nor an unmodeled_json can keep. Up to 2 GiB; the text
  // needs no padding. Each calling thread keeps up to 5 MiB of working memory.
  absl::Status JsonToWire(absl::string_view json, std::string* wire) const;

  // Appends to `json`. InvalidArgument naming the field when `wire` is not a
  // valid message, nests more than 100 levels, has unknown fields, a string is not
  // UTF-8, a double is not finite, or an `unmodeled_json` is not the text of a JSON
  // object (any value in an element of a repeated field that holds nothing else).
  absl::Status WireToJson(absl::string_view wire, std::string* json) const;

 private:
  MessageCodec(std::shared_ptr<const MessagePlan> plan, const FieldPlan* array_field);

  std::shared_ptr<const MessagePlan> plan_;
  const FieldPlan* array_field_;  // in *plan_
};

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_MESSAGE_CODEC_H_
