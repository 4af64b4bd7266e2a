#include "core/synthesis/source_comments.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/codec/json_string.h"

namespace portico::synthesis {
namespace {

constexpr std::size_t kColumns = 77;

// Descriptors are UTF-8; control characters would end a comment, and a backslash at a
// line's end would join the next line to it in C++.
std::string Harmless(absl::string_view line) {
  std::string text(line);
  const bool utf8 = codec::IsUtf8(line);
  for (char& c : text) {
    if (!utf8 && !absl::ascii_isascii(c)) c = '?';
    if (absl::ascii_iscntrl(c)) c = ' ';
    if (c == '\\') c = '/';
  }
  return text;
}

void AppendWrapped(absl::string_view paragraph, std::string* comment) {
  std::string line;
  for (const absl::string_view word : absl::StrSplit(Harmless(paragraph), ' ', absl::SkipEmpty())) {
    if (!line.empty() && line.size() + 1 + word.size() > kColumns) {
      absl::StrAppend(comment, line, "\n");
      line.clear();
    }
    absl::StrAppend(&line, " ", word);
  }
  // Printers drop empty lines, but not one of a space.
  absl::StrAppend(comment, line.empty() ? " " : line, "\n");
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
