#include "gateway/mcp/media_content.h"

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/codec/media_type.h"
#include "gateway/mcp/json_text.h"

namespace portico::mcp {
namespace {

// Text although their names do not begin with "text/".
constexpr const char* kTextTypes[] = {"application/xml",
                                      "application/yaml",
                                      "application/javascript",
                                      "application/x-ndjson",
                                      "application/x-yaml",
                                      "application/toml",
                                      "application/x-www-form-urlencoded"};

}  // namespace

std::string MediaType(const std::string* content_type) {
  if (content_type == nullptr) return "application/octet-stream";
  const std::string type = absl::AsciiStrToLower(codec::Essence(*content_type));
  return type.empty() ? "application/octet-stream" : type;
}

bool IsTextType(absl::string_view media_type) {
  if (absl::StartsWith(media_type, "text/") || absl::EndsWith(media_type, "+xml") ||
      absl::EndsWith(media_type, "+yaml")) {
    return true;
  }
  for (const char* type : kTextTypes) {
    if (media_type == type) return true;
  }
  return false;
}

std::string MediaBlock(absl::string_view media_type, absl::string_view bytes,
                       absl::string_view source) {
  const std::string data = absl::Base64Escape(bytes);
  const std::string type = QuotedJson(media_type);
  for (const absl::string_view kind : {"image", "audio"}) {
    if (!absl::StartsWith(media_type, absl::StrCat(kind, "/"))) continue;
    return absl::StrCat("{\"type\":\"", kind, "\",\"data\":\"", data, "\",\"mimeType\":", type,
                        "}");
  }
  return absl::StrCat("{\"type\":\"resource\",\"resource\":{\"uri\":",
                      QuotedJson(absl::StrCat("portico:///", source)), ",\"mimeType\":", type,
                      ",\"blob\":\"", data, "\"}}");
}

}  // namespace portico::mcp
