#include "core/invoke/body_encoder.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/codec/media_type.h"
#include "core/invoke/form_body.h"
#include "core/invoke/multipart_body.h"

namespace portico::invoke {

using plan::BodyEncoding;
using Kind = BodyValue::Kind;

bool NeedsEncoding(const Call& call) {
  return call.operation->body_encoding != BodyEncoding::kJson &&
         codec::IsJsonType(call.arguments.content_type);
}

absl::string_view MediaTypeOf(const plan::Operation& operation) {
  switch (operation.body_encoding) {
    case BodyEncoding::kForm:
      return kFormType;
    case BodyEncoding::kMultipart:
      return kMultipartType;
    case BodyEncoding::kRaw:
      return codec::Essence(operation.raw_content_type);
    case BodyEncoding::kJson:
      break;
  }
  return "application/json";
}

absl::Status EncodeBody(Call* call) {
  const plan::Operation& operation = *call->operation;
  Arguments& arguments = call->arguments;
  absl::StatusOr<BodyValue> body = ParseBodyValue(arguments.body);
  if (!body.ok()) return body.status();
  absl::StatusOr<std::string> encoded;
  std::string type(MediaTypeOf(operation));
  if (operation.body_encoding == BodyEncoding::kForm) {
    encoded = ToForm(*body, operation.form_array_style);
  } else if (operation.body_encoding == BodyEncoding::kMultipart) {
    std::string boundary;
    encoded = ToMultipart(*body, &boundary);
    absl::StrAppend(&type, "; boundary=", boundary);
  } else {
    encoded = ToRaw(*body);
    type = operation.raw_content_type;
  }
  if (!encoded.ok()) return encoded.status();
  arguments.body = *std::move(encoded);
  arguments.content_type = std::move(type);
  return absl::OkStatus();
}

absl::StatusOr<std::string> ToRaw(const BodyValue& body) {
  if (body.kind == Kind::kText) return body.text;
  const BodyValue* base64 = body.Find("base64");
  if (base64 != nullptr) return Base64Bytes(*base64, "");
  const BodyValue* text = body.Find("text");
  if (text != nullptr && text->kind == Kind::kText) return text->text;
  return absl::InvalidArgumentError(
      "must be a JSON text, {\"text\": ...} or {\"base64\": ...}: its bytes are what is sent");
}

}  // namespace portico::invoke
