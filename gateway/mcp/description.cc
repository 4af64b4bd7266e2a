#include "gateway/mcp/description.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "core/invoke/upstream_error_body.h"

namespace portico::mcp {
namespace {

// Words of the paragraphs that our .proto files keep for their sources.
constexpr const char* kSourceWords[] = {"OpenAPI document", "official client", "capability file",
                                        "Recorded from"};

bool TellsSource(absl::string_view paragraph) {
  for (const char* words : kSourceWords) {
    if (absl::StrContains(paragraph, words)) return true;
  }
  return false;
}

std::string Shortened(absl::string_view text, std::size_t limit) {
  if (text.size() <= limit) return std::string(text);
  const absl::string_view kept = invoke::Utf8Prefix(text, limit);
  const std::size_t stop = kept.rfind(". ");
  if (stop != absl::string_view::npos && stop >= limit / 2)
    return std::string(kept.substr(0, stop + 1));
  constexpr absl::string_view kMore = "…";
  return absl::StrCat(invoke::Utf8Prefix(kept, limit - kMore.size()), kMore);
}

}  // namespace

std::string Description(absl::string_view text, std::size_t limit) {
  std::vector<absl::string_view> kept;
  for (absl::string_view paragraph : absl::StrSplit(text, "\n\n")) {
    paragraph = absl::StripAsciiWhitespace(paragraph);
    // The first paragraph says what a thing is, wherever it is known from.
    if (paragraph.empty() || (!kept.empty() && TellsSource(paragraph))) continue;
    kept.push_back(paragraph);
  }
  return Shortened(absl::StrJoin(kept, "\n\n"), limit);
}

std::string WithWords(absl::string_view text, const std::map<std::string, std::string>& words) {
  const auto in_word = [](char c) { return absl::ascii_isalnum(c) || c == '_'; };
  std::string replaced;
  for (std::size_t p = 0; p < text.size();) {
    std::size_t end = p;
    while (end < text.size() && in_word(text[end])) ++end;
    const std::string word(text.substr(p, end - p));
    const auto found = words.find(word);
    absl::StrAppend(&replaced, found == words.end() ? word : found->second);
    for (p = end; p < text.size() && !in_word(text[p]); ++p) replaced.push_back(text[p]);
  }
  return replaced;
}

std::string Sentence(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  if (text.empty() || absl::EndsWith(text, ".")) return std::string(text);
  return absl::StrCat(text, ".");
}

}  // namespace portico::mcp
