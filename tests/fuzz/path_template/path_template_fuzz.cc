// A path that Expand wrote is one that Match reads: the same values where each
// placeholder has a segment to itself, and the same path in any case. Match is made for
// neither queries nor values of several segments.
//
// The input is the template up to the first line break, then one value a line.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "core/plan/path_template.h"

namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

bool OnePlaceholderPerSegment(absl::string_view text) {
  for (absl::string_view segment : absl::StrSplit(text, '/')) {
    if (!absl::StrContains(segment, "{")) continue;
    if (!absl::StartsWith(segment, "{") || !absl::EndsWith(segment, "}")) return false;
    if (absl::StrContains(segment.substr(2), "{")) return false;
  }
  return true;
}

// Whether a value that holds "/" makes several segments.
bool Spans(absl::string_view path, const std::vector<std::string>& values) {
  if (!absl::StrContains(path, "+")) return false;
  for (const std::string& value : values) {
    if (absl::StrContains(value, "/")) return true;
  }
  return false;
}

void RequireSafe(absl::string_view path) {
  for (absl::string_view segment : absl::StrSplit(path, '/')) {
    Require(segment != "." && segment != "..");
  }
  for (char c : path) Require(c > ' ' && c < '\x7f' && c != '?' && c != '#');
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const absl::string_view input(reinterpret_cast<const char*>(data), size);
  std::vector<std::string> lines = absl::StrSplit(input, '\n');
  const absl::StatusOr<portico::plan::PathTemplate> path =
      portico::plan::PathTemplate::Parse(lines[0]);
  if (!path.ok()) return 0;
  std::vector<std::string> values(lines.begin() + 1, lines.end());
  std::vector<std::string> read;
  for (const std::string& value : values) path->Match(value, &read);

  values.resize(path->placeholders().size(), "x");
  const absl::StatusOr<std::string> expanded = path->Expand(values);
  if (!expanded.ok()) return 0;
  RequireSafe(absl::string_view(*expanded).substr(0, expanded->find('?')));
  if (path->has_query() || Spans(lines[0], values)) return 0;
  Require(path->Match(*expanded, &read));
  Require(read.size() == values.size());
  if (OnePlaceholderPerSegment(lines[0])) Require(read == values);
  const absl::StatusOr<std::string> again = path->Expand(read);
  // Another reading of a shared segment may hold a value that Expand refuses.
  if (again.ok()) Require(*again == *expanded);
  return 0;
}
