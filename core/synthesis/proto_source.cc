#include "core/synthesis/proto_source.h"

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace portico::synthesis {
namespace {

// Protobuf's printer puts "// " before lines of comments that begin with a space
// themselves, all but the first.
std::string TidyComment(absl::string_view line) {
  const std::size_t begin = line.find_first_not_of(' ');
  if (begin == absl::string_view::npos || line.substr(begin, 4) != "//  ") return std::string(line);
  return std::string(absl::StripTrailingAsciiWhitespace(
      absl::StrCat(line.substr(0, begin), "// ", line.substr(begin + 4))));
}

}  // namespace

std::string ProtoSource(const google::protobuf::FileDescriptor& file) {
  google::protobuf::DebugStringOptions options;
  options.include_comments = true;
  const std::string printed = file.DebugStringWithOptions(options);
  const std::string package = absl::StrCat("package ", file.package(), ";");
  std::vector<std::string> lines = {absl::StrCat("// ", file.name()), ""};
  for (const absl::string_view line : absl::StrSplit(absl::StripAsciiWhitespace(printed), '\n')) {
    if (line == package) continue;  // the printer has it below the imports
    if (line.empty() && lines.back().empty()) continue;
    lines.push_back(TidyComment(line));
    if (absl::StartsWith(line, "syntax = ")) lines.insert(lines.end(), {"", package, ""});
  }
  return absl::StrCat(absl::StrJoin(lines, "\n"), "\n");
}

}  // namespace portico::synthesis
