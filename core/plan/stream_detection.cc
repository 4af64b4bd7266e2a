#include "core/plan/stream_detection.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "core/plan/name_folding.h"

namespace portico::plan {
namespace {

bool HasWord(absl::string_view text, absl::string_view word) {
  for (std::size_t at = text.find(word); at != absl::string_view::npos;
       at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !absl::ascii_isalnum(text[at - 1]);
    const std::size_t end = at + word.size();
    if (begins && (end == text.size() || !absl::ascii_isalnum(text[end]))) return true;
  }
  return false;
}

}  // namespace

bool SaysEventStream(absl::string_view text) {
  const std::string lower = absl::AsciiStrToLower(text);
  return absl::StrContains(lower, "text/event-stream") ||
         absl::StrContains(lower, "server-sent event") ||
         absl::StrContains(lower, "server sent event") || HasWord(text, "SSE");
}

bool PathSaysEventStream(absl::string_view path) {
  absl::ConsumeSuffix(&path, "/");
  const std::size_t slash = path.rfind('/');
  if (slash == absl::string_view::npos) return false;
  const absl::string_view segment = path.substr(slash + 1);
  return !absl::StrContains(segment, "{") && SqueezeName(segment) == "eventstream";
}

}  // namespace portico::plan
