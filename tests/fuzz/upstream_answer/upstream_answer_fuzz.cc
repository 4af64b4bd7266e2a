// Whatever an upstream or an authorization server answers: its head is read or refused,
// and what errors and tokens are made of is bounded and may be passed on.
//
// The input's first line is a status, then come the lines of a head up to an empty one,
// then the body.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "core/codec/json_string.h"
#include "core/invoke/retry_after.h"
#include "core/invoke/upstream_error_body.h"
#include "core/upstream/response_head_reader.h"
#include "core/upstream/token_answer.h"

namespace {

using namespace portico;  // NOLINT(build/namespaces): most of it is used
using upstream::ResponseHeadReader;

void Require(bool condition) {
  if (!condition) std::abort();
}

absl::string_view TakeLine(absl::string_view* rest) {
  const std::size_t end = std::min(rest->find('\n'), rest->size() - 1) + 1;
  const absl::string_view line = rest->substr(0, end);
  rest->remove_prefix(end);
  return line;
}

// Nothing of a head that is not complete.
upstream::ResponseHead ReadHead(absl::string_view* input) {
  upstream::Limits limits;
  limits.head_bytes = 4096;
  limits.head_lines = 20;
  ResponseHeadReader reader(limits);
  ResponseHeadReader::Progress progress = ResponseHeadReader::Progress::kMore;
  while (!input->empty() && progress == ResponseHeadReader::Progress::kMore) {
    progress = reader.Take(TakeLine(input));
  }
  if (progress != ResponseHeadReader::Progress::kComplete) return {};
  upstream::ResponseHead head = reader.TakeHead();
  Require(head.status >= 200 && head.status <= 999 && head.headers.size() <= 20);
  // Doors see to it that what they pass on are fields (gateway/http/response_head.h).
  for (const plan::Header& header : head.headers) {
    Require(header.name.find('\n') == std::string::npos);
    Require(header.value.find('\n') == std::string::npos);
  }
  return head;
}

void CheckErrorBody(absl::string_view body, const upstream::ResponseHead& head) {
  const std::string* type = head.Find("content-type");
  const invoke::UpstreamErrorBody error = invoke::ReadErrorBody(body, type ? *type : "");
  Require(error.message.size() <= 1024 && codec::IsUtf8(error.message));
  Require(error.violations.size() <= 16);
  for (const invoke::FieldViolation& violation : error.violations) {
    Require(!violation.description.empty());
    Require(codec::IsUtf8(violation.description) && codec::IsUtf8(violation.field));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  absl::string_view input(reinterpret_cast<const char*>(data), size);
  if (input.empty()) return 0;
  int status = 200;
  if (!absl::SimpleAtoi(TakeLine(&input), &status)) status = 200;
  const upstream::ResponseHead head = ReadHead(&input);
  const auto wait = invoke::RetryAfter(head, absl::FromUnixSeconds(1'700'000'000));
  Require(!wait.has_value() || (*wait >= absl::ZeroDuration() && *wait <= absl::Hours(24)));
  CheckErrorBody(input, head);
  const auto granted = upstream::ReadTokenAnswer(status, input);
  if (!granted.ok()) return 0;
  Require(status == 200 && !granted->token.empty());
  for (const char c : granted->token) Require(absl::ascii_isgraph(static_cast<unsigned char>(c)));
  const absl::Duration used = upstream::UsableFor(granted->lifetime);
  Require(used >= absl::ZeroDuration() && used <= granted->lifetime);
  return 0;
}
