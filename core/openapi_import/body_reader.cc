#include "core/openapi_import/body_reader.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/codec/media_type.h"
#include "core/plan/header_rules.h"

namespace portico::openapi_import {
namespace {

constexpr std::size_t kMaxDescription = 900;

std::string LowerEssence(absl::string_view type) {
  return absl::AsciiStrToLower(codec::Essence(type));
}

// The less, the sooner it is taken.
int RankOf(const std::string& essence) {
  if (essence == "application/json") return 0;
  if (codec::IsJsonType(essence) || essence == "*/*" || essence == "application/*") return 1;
  if (essence == "application/x-www-form-urlencoded") return 2;
  return essence == "multipart/form-data" ? 3 : 4;
}

// The other ways to write a stream of JSON values; no standard names them all.
bool IsJsonLines(absl::string_view type) {
  for (const char* known : {"application/x-ndjson", "application/ndjson", "application/jsonl",
                            "application/x-jsonlines", "application/json-seq"}) {
    if (LowerEssence(type) == known) return true;
  }
  return false;
}

}  // namespace

std::optional<ApiBody> BodyReader::Read(const YamlNode& operation, const std::string& where) {
  const YamlNode* written = resolver_->Member(operation, "requestBody");
  if (written == nullptr) return std::nullopt;
  ApiBody body;
  body.required = resolver_->FlagOf(*written, "required");
  body.description = resolver_->TextOf(*written, "description");
  const YamlNode* content = written->Find("content");
  std::size_t best = 0;
  if (content == nullptr || content->keys.empty()) return body;
  for (std::size_t i = 1; i < content->keys.size(); ++i) {
    if (RankOf(LowerEssence(content->keys[i].text)) <
        RankOf(LowerEssence(content->keys[best].text))) {
      best = i;
    }
  }
  ReadMedia(content->keys[best].text, *content->items[best], where, &body);
  body.description = Shortened(body.description, kMaxDescription);
  return body;
}

void BodyReader::ReadMedia(const std::string& type, const YamlNode& media, const std::string& where,
                           ApiBody* body) {
  const std::string essence = LowerEssence(type);
  const YamlNode* schema = resolver_->Member(media, "schema");
  if (schema != nullptr && body->description.empty()) {
    body->description = resolver_->TextOf(*schema, "description");
  }
  const int rank = RankOf(essence);
  if (rank == 4) {
    body->encoding = "raw";
    body->content_type = type;
    if (!absl::StrContains(type, '/') || !plan::IsHeaderValue(type)) {
      body->content_type = "application/octet-stream";
      log_->Warn(capability::Rule::kNotImported, media.line, where,
                 absl::StrCat("\"", type, "\" is no media type; the body is sent as ",
                              body->content_type));
    }
    const bool text = absl::StartsWith(essence, "text/") || absl::EndsWith(essence, "xml");
    body->type = text ? "string" : "object";
    body->description = Joined(
        body->description, text ? "Sent as it is." : R"({"text": "..."} or {"base64": "..."}.)");
    return;
  }
  const bool typed = schema != nullptr && !schema->keys.empty();
  body->type = typed ? schemas_.TypeOf(schema) : "object";
  body->description = Joined(body->description, schemas_.MemberText(schema));
  if (rank == 2) body->encoding = "form";
  if (rank == 3) body->encoding = "multipart";
  if (rank >= 2) body->type = "object";
  if (rank == 2) body->form_array_style = FormArrayStyle(media);
  if (rank == 1 && absl::EndsWith(essence, "+json")) {
    log_->Warn(capability::Rule::kNotImported, media.line, where,
               absl::StrCat("takes its body as ", type, ", which is sent as application/json"));
  }
}

// Where members differ, the first that says something counts for all: an overlay has one
// style for a form.
std::string BodyReader::FormArrayStyle(const YamlNode& media) {
  const YamlNode* encodings = media.Find("encoding");
  if (encodings == nullptr) return "";
  for (const auto& encoding : encodings->items) {
    std::string style = resolver_->TextOf(*encoding, "style");
    if (style == "deepObject") return style;
    const bool form = style.empty() || style == "form";
    if (resolver_->FlagOf(*encoding, "explode", form)) continue;
    if (style == "pipeDelimited") return "pipe";
    return style == "spaceDelimited" ? "space" : "comma";
  }
  return "";
}

AnswerForm AnswerFormOf(const YamlNode& operation, ReferenceResolver* resolver) {
  const YamlNode* responses = operation.Find("responses");
  if (responses == nullptr) return AnswerForm::kWhole;
  bool streams = false;
  bool whole = false;
  for (std::size_t i = 0; i < responses->keys.size(); ++i) {
    if (!absl::StartsWith(responses->keys[i].text, "2")) continue;
    const YamlNode* response = resolver->Resolve(responses->items[i].get());
    const YamlNode* content = response == nullptr ? nullptr : response->Find("content");
    if (content == nullptr) continue;
    for (const auto& type : content->keys) {
      if (codec::IsEventStream(type.text)) {
        streams = true;
      } else if (!IsJsonLines(type.text)) {
        whole = true;
      }
    }
  }
  if (!streams) return AnswerForm::kWhole;
  return whole ? AnswerForm::kEither : AnswerForm::kEvents;
}

}  // namespace portico::openapi_import
