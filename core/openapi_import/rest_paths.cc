#include "core/openapi_import/rest_paths.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/plan/name_folding.h"

namespace portico::openapi_import {
namespace {

// "{" inner "}" and nothing else.
bool IsPlaceholder(absl::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}' &&
         std::count(segment.begin(), segment.end(), '{') == 1;
}

// `path` without the names of its placeholders: what routes are told apart by.
std::string ShapeOf(absl::string_view path) {
  std::string shape;
  for (const absl::string_view segment : absl::StrSplit(path, '/', absl::SkipEmpty())) {
    absl::StrAppend(&shape, "/", IsPlaceholder(segment) ? "{}" : segment);
  }
  return shape;
}

}  // namespace

std::string FoldedPath(absl::string_view path) {
  std::string folded = "/v1";
  for (const absl::string_view segment : absl::StrSplit(path, '/', absl::SkipEmpty())) {
    const std::string name = plan::FoldName(segment);
    if (name.empty()) continue;
    if (IsPlaceholder(segment)) {
      absl::StrAppend(&folded, "/{", name, "}");
    } else {
      absl::StrAppend(&folded, "/", name);
    }
  }
  return folded;
}

std::string RestPaths::Of(const std::string& space, const std::string& path) {
  const auto [at, fresh] = given_.try_emplace({space, path});
  if (!fresh) return at->second;
  const std::string wanted = FoldedPath(path);
  std::string taken = wanted;
  for (int number = 2; !shapes_.insert(ShapeOf(taken)).second; ++number) {
    taken = absl::StrCat(wanted, absl::EndsWith(wanted, "}") ? "/" : "-", number);
  }
  return at->second = taken;
}

}  // namespace portico::openapi_import
