#include "core/openapi_import/document.h"

#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/codec/json_string.h"

namespace portico::openapi_import {
namespace {

// The code unit of the escape `\uXXXX` at `at`; false for anything else.
bool UnitAt(absl::string_view text, std::size_t at, std::uint32_t* unit) {
  if (text.substr(at, 2) != "\\u" || text.size() < at + 6) return false;
  return absl::SimpleHexAtoi(text.substr(at + 2, 4), unit);
}

// JSON as YAML: JSON writes a character beyond U+FFFF as two
// escapes (RFC 8259, 7), which YAML does not join.
std::string JoinedSurrogates(absl::string_view text) {
  std::string joined;
  joined.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::uint32_t high = 0;
    std::uint32_t low = 0;
    if (text[i] != '\\') {
      joined.push_back(text[i]);
    } else if (UnitAt(text, i, &high) && high >> 10 == 0xD800 >> 10) {
      const bool pair = UnitAt(text, i + 6, &low) && low >> 10 == 0xDC00 >> 10;
      const std::uint32_t point = 0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF);
      absl::StrAppend(&joined, "\\U", absl::Hex(pair ? point : 0xFFFD, absl::kZeroPad8));
      i += pair ? 11 : 5;
    } else {
      absl::StrAppend(&joined, text.substr(i, 2));
      ++i;
    }
  }
  return joined;
}

}  // namespace

std::shared_ptr<const capability::YamlNode> ReadDocument(absl::string_view text,
                                                         capability::FindingLog* log) {
  if (!codec::IsUtf8(text)) {
    log->Error(capability::Rule::kBadDocument, 0, "", "is not UTF-8");
    return nullptr;
  }
  const bool json = absl::StartsWith(absl::StripLeadingAsciiWhitespace(text), "{");
  auto root = json ? capability::ParseYaml(JoinedSurrogates(text), log, kDocumentLimits)
                   : capability::ParseYaml(text, log, kDocumentLimits);
  if (root == nullptr) return nullptr;
  const capability::YamlNode* version = root->Find("openapi");
  if (const capability::YamlNode* swagger = root->Find("swagger")) {
    log->Error(capability::Rule::kBadDocument, swagger->line, "swagger",
               "is OpenAPI 2; convert the document to OpenAPI 3 first (swagger2openapi)");
    return nullptr;
  }
  if (version == nullptr) {
    log->Error(capability::Rule::kBadDocument, root->line, "openapi",
               "is missing: this is no OpenAPI 3 document");
    return nullptr;
  }
  if (!absl::StartsWith(version->text, "3.0") && !absl::StartsWith(version->text, "3.1")) {
    log->Error(capability::Rule::kBadDocument, version->line, "openapi",
               absl::StrCat("\"", version->text, "\" is not read; OpenAPI 3.0 and 3.1 are"));
    return nullptr;
  }
  return root;
}

}  // namespace portico::openapi_import
