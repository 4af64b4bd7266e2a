#include "gateway/openapi/comment_text.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace portico::openapi {
namespace {

std::vector<std::string> Paragraphs(absl::string_view comment) {
  std::vector<std::string> paragraphs(1);
  for (absl::string_view line : absl::StrSplit(comment, '\n')) {
    const absl::string_view text = absl::StripAsciiWhitespace(line);
    if (text.empty()) {
      if (!paragraphs.back().empty()) paragraphs.emplace_back();
      continue;
    }
    absl::StrAppend(&paragraphs.back(), paragraphs.back().empty() ? "" : " ", text);
  }
  if (paragraphs.back().empty()) paragraphs.pop_back();
  return paragraphs;
}

// The paragraph without sentences about `unmodeled_json`.
std::string WithoutRemainder(absl::string_view paragraph) {
  std::vector<std::string> kept;
  std::string sentence;
  for (absl::string_view word : absl::StrSplit(paragraph, ' ')) {
    absl::StrAppend(&sentence, sentence.empty() ? "" : " ", word);
    if (!absl::EndsWith(word, ".") && !absl::EndsWith(word, ".)")) continue;
    if (!absl::StrContains(sentence, "unmodeled_json")) kept.push_back(sentence);
    sentence.clear();
  }
  if (!sentence.empty() && !absl::StrContains(sentence, "unmodeled_json")) kept.push_back(sentence);
  return absl::StrJoin(kept, " ");
}

std::string WithJsonNames(absl::string_view text, const std::map<std::string, std::string>& names) {
  std::vector<std::string> pieces = absl::StrSplit(text, '`');
  for (std::size_t i = 1; i < pieces.size(); i += 2) {
    const auto name = names.find(pieces[i]);
    if (name != names.end()) pieces[i] = name->second;
  }
  return absl::StrJoin(pieces, "`");
}

}  // namespace

std::string CommentText(absl::string_view comment,
                        const std::map<std::string, std::string>& names) {
  std::vector<std::string> paragraphs;
  for (const std::string& paragraph : Paragraphs(comment)) {
    std::string text = WithJsonNames(WithoutRemainder(paragraph), names);
    if (!text.empty()) paragraphs.push_back(std::move(text));
  }
  return absl::StrJoin(paragraphs, "\n\n");
}

}  // namespace portico::openapi
