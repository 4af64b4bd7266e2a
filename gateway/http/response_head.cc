#include "gateway/http/response_head.h"

#include <algorithm>
#include <array>

#include "absl/strings/match.h"
#include "core/plan/token.h"

namespace portico::http {
namespace {

// What an API's answer takes, so that the text moves no more while it grows.
constexpr std::size_t kUsualBytes = 512;

bool IsConnections(absl::string_view name) {
  constexpr std::array<absl::string_view, 6> kOwn = {"Connection", "Content-Length",    "Date",
                                                     "Keep-Alive", "Transfer-Encoding", "Upgrade"};
  return std::any_of(kOwn.begin(), kOwn.end(), [name](absl::string_view own) {
    return own.size() == name.size() && absl::EqualsIgnoreCase(name, own);
  });
}

}  // namespace

void ResponseHead::Add(absl::string_view name, absl::string_view value) {
  if (!plan::IsToken(name) || IsConnections(name)) return;
  if (fields_.empty()) fields_.reserve(kUsualBytes);
  fields_.append(name.data(), name.size());
  fields_.append(": ", 2);
  const std::size_t start = fields_.size();
  fields_.append(value.data(), value.size());
  // Or the value's bytes would begin a field, or a response, of their own.
  for (char* c = fields_.data() + start; c != fields_.data() + fields_.size(); ++c) {
    if (*c == '\r' || *c == '\n' || *c == '\0') *c = ' ';
  }
  fields_.append("\r\n", 2);
}

}  // namespace portico::http
