// Takes a request message's wire bytes apart: fields bound to parameters become
// texts, all others the members of the JSON body.
//
// Immutable; any thread. The descriptors must outlive the codec.
#ifndef PORTICO_CORE_CODEC_REQUEST_CODEC_H_
#define PORTICO_CORE_CODEC_REQUEST_CODEC_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
}  // namespace google::protobuf

namespace portico::codec {

struct RequestParts {
  // One entry per parameter field, in the order given to Compile; the texts of
  // its value (several for a repeated field, none when absent). Integers and
  // booleans are written as in JSON, a Struct is one JSON text.
  std::vector<std::vector<std::string>> parameters;
  std::string body;        // JSON text; empty when the codec has no body
  bool body_empty = true;  // no field of the body is set: it is "{}" or empty
};

// A field that cannot go upstream, in the caller's words.
struct FieldViolation {
  std::string field;  // path in the message, e.g. "directory_contents[2].path"
  std::string description;
};

class RequestCodec {
 public:
  // `parameter_fields` must be scalar or repeated scalar fields of `descriptor`, or
  // singular Structs; one that stands twice feeds both parameters.
  // With `rest_is_body` all other fields form the body, `unmodeled_json`'s
  // members merged in; without it there may be no other fields but unmodeled_json,
  // which must then be empty. Fields of the body with (portico.v1.member)'s
  // send_empty must be repeated or maps. With `body_field`, a google.protobuf.Value,
  // that field is the whole body, of any JSON type; or `unmodeled_json`, the body's text,
  // is. InvalidArgument naming the field otherwise.
  static absl::StatusOr<RequestCodec> Compile(
      const google::protobuf::Descriptor* descriptor,
      absl::Span<const google::protobuf::FieldDescriptor* const> parameter_fields,
      bool rest_is_body, const google::protobuf::FieldDescriptor* body_field = nullptr);

  // Empty when all is well; otherwise one violation for every field that cannot be
  // sent, and `parts` is of no use.
  std::vector<FieldViolation> Split(absl::string_view wire, RequestParts* parts) const;

 private:
  struct Plan;
  explicit RequestCodec(std::shared_ptr<const Plan> plan);
  std::shared_ptr<const Plan> plan_;
};

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_REQUEST_CODEC_H_
