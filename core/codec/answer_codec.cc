#include "core/codec/answer_codec.h"

#include <google/protobuf/descriptor.h>

#include <limits>

#include "absl/strings/str_cat.h"
#include "core/codec/json_string.h"
#include "core/codec/json_syntax.h"
#include "core/codec/media_type.h"
#include "core/codec/message_plan.h"
#include "core/codec/message_reader.h"
#include "core/codec/required_field.h"
#include "core/codec/unmodeled_json.h"
#include "core/codec/wire_append.h"

namespace portico::codec {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

absl::StatusOr<AnswerCodec> AnswerCodec::Compile(const Descriptor* descriptor) {
  AnswerCodec codec;
  std::uint32_t unmodeled = 0;
  const RequiredField fields[] = {
      {"result", FieldDescriptor::TYPE_MESSAGE, &codec.result_},
      {"content_type", FieldDescriptor::TYPE_STRING, &codec.content_type_},
      {"raw", FieldDescriptor::TYPE_BYTES, &codec.raw_},
      {"unmodeled_json", FieldDescriptor::TYPE_STRING, &unmodeled},
  };
  const absl::Status found = FindFields(*descriptor, "answer", false, fields);
  if (!found.ok()) return found;
  const Descriptor& result = *descriptor->FindFieldByName("result")->message_type();
  if (unmodeled != kUnmodeledJson || result.well_known_type() != Descriptor::WELLKNOWNTYPE_VALUE) {
    return absl::InvalidArgumentError(absl::StrCat(
        "answer message \"", descriptor->full_name(),
        "\": result must be a google.protobuf.Value, unmodeled_json number ", kUnmodeledJson));
  }
  return codec;
}

absl::Status AnswerCodec::AnswerToWire(absl::string_view body, absl::string_view content_type,
                                       std::string* wire) const {
  if (body.empty()) return absl::OkStatus();
  if (body.size() > std::numeric_limits<std::int32_t>::max() - 1024) {
    return absl::InvalidArgumentError("more than Protobuf's 2 GiB in one message");
  }
  if (content_type.empty() || IsJsonType(content_type)) {
    const absl::StatusOr<bool> read = ReadValue(body, result_, kMaxLevels, wire);
    if (!read.ok()) return read.status();
    if (!*read) AppendBytes(kUnmodeledJson, TrimJsonSpace(body), wire);
    return absl::OkStatus();
  }
  if (IsUtf8(content_type)) AppendBytes(content_type_, content_type, wire);
  AppendBytes(raw_, body, wire);
  return absl::OkStatus();
}

}  // namespace portico::codec
