#include "core/invoke/body_encoder.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/codec/media_type.h"
#include "core/plan/percent_encoding.h"

namespace portico::invoke {
namespace {

using plan::ArrayStyle;
using plan::BodyEncoding;
using Kind = BodyValue::Kind;

constexpr char kForm[] = "application/x-www-form-urlencoded";
constexpr char kMultipart[] = "multipart/form-data";

std::string Encoded(absl::string_view text) {
  std::string encoded;
  plan::AppendEncoded(text, &encoded);
  return encoded;
}

class FormWriter {
 public:
  explicit FormWriter(ArrayStyle style) : style_(style) {}

  void WriteMembers(const BodyValue& object, const std::string& prefix) {
    for (std::size_t i = 0; i < object.elements.size(); ++i) {
      const std::string name = Encoded(object.names[i]);
      Write(object.elements[i], prefix.empty() ? name : absl::StrCat(prefix, "[", name, "]"));
    }
  }

  std::string TakeText() { return std::move(text_); }

 private:
  void Write(const BodyValue& value, const std::string& name) {
    if (value.kind == Kind::kObject) {
      WriteMembers(value, name);
    } else if (value.kind == Kind::kList) {
      WriteList(value, name);
    } else {
      WritePair(name, Encoded(value.text));
    }
  }

  void WriteList(const BodyValue& list, const std::string& name) {
    const bool scalars = std::all_of(list.elements.begin(), list.elements.end(),
                                     [](const BodyValue& element) { return element.is_scalar(); });
    if (!scalars || style_ == ArrayStyle::kDeepObject) {
      for (std::size_t i = 0; i < list.elements.size(); ++i) {
        Write(list.elements[i], absl::StrCat(name, "[", i, "]"));
      }
    } else if (style_ == ArrayStyle::kRepeat || style_ == ArrayStyle::kBrackets) {
      const std::string each = style_ == ArrayStyle::kRepeat ? name : name + "[]";
      for (const BodyValue& element : list.elements) WritePair(each, Encoded(element.text));
    } else if (!list.elements.empty()) {
      WriteJoined(list, name);
    }
  }

  void WriteJoined(const BodyValue& list, const std::string& name) {
    const char* separator = style_ == ArrayStyle::kComma  ? ","
                            : style_ == ArrayStyle::kPipe ? "%7C"
                                                          : "%20";
    std::string joined;
    for (std::size_t i = 0; i < list.elements.size(); ++i) {
      absl::StrAppend(&joined, i == 0 ? "" : separator, Encoded(list.elements[i].text));
    }
    WritePair(name, joined);
  }

  void WritePair(absl::string_view name, absl::string_view value) {
    absl::StrAppend(&text_, text_.empty() ? "" : "&", name, "=", value);
  }

  const ArrayStyle style_;
  std::string text_;
};

struct Part {
  std::string head;  // the lines above the content
  std::string content;
};

// As browsers write it (WHATWG, multipart/form-data encoding algorithm).
std::string ParameterText(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"\"", "%22"}, {"\r", "%0D"}, {"\n", "%0A"}});
}

bool IsMediaType(absl::string_view text) {
  return absl::StrContains(text, "/") &&
         std::all_of(text.begin(), text.end(), [](char c) { return !absl::ascii_iscntrl(c); });
}

absl::StatusOr<std::string> Unescape(const BodyValue& base64, absl::string_view where) {
  std::string bytes;
  if (base64.kind != Kind::kText || !absl::Base64Unescape(base64.text, &bytes)) {
    return absl::InvalidArgumentError(absl::StrCat(where, "\"base64\" must be a text in base64"));
  }
  return bytes;
}

absl::StatusOr<Part> FilePart(const BodyValue& value, const std::string& name) {
  Part part;
  auto bytes = Unescape(*value.Find("base64"), absl::StrCat(name, ": "));
  if (!bytes.ok()) return bytes.status();
  part.content = *std::move(bytes);
  const BodyValue* filename = value.Find("filename");
  const BodyValue* type = value.Find("contentType");
  const std::string media = type == nullptr ? "application/octet-stream" : type->text;
  if (!IsMediaType(media)) {
    return absl::InvalidArgumentError(
        absl::StrCat(name, ": \"contentType\" must be a media type like image/png"));
  }
  part.head =
      absl::StrCat("; filename=\"", ParameterText(filename == nullptr ? name : filename->text),
                   "\"\r\nContent-Type: ", media);
  return part;
}

absl::StatusOr<Part> PartOf(const BodyValue& value, const std::string& name) {
  if (value.kind == Kind::kObject && value.Find("base64") != nullptr) {
    return FilePart(value, name);
  }
  if (value.is_scalar()) return Part{"", value.text};
  return Part{"\r\nContent-Type: application/json", value.ToJson()};
}

absl::Status AddParts(const BodyValue& value, const std::string& name, std::vector<Part>* parts) {
  const bool list = value.kind == Kind::kList;
  for (std::size_t i = 0; i < (list ? value.elements.size() : 1); ++i) {
    auto part = PartOf(list ? value.elements[i] : value, name);
    if (!part.ok()) return part.status();
    part->head = absl::StrCat("Content-Disposition: form-data; name=\"", ParameterText(name), "\"",
                              part->head, "\r\n\r\n");
    parts->push_back(*std::move(part));
  }
  return absl::OkStatus();
}

// Always the same for the same parts, so that nothing random goes upstream.
std::string BoundaryFor(const std::vector<Part>& parts) {
  for (int number = 0;; ++number) {
    std::string boundary = absl::StrCat("portico-part-", number);
    const bool taken = std::any_of(parts.begin(), parts.end(), [&](const Part& part) {
      return absl::StrContains(part.content, boundary);
    });
    if (!taken) return boundary;
  }
}

absl::Status NoObject(absl::string_view form) {
  return absl::InvalidArgumentError(
      absl::StrCat("must be a JSON object: its members are sent as ", form));
}

}  // namespace

bool NeedsEncoding(const Call& call) {
  return call.operation->body_encoding != BodyEncoding::kJson &&
         codec::IsJsonType(call.arguments.content_type);
}

absl::string_view MediaTypeOf(const plan::Operation& operation) {
  switch (operation.body_encoding) {
    case BodyEncoding::kForm:
      return kForm;
    case BodyEncoding::kMultipart:
      return kMultipart;
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

absl::StatusOr<std::string> ToForm(const BodyValue& body, ArrayStyle style) {
  if (body.kind != Kind::kObject) return NoObject(kForm);
  FormWriter writer(style);
  writer.WriteMembers(body, "");
  return writer.TakeText();
}

absl::StatusOr<std::string> ToMultipart(const BodyValue& body, std::string* boundary) {
  if (body.kind != Kind::kObject) return NoObject(kMultipart);
  std::vector<Part> parts;
  for (std::size_t i = 0; i < body.elements.size(); ++i) {
    const absl::Status added = AddParts(body.elements[i], body.names[i], &parts);
    if (!added.ok()) return added;
  }
  *boundary = BoundaryFor(parts);
  std::string text;
  for (const Part& part : parts) {
    absl::StrAppend(&text, "--", *boundary, "\r\n", part.head, part.content, "\r\n");
  }
  return absl::StrCat(text, "--", *boundary, "--\r\n");
}

absl::StatusOr<std::string> ToRaw(const BodyValue& body) {
  if (body.kind == Kind::kText) return body.text;
  const BodyValue* base64 = body.Find("base64");
  if (base64 != nullptr) return Unescape(*base64, "");
  const BodyValue* text = body.Find("text");
  if (text != nullptr && text->kind == Kind::kText) return text->text;
  return absl::InvalidArgumentError(
      "must be a JSON text, {\"text\": ...} or {\"base64\": ...}: its bytes are what is sent");
}

}  // namespace portico::invoke
