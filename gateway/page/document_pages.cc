#include "gateway/page/document_pages.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "gateway/http/problem.h"
#include "gateway/page/asset.h"

namespace portico::page {
namespace {

constexpr char kPlainIndex[] =
    "Portico\n\n"
    "/openapi.json, /openapi.yaml  every operation\n"
    "/healthz, /readyz             this server, and the APIs behind it\n"
    "/                             a page with all of it, in a browser\n";

// RFC 9110, 12.5.3: named, or meant by "*", and not with a weight of 0.
bool TakesGzip(const http::RequestHead& head) {
  bool takes = false;
  const std::string accepted = head.List("Accept-Encoding");
  for (const absl::string_view item : absl::StrSplit(accepted, ',')) {
    const std::vector<absl::string_view> parts = absl::StrSplit(item, ';');
    const absl::string_view coding = absl::StripAsciiWhitespace(parts[0]);
    if (coding != "*" && !absl::EqualsIgnoreCase(coding, "gzip")) continue;
    absl::string_view weight =
        parts.size() < 2 ? absl::string_view() : absl::StripAsciiWhitespace(parts[1]);
    takes = !absl::ConsumePrefix(&weight, "q=") ||
            weight.find_first_not_of("0.") != absl::string_view::npos;
    if (coding != "*") return takes;
  }
  return takes;
}

// RFC 9110, 13.1.2: compared weakly.
bool HasSeen(const http::RequestHead& head, absl::string_view etag) {
  const std::string tags = head.List("If-None-Match");
  for (absl::string_view tag : absl::StrSplit(tags, ',')) {
    tag = absl::StripAsciiWhitespace(tag);
    absl::ConsumePrefix(&tag, "W/");
    if (tag == etag || tag == "*") return true;
  }
  return false;
}

void AddFields(absl::string_view content_type, http::ResponseHead* head) {
  head->Add("Content-Type", content_type);
  head->Add("X-Content-Type-Options", "nosniff");
  head->Add(http::kSourceField, "portico");
}

// 304 to who has the bytes already.
void Answer(const http::RequestHead& request, absl::string_view etag, http::ResponseHead head,
            absl::string_view body, http::ResponseWriter* writer) {
  const bool seen = HasSeen(request, etag);
  http::ResponseHead answer = seen ? http::ResponseHead(304) : std::move(head);
  if (seen) {
    answer.Add(http::kSourceField, "portico");
    answer.Add("Vary", "Accept-Encoding");
  }
  answer.Add("ETag", etag);
  answer.Add("Cache-Control", kCacheControl);
  writer->Respond(answer, seen ? absl::string_view() : body);
}

void AnswerWithout(const Asset& asset, http::ResponseWriter* writer) {
  if (asset.path == "/") {
    http::ResponseHead head(200);
    AddFields("text/plain; charset=utf-8", &head);
    head.Add("Vary", "Accept-Encoding");
    return writer->Respond(head, kPlainIndex);
  }
  const http::Problem problem = http::MakeProblem(
      406, "ENCODING_NOT_ACCEPTED", "Encoding not accepted",
      absl::StrCat(asset.path, " exists compressed alone; send Accept-Encoding: gzip"));
  http::ResponseHead head = HeadOf(problem);
  head.Add("Vary", "Accept-Encoding");
  writer->Respond(head, ToJson(problem));
}

void AnswerAsset(const http::RequestHead& request, const Asset& asset,
                 http::ResponseWriter* writer) {
  if (!TakesGzip(request)) return AnswerWithout(asset, writer);
  http::ResponseHead head(200);
  AddFields(asset.content_type, &head);
  head.Add("Content-Encoding", "gzip");
  head.Add("Vary", "Accept-Encoding");
  head.Add("Content-Security-Policy", kContentSecurityPolicy);
  head.Add("Referrer-Policy", "no-referrer");
  Answer(request, asset.etag, std::move(head), asset.gzip, writer);
}

void AnswerForm(const http::RequestHead& request, const openapi::OpenApiDocument::Form& form,
                absl::string_view content_type, http::ResponseWriter* writer) {
  http::ResponseHead head(200);
  AddFields(content_type, &head);
  Answer(request, form.etag, std::move(head), form.bytes, writer);
}

}  // namespace

bool DocumentPages::Serve(const http::RequestHead& head, absl::string_view path,
                          http::ResponseWriter* writer) const {
  if (head.method != "GET" && head.method != "HEAD") return false;
  if (path == "/openapi.json") {
    AnswerForm(head, document_.json(), openapi::kJsonType, writer);
  } else if (path == "/openapi.yaml") {
    AnswerForm(head, document_.yaml(), openapi::kYamlType, writer);
  } else if (const Asset* asset = FindAsset(path); asset != nullptr) {
    AnswerAsset(head, *asset, writer);
  } else {
    return false;
  }
  return true;
}

}  // namespace portico::page
