#include "core/invoke/multipart_body.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace portico::invoke {
namespace {

using Kind = BodyValue::Kind;

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

absl::StatusOr<Part> FilePart(const BodyValue& value, const std::string& name) {
  for (const std::string& member : value.names) {
    if (member == "base64" || member == "filename" || member == "contentType") continue;
    return absl::InvalidArgumentError(
        absl::StrCat(name, ": a file has \"base64\", \"filename\" and \"contentType\", and no \"",
                     member, "\""));
  }
  Part part;
  auto bytes = Base64Bytes(*value.Find("base64"), absl::StrCat(name, ": "));
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

absl::Status AddParts(const BodyValue& value, const std::string& name, std::size_t* left,
                      std::vector<Part>* parts) {
  const bool list = value.kind == Kind::kList;
  for (std::size_t i = 0; i < (list ? value.elements.size() : 1); ++i) {
    auto part = PartOf(list ? value.elements[i] : value, name);
    if (!part.ok()) return part.status();
    part->head = absl::StrCat("Content-Disposition: form-data; name=\"", ParameterText(name), "\"",
                              part->head, "\r\n\r\n");
    const std::size_t bytes = part->head.size() + part->content.size();
    if (bytes > *left) return EncodedTooLarge();
    *left -= bytes;
    parts->push_back(*std::move(part));
  }
  return absl::OkStatus();
}

constexpr absl::string_view kBoundary = "portico-part-";

// Calls `see` with what follows each kBoundary in the parts.
template <typename See>
void ForEachBoundary(const std::vector<Part>& parts, See see) {
  for (const Part& part : parts) {
    for (absl::string_view rest : {absl::string_view(part.head), absl::string_view(part.content)}) {
      for (std::size_t at; (at = rest.find(kBoundary)) != absl::string_view::npos;) {
        rest.remove_prefix(at + kBoundary.size());
        see(rest);
      }
    }
  }
}

// Always the same for the same parts, so that nothing random goes upstream. One pass, as
// callers may write any number of boundaries: each takes the numbers that its digits begin
// with, at most eight of those looked at, and one is left.
std::string BoundaryFor(const std::vector<Part>& parts) {
  std::size_t written = 0;
  ForEachBoundary(parts, [&](absl::string_view) { ++written; });
  std::vector<bool> taken(8 * written + 1);
  ForEachBoundary(parts, [&](absl::string_view rest) {
    std::size_t number = 0;
    for (std::size_t i = 0; i < rest.size() && absl::ascii_isdigit(rest[i]); ++i) {
      number = 10 * number + static_cast<std::size_t>(rest[i] - '0');
      if (number >= taken.size()) break;
      taken[number] = true;
      if (number == 0) break;  // no number goes on behind a zero
    }
  });
  const auto free = std::find(taken.begin(), taken.end(), false);
  return absl::StrCat(kBoundary, free - taken.begin());
}

}  // namespace

absl::StatusOr<std::string> ToMultipart(const BodyValue& body, std::string* boundary) {
  if (body.kind != Kind::kObject) return NotAnObject(kMultipartType);
  std::vector<Part> parts;
  std::size_t left = kMaxEncodedBytes;
  for (std::size_t i = 0; i < body.elements.size(); ++i) {
    const absl::Status added = AddParts(body.elements[i], body.names[i], &left, &parts);
    if (!added.ok()) return added;
  }
  *boundary = BoundaryFor(parts);
  std::string text;
  for (const Part& part : parts) {
    absl::StrAppend(&text, "--", *boundary, "\r\n", part.head, part.content, "\r\n");
  }
  return absl::StrCat(text, "--", *boundary, "--\r\n");
}

}  // namespace portico::invoke
