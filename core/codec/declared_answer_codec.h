// An answer of declared form as a message of typed fields. An upstream may answer
// otherwise than declared, and nothing of that is lost or refused: what is no object (no
// array, with `array_field`) is the message whose `unmodeled_json` is its whole text.
//
// Immutable; any thread. The descriptor must outlive the codec.
#ifndef PORTICO_CORE_CODEC_DECLARED_ANSWER_CODEC_H_
#define PORTICO_CORE_CODEC_DECLARED_ANSWER_CODEC_H_

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/codec/message_codec.h"

namespace portico::codec {

class DeclaredAnswerCodec {
 public:
  // As MessageCodec::Compile. The message must have `unmodeled_json`.
  static absl::StatusOr<DeclaredAnswerCodec> Compile(
      const google::protobuf::Descriptor* descriptor,
      const google::protobuf::FieldDescriptor* array_field);

  // Appends to `wire`. InvalidArgument with the byte offset when `json` is no JSON in
  // UTF-8, or longer than 2 GiB.
  absl::Status JsonToWire(absl::string_view json, std::string* wire) const;

 private:
  DeclaredAnswerCodec(MessageCodec message, char opening)
      : message_(std::move(message)), opening_(opening) {}

  MessageCodec message_;
  char opening_;
};

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_DECLARED_ANSWER_CODEC_H_
