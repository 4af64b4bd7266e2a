#include "core/upstream/response_head_reader.h"

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace portico::upstream {
namespace {

// What an API's answer has, so that its fields move no more.
constexpr std::size_t kUsualFields = 16;

// A loop here costs a third of absl::StripAsciiWhitespace.
absl::string_view Trimmed(absl::string_view text) {
  while (!text.empty() && absl::ascii_isspace(text.front())) text.remove_prefix(1);
  while (!text.empty() && absl::ascii_isspace(text.back())) text.remove_suffix(1);
  return text;
}

absl::string_view WithoutLineEnd(absl::string_view line) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

ResponseHeadReader::Progress ResponseHeadReader::Take(absl::string_view line) {
  if (line.size() > bytes_left_ || lines_left_ == 0) return Progress::kTooLarge;
  bytes_left_ -= line.size();
  --lines_left_;
  if (complete_) return Progress::kMore;  // a trailer: nobody reads it
  line = WithoutLineEnd(line);
  if (!in_head_) return TakeStatusLine(line);
  if (line.empty()) return EndHead();
  return TakeField(line);
}

// "HTTP/1.1 200 OK", "HTTP/2 200 ".
ResponseHeadReader::Progress ResponseHeadReader::TakeStatusLine(absl::string_view line) {
  const std::size_t space = line.find(' ');
  if (!absl::StartsWith(line, "HTTP/") || space == absl::string_view::npos) {
    return Progress::kMalformed;
  }
  const absl::string_view digits = line.substr(space + 1, 3);
  int status = 0;
  for (const char digit : digits) {
    if (!absl::ascii_isdigit(digit)) return Progress::kMalformed;
    status = status * 10 + (digit - '0');
  }
  if (digits.size() != 3 || status < 100) return Progress::kMalformed;
  head_.status = status;
  head_.headers.clear();
  head_.headers.reserve(kUsualFields);
  in_head_ = true;
  return Progress::kMore;
}

ResponseHeadReader::Progress ResponseHeadReader::TakeField(absl::string_view line) {
  if (line.front() == ' ' || line.front() == '\t') {  // folded (RFC 9112, 5.2)
    if (head_.headers.empty()) return Progress::kMalformed;
    std::string& value = head_.headers.back().value;
    const absl::string_view more = Trimmed(line);
    if (!value.empty() && !more.empty()) value.push_back(' ');
    value.append(more.data(), more.size());
    return Progress::kMore;
  }
  const std::size_t colon = line.find(':');
  if (colon == absl::string_view::npos || colon == 0) return Progress::kMalformed;
  const absl::string_view name = Trimmed(line.substr(0, colon));
  const absl::string_view value = Trimmed(line.substr(colon + 1));
  head_.headers.push_back({std::string(name), std::string(value)});
  return Progress::kMore;
}

ResponseHeadReader::Progress ResponseHeadReader::EndHead() {
  in_head_ = false;
  // Nobody asked to switch protocols: what follows would not be HTTP.
  if (head_.status == 101) return Progress::kMalformed;
  if (head_.status < 200) return Progress::kMore;
  complete_ = true;
  return Progress::kComplete;
}

}  // namespace portico::upstream
