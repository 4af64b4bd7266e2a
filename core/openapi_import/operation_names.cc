#include "core/openapi_import/operation_names.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace portico::openapi_import {
namespace {

// A new word at `i`: the first capital after a small letter or digit ("taskRuns"), or the
// last of several ("HTTPServer").
bool BeginsWord(absl::string_view text, std::size_t i) {
  if (i == 0 || !absl::ascii_isupper(text[i])) return false;
  if (absl::ascii_islower(text[i - 1]) || absl::ascii_isdigit(text[i - 1])) return true;
  return absl::ascii_isupper(text[i - 1]) && i + 1 < text.size() &&
         absl::ascii_islower(text[i + 1]);
}

std::string OfMethodAndPath(absl::string_view method, absl::string_view path) {
  std::string name = absl::AsciiStrToLower(method);
  for (const absl::string_view segment : absl::StrSplit(path, '/', absl::SkipEmpty())) {
    const std::string words = Dashed(segment);
    if (words.empty()) continue;
    absl::StrAppend(&name, absl::StartsWith(segment, "{") ? "-by-" : "-", words);
  }
  return name;
}

// At most `limit` bytes, whole words where there are several.
std::string Cut(const std::string& name, std::size_t limit) {
  if (name.size() <= limit) return name;
  const std::size_t dash = name.rfind('-', limit);
  return name.substr(0, dash == std::string::npos || dash == 0 ? limit : dash);
}

}  // namespace

std::string Dashed(absl::string_view text) {
  std::string name;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool word = absl::ascii_isalnum(static_cast<unsigned char>(text[i]));
    if ((!word || BeginsWord(text, i)) && !name.empty() && name.back() != '-') {
      name.push_back('-');
    }
    if (word) name.push_back(absl::ascii_tolower(static_cast<unsigned char>(text[i])));
  }
  if (!name.empty() && name.back() == '-') name.pop_back();
  return name;
}

std::string OperationNames::Take(absl::string_view operation_id, absl::string_view method,
                                 absl::string_view path) {
  std::string wanted = Dashed(operation_id);
  if (wanted.empty()) wanted = OfMethodAndPath(method, path);
  if (!absl::ascii_isalpha(wanted[0])) wanted = absl::StrCat("call-", wanted);
  std::string name = Cut(wanted, kMaxName);
  int& number = numbers_.try_emplace(name, 1).first->second;
  while (!taken_.insert(name).second) {
    const std::string suffix = absl::StrCat("-", ++number);
    name = Cut(wanted, kMaxName - suffix.size()) + suffix;
  }
  return name;
}

}  // namespace portico::openapi_import
