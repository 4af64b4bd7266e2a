#include "gateway/http/response_framer.h"

#include <utility>
// Beast needs <utility> before it.
#include <boost/beast/http/status.hpp>
#include <charconv>

#include "absl/strings/str_cat.h"

namespace portico::http {
namespace {

absl::string_view ReasonOf(int status) {
  const auto text =
      boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
  // Beast writes "<unknown-status>"; RFC 9112, 4 lets it be empty.
  if (text.starts_with('<')) return {};
  return {text.data(), text.size()};
}

bool HasNoBody(int status) { return status / 100 == 1 || status == 204 || status == 304; }

}  // namespace

ResponseFramer::Framing ResponseFramer::Choose(const ResponseForm& form, int status,
                                               bool known) const {
  if (form.head_only || HasNoBody(status)) return Framing::kNoBody;
  if (known) return Framing::kLength;
  return form.http_1_0 ? Framing::kClose : Framing::kChunks;
}

void ResponseFramer::Begin(const ResponseForm& form, const ResponseHead& head,
                           std::optional<std::uint64_t> length, absl::string_view date,
                           std::string* out) {
  framing_ = Choose(form, head.status(), length.has_value());
  keep_alive_ = form.keep_alive && framing_ != Framing::kClose;
  remaining_ = framing_ == Framing::kLength ? *length : 0;
  overrun_ = false;
  absl::StrAppend(out, "HTTP/1.1 ", head.status(), " ", ReasonOf(head.status()), "\r\n", date,
                  head.fields());
  if (!keep_alive_) {
    out->append("Connection: close\r\n");
  } else if (form.http_1_0) {
    out->append("Connection: keep-alive\r\n");
  }
  // HEAD and 304 tell how the body would be framed that they do not have.
  const bool framed = form.head_only && !HasNoBody(head.status()) && !form.http_1_0;
  if (length && head.status() != 204) {
    absl::StrAppend(out, "Content-Length: ", *length, "\r\n");
  } else if (framing_ == Framing::kChunks || framed) {
    out->append("Transfer-Encoding: chunked\r\n");
  }
  out->append("\r\n");
}

ResponseFramer::Pieces ResponseFramer::Frame(absl::string_view piece) {
  switch (framing_) {
    case Framing::kNoBody:
      return {};
    case Framing::kClose:
      return {piece};
    case Framing::kLength:
      if (piece.size() > remaining_) {
        overrun_ = true;
        piece = piece.substr(0, static_cast<std::size_t>(remaining_));
      }
      remaining_ -= piece.size();
      return {piece};
    case Framing::kChunks:
      break;
  }
  if (piece.empty()) return {};  // an empty chunk would be the last
  char* const begin = chunk_head_.data();
  char* end = std::to_chars(begin, begin + chunk_head_.size() - 2, piece.size(), 16).ptr;
  *end++ = '\r';
  *end++ = '\n';
  return {absl::string_view(begin, end - begin), piece, "\r\n"};
}

}  // namespace portico::http
