// Whatever JSON a caller sends where an API takes a form, parts, bytes or an object in the
// query: it is refused, or what goes upstream is of bounded size, cannot be read as
// something else and holds the values that were given.
//
// The first byte chooses the style of lists; the rest is the JSON.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "core/invoke/body_encoder.h"
#include "core/invoke/body_value.h"
#include "core/invoke/form_body.h"
#include "core/invoke/multipart_body.h"
#include "core/invoke/object_query.h"

namespace {

using portico::invoke::BodyValue;
using portico::plan::ArrayStyle;

constexpr ArrayStyle kStyles[] = {ArrayStyle::kRepeat, ArrayStyle::kBrackets,
                                  ArrayStyle::kComma,  ArrayStyle::kPipe,
                                  ArrayStyle::kSpace,  ArrayStyle::kDeepObject};

void Require(bool condition) {
  if (!condition) std::abort();
}

// One pair of name and value each, and no more than were given.
void CheckForm(const std::string& form, std::size_t json_size) {
  if (form.empty()) return;
  std::size_t pairs = 0;
  for (const absl::string_view pair : absl::StrSplit(form, '&')) {
    Require(absl::StrContains(pair, '='));
    ++pairs;
  }
  Require(pairs <= json_size);
  for (const char c : form) Require(absl::ascii_isgraph(static_cast<unsigned char>(c)));
}

// As many parts as there are boundaries, each with its one head.
void CheckMultipart(const std::string& text, const std::string& boundary) {
  const std::string delimiter = absl::StrCat("--", boundary);
  Require(absl::EndsWith(text, absl::StrCat(delimiter, "--\r\n")));
  const std::vector<absl::string_view> parts = absl::StrSplit(text, delimiter);
  Require(parts.front().empty() && parts.back() == "--\r\n");
  for (std::size_t i = 1; i + 1 < parts.size(); ++i) {
    Require(absl::StartsWith(parts[i], "\r\nContent-Disposition: form-data; name=\""));
    const absl::string_view head = parts[i].substr(0, parts[i].find("\r\n\r\n"));
    const std::vector<absl::string_view> lines = absl::StrSplit(head, "\r\n");
    Require(lines.size() <= 3 && absl::EndsWith(parts[i], "\r\n"));
  }
}

void CheckQuery(absl::string_view json) {
  const auto pairs = portico::invoke::ObjectPairs("q", json);
  if (!pairs.has_value()) return;
  std::size_t bytes = 0;
  for (const auto& [name, value] : *pairs) {
    Require(absl::StartsWith(name, "q["));
    bytes += name.size() + value.size();
  }
  Require(bytes <= portico::invoke::kMaxObjectQueryBytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const absl::string_view json(reinterpret_cast<const char*>(data) + 1, size - 1);
  CheckQuery(json);
  const absl::StatusOr<BodyValue> body = portico::invoke::ParseBodyValue(json);
  if (!body.ok()) return 0;
  const auto form = portico::invoke::ToForm(*body, kStyles[data[0] % std::size(kStyles)]);
  if (form.ok()) CheckForm(*form, json.size());
  std::string boundary;
  const auto parts = portico::invoke::ToMultipart(*body, &boundary);
  if (parts.ok()) CheckMultipart(*parts, boundary);
  (void)portico::invoke::ToRaw(*body);
  const absl::StatusOr<BodyValue> again = portico::invoke::ParseBodyValue(body->ToJson());
  Require(again.ok() && again->ToJson() == body->ToJson());
  return 0;
}
