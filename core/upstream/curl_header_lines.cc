#include "core/upstream/curl_header_lines.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace portico::upstream {

CurlHeaderLines::CurlHeaderLines(const UpstreamRequest& request) {
  std::vector<std::size_t> starts;
  const auto add = [&](absl::string_view name, absl::string_view separator,
                       absl::string_view value) {
    starts.push_back(text_.size());
    absl::StrAppend(&text_, name, separator, value);
    text_.push_back('\0');
  };
  bool has_content_type = false;
  for (const auto* headers : {&request.headers, &request.secrets}) {
    for (const Header& header : *headers) {
      const absl::string_view value = absl::StripAsciiWhitespace(header.value);
      // To libcurl "Name:" means "leave it out" and "Name;" an empty value.
      add(header.name, value.empty() ? ";" : ": ", value);
      has_content_type |= absl::EqualsIgnoreCase(header.name, "content-type");
    }
  }
  if (request.body_stream && !request.body_stream->length) {
    add("Transfer-Encoding", ": ", "chunked");
  }
  add("Expect", ":", "");
  if (!has_content_type) add("Content-Type", ":", "");

  nodes_.resize(starts.size());
  for (std::size_t i = 0; i < starts.size(); ++i) {
    nodes_[i].data = text_.data() + starts[i];
    nodes_[i].next = i + 1 < starts.size() ? &nodes_[i + 1] : nullptr;
  }
}

}  // namespace portico::upstream
