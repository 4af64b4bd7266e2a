// Any answer of an upstream as one message, for operations whose answers no .proto
// models: JSON of every type, nothing at all, and what is no JSON. Nothing is lost.
//
// The message has `google.protobuf.Value result`, `string content_type`, `bytes raw`
// and `string unmodeled_json`: at most one of result, raw (with content_type) and
// unmodeled_json is set.
//
// Immutable; any thread.
#ifndef PORTICO_CORE_CODEC_ANSWER_CODEC_H_
#define PORTICO_CORE_CODEC_ANSWER_CODEC_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace google::protobuf {
class Descriptor;
}

namespace portico::codec {

class AnswerCodec {
 public:
  // InvalidArgument naming the field that the message must have.
  static absl::StatusOr<AnswerCodec> Compile(const google::protobuf::Descriptor* descriptor);

  // Appends to `wire`. `content_type`: the header's value; empty: none, read as JSON.
  // An empty body is the empty message. InvalidArgument with the byte offset when a
  // body that says it is JSON is not, or the message would exceed 2 GiB.
  absl::Status AnswerToWire(absl::string_view body, absl::string_view content_type,
                            std::string* wire) const;

 private:
  AnswerCodec() = default;
  std::uint32_t result_ = 0, content_type_ = 0, raw_ = 0;  // field numbers
};

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_ANSWER_CODEC_H_
