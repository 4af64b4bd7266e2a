#include "core/synthesis/source_comments.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace portico::synthesis {
namespace {

constexpr std::size_t kColumns = 77;

// Control characters would end a comment or be no text.
std::string OneLine(absl::string_view line) {
  std::string text(line);
  for (char& c : text) {
    if (absl::ascii_iscntrl(c)) c = ' ';
  }
  return text;
}

void AppendWrapped(absl::string_view paragraph, std::string* comment) {
  std::string line;
  for (const absl::string_view word : absl::StrSplit(OneLine(paragraph), ' ', absl::SkipEmpty())) {
    if (!line.empty() && line.size() + 1 + word.size() > kColumns) {
      absl::StrAppend(comment, line, "\n");
      line.clear();
    }
    absl::StrAppend(&line, " ", word);
  }
  absl::StrAppend(comment, line, "\n");
}

}  // namespace

void SourceComments::Add(std::initializer_list<int> path, absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  if (text.empty()) return;
  google::protobuf::SourceCodeInfo::Location* location =
      file_.mutable_source_code_info()->add_location();
  for (const int step : path) location->add_path(step);
  for (int i = 0; i < 3; ++i) location->add_span(0);
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    AppendWrapped(line, location->mutable_leading_comments());
  }
}

}  // namespace portico::synthesis
