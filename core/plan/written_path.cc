#include "core/plan/written_path.h"

#include "core/plan/percent_encoding.h"

namespace portico::plan {
namespace {

bool IsKept(absl::string_view text, std::size_t at, bool query) {
  const char c = text[at];
  if (c == '%') return IsEscape(text, at);
  if (query && (c == '[' || c == ']')) return true;
  return IsUnreserved(c) ||
         absl::string_view("!$&'()*+,;=:@/?}").find(c) != absl::string_view::npos;
}

}  // namespace

std::string CleanPath(absl::string_view written) {
  std::string path;
  bool query = false;
  for (std::size_t at = 0; at < written.size();) {
    const std::size_t close = written[at] == '{' ? written.find('}', at) : absl::string_view::npos;
    if (close != absl::string_view::npos) {
      path.append(written.data() + at, close - at);
      at = close;
    }
    if (written[at] == '#') break;
    query = query || written[at] == '?';
    if (written[at] == '{' || IsKept(written, at, query)) {
      path.push_back(written[at]);
    } else {
      AppendEncoded(written.substr(at, 1), &path);
    }
    ++at;
  }
  return path;
}

}  // namespace portico::plan
