#include "gateway/http/response_head.h"

#include <algorithm>
#include <array>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/http/token.h"

namespace portico::http {
namespace {

bool IsConnections(absl::string_view name) {
  constexpr std::array<absl::string_view, 6> kOwn = {"Connection", "Content-Length",    "Date",
                                                     "Keep-Alive", "Transfer-Encoding", "Upgrade"};
  return std::any_of(kOwn.begin(), kOwn.end(),
                     [name](absl::string_view own) { return absl::EqualsIgnoreCase(name, own); });
}

}  // namespace

void ResponseHead::Add(absl::string_view name, absl::string_view value) {
  if (!IsToken(name) || IsConnections(name)) return;
  absl::StrAppend(&fields_, name, ": ");
  const std::size_t start = fields_.size();
  absl::StrAppend(&fields_, value, "\r\n");
  // Or the value's bytes would begin a field, or a response, of their own.
  std::replace_if(
      fields_.begin() + start, fields_.end() - 2,
      [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
}

}  // namespace portico::http
