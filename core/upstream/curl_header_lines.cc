#include "core/upstream/curl_header_lines.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace portico::upstream {

namespace {

// What is added here at most: names and separators.
constexpr std::size_t kOwnLines = 4, kOwnBytes = 80;

bool HasBody(const UpstreamRequest& request) {
  return request.body || request.body_stream || request.method == "POST" ||
         request.method == "PUT" || request.method == "PATCH";
}

}  // namespace

CurlHeaderLines::CurlHeaderLines(const UpstreamRequest& request, absl::string_view user_agent) {
  Reserve(request, user_agent);
  bool has_content_type = false, has_user_agent = false;
  for (const auto* headers : {&request.headers, &request.secrets}) {
    for (const Header& header : *headers) {
      const absl::string_view value = absl::StripAsciiWhitespace(header.value);
      // To libcurl "Name:" means "leave it out" and "Name;" an empty value.
      Add(header.name, value.empty() ? ";" : ": ", value);
      has_content_type |= absl::EqualsIgnoreCase(header.name, "content-type");
      has_user_agent |= absl::EqualsIgnoreCase(header.name, "user-agent");
    }
  }
  if (request.body_stream && !request.body_stream->length) {
    Add("Transfer-Encoding", ": ", "chunked");
  }
  if (!has_user_agent) Add("User-Agent", ": ", user_agent);
  // Each line takes libcurl a walk for each header that it knows itself.
  if (HasBody(request)) {
    Add("Expect", ":", "");
    if (!has_content_type) Add("Content-Type", ":", "");
  }
  for (std::size_t i = 1; i < nodes_.size(); ++i) nodes_[i - 1].next = &nodes_[i];
}

// All of it, since nodes point into the text.
void CurlHeaderLines::Reserve(const UpstreamRequest& request, absl::string_view user_agent) {
  std::size_t bytes = kOwnBytes + user_agent.size();
  for (const auto* headers : {&request.headers, &request.secrets}) {
    for (const Header& header : *headers) bytes += header.name.size() + header.value.size() + 3;
  }
  text_.reserve(bytes);
  nodes_.reserve(request.headers.size() + request.secrets.size() + kOwnLines);
}

void CurlHeaderLines::Add(absl::string_view name, absl::string_view separator,
                          absl::string_view value) {
  nodes_.push_back({text_.data() + text_.size(), nullptr});
  for (const absl::string_view part : {name, separator, value}) {
    text_.append(part.data(), part.size());
  }
  text_.push_back('\0');
}

}  // namespace portico::upstream
