#include "gateway/http/request_parser.h"

#include <utility>
// Beast needs <utility> before it.
#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <limits>
#include <optional>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/plan/token.h"
#include "gateway/http/authority.h"
#include "gateway/http/refusals.h"

namespace portico::http {
namespace {

namespace beast = boost::beast;
using beast::error_code;

// The longest request line is the target's limit and this: a method and a version.
constexpr std::size_t kMethodAndVersion = 48;

absl::string_view View(beast::string_view text) { return {text.data(), text.size()}; }

bool IsTargetChar(char c) { return c > 0x20 && c < 0x7f && c != '#'; }

// "HTTP/2.0" is another version; "HTTP1.1" is none.
bool NamesAVersion(absl::string_view head) {
  const absl::string_view line = head.substr(0, head.find('\r'));
  const absl::string_view version = line.substr(line.rfind(' ') + 1);
  return std::count(line.begin(), line.end(), ' ') == 2 && version.size() == 8 &&
         absl::StartsWith(version, "HTTP/") && absl::ascii_isdigit(version[5]) &&
         version[6] == '.' && absl::ascii_isdigit(version[7]);
}

}  // namespace

// Lives for one head, given whole, so that every view is into the caller's bytes.
class RequestParser::HeadParser : public beast::http::basic_parser<true> {
 public:
  HeadParser(const Limits& limits, ParsedRequest& request) : limits_(limits), request_(request) {
    header_limit(std::numeric_limits<std::uint32_t>::max());  // measured by FindEnd
    skip(true);                                               // the body: RequestBody's
    eager(true);
  }

  std::optional<Problem> Parse(absl::string_view bytes) {
    error_code error;
    put(boost::asio::buffer(bytes.data(), bytes.size()), error);
    if (problem_) return std::move(problem_);
    if (error == beast::http::error::bad_version && NamesAVersion(bytes)) {
      return HttpVersionNotSupported();
    }
    if (error) return MalformedRequest(absl::StrCat("Not understood: ", error.message(), "."));
    Finish();
    return std::move(problem_);
  }

 private:
  void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target,
                       int version, error_code&) override {
    request_.head.method = View(method);
    request_.head.target = View(target);
    request_.head.http_1_0 = version == 10;
  }

  void on_field_impl(beast::http::field field, beast::string_view name, beast::string_view value,
                     error_code& error) override {
    auto& fields = request_.head.fields;
    if (fields.size() == limits_.fields) {
      problem_ = HeadTooLarge(absl::StrCat("At most ", limits_.fields, " fields are read."));
    } else {
      fields.push_back({View(name), View(value)});
      Take(field, View(value));
    }
    if (problem_) error = beast::http::error::bad_field;
  }

  void Take(beast::http::field field, absl::string_view value) {
    switch (field) {
      case beast::http::field::host:
        if (host_) return Malformed("There are two Host fields.");
        host_ = value;
        return;
      case beast::http::field::content_length:
        return TakeLength(value);
      case beast::http::field::transfer_encoding:
        if (request_.chunked || !absl::EqualsIgnoreCase(value, "chunked")) {
          return Malformed("Transfer-Encoding is something other than \"chunked\".");
        }
        request_.chunked = true;
        return;
      case beast::http::field::expect:
        return TakeExpectation(value);
      default:
        return;
    }
  }

  // Beast takes "5, 5" and two equal fields: another reader may not.
  void TakeLength(absl::string_view value) {
    if (length_) return Malformed("There are two Content-Length fields.");
    if (!std::all_of(value.begin(), value.end(), absl::ascii_isdigit)) {
      return Malformed("Content-Length is no number.");
    }
    length_ = Number(value);
  }

  // Beast has seen to it that the digits fit.
  static std::uint64_t Number(absl::string_view digits) {
    std::uint64_t length = 0;
    for (const char digit : digits) length = length * 10 + (digit - '0');
    return length;
  }

  void TakeExpectation(absl::string_view value) {
    if (request_.head.http_1_0) return;  // RFC 9110, 10.1.1
    if (!absl::EqualsIgnoreCase(value, "100-continue")) {
      problem_ = ExpectationFailed("Expect is something other than \"100-continue\".");
    }
    request_.expects_continue = true;
  }

  void Finish() {
    RequestHead& head = request_.head;
    request_.keep_alive = keep_alive();
    if (request_.chunked && length_) {
      return Malformed("There are both Content-Length and Transfer-Encoding.");
    }
    if (request_.chunked && head.http_1_0) {
      return Malformed("HTTP/1.0 has no Transfer-Encoding.");
    }
    if (length_.value_or(0) > 0) head.content_length = length_;
    head.has_body = request_.chunked || head.content_length.has_value();
    if (!host_ && !head.http_1_0) return Malformed("There is no Host field.");
    if (host_ && !IsAuthority(*host_)) return Malformed("Host is not of the form host[:port].");
    head.host = host_.value_or("");
    FinishTarget();
  }

  void FinishTarget() {
    RequestHead& head = request_.head;
    if (!std::all_of(head.target.begin(), head.target.end(), IsTargetChar)) {
      return Malformed("The target has characters that must be percent-encoded.");
    }
    if (head.target[0] != '/' && head.target != "*") TakeAbsoluteTarget();
    if (problem_) return;
    if (head.target.size() > limits_.target_bytes) {
      problem_ = TargetTooLong(limits_.target_bytes);
    } else if (head.target == "*" && head.method != "OPTIONS") {
      Malformed("The target \"*\" is for OPTIONS only.");
    }
  }

  // RFC 9112, 3.2.2: as a proxy is spoken to. The target's host is the one that
  // counts; a Host field that says otherwise is somebody's mistake or trick.
  void TakeAbsoluteTarget() {
    RequestHead& head = request_.head;
    const std::size_t scheme = absl::StartsWithIgnoreCase(head.target, "http://")    ? 7
                               : absl::StartsWithIgnoreCase(head.target, "https://") ? 8
                                                                                     : 0;
    if (scheme == 0) return Malformed("The target does not begin with \"/\".");
    const absl::string_view rest = head.target.substr(scheme);
    const std::size_t path = rest.find('/');
    if (path == absl::string_view::npos) return Malformed("The target has no path.");
    const absl::string_view authority = rest.substr(0, path);
    if (!IsAuthority(authority)) return Malformed("The target's host is not valid.");
    if (host_ && !absl::EqualsIgnoreCase(authority, *host_)) {
      return Malformed("The target and Host name different hosts.");
    }
    head.host = authority;
    head.target = rest.substr(path);
  }

  void Malformed(absl::string_view detail) { problem_ = MalformedRequest(std::string(detail)); }

  void on_header_impl(error_code&) override {}
  void on_finish_impl(error_code&) override {}
  // Of responses and of bodies, which this parser is not given.
  void on_response_impl(int, beast::string_view, int, error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(beast::string_view, error_code&) override { return 0; }
  void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view, error_code&) override {
    return 0;
  }

  const Limits& limits_;
  ParsedRequest& request_;
  std::optional<absl::string_view> host_;
  std::optional<std::uint64_t> length_;
  std::optional<Problem> problem_;
};

RequestParser::Result RequestParser::Parse(absl::string_view bytes, std::size_t* scanned) {
  if (bytes.empty()) return Result::kNeedMore;
  // RFC 9112, 2.2: one empty line before a request is overlooked.
  std::size_t start = 0;
  if (bytes[0] == '\r') {
    if (bytes.size() < 3) {
      if (bytes.size() == 2 && bytes[1] != '\n') {
        return Refuse(MalformedRequest("A line ends in a bare CR."));
      }
      return Result::kNeedMore;
    }
    if (bytes[1] != '\n') return Refuse(MalformedRequest("A line ends in a bare CR."));
    start = 2;
  }
  if (!plan::IsTokenChar(bytes[start])) {
    return Refuse(MalformedRequest("The first line does not begin with a method."));
  }
  const Result end = FindEnd(bytes.substr(start), scanned);
  if (end != Result::kRequest) return end;
  request_.size = start + *scanned;
  return ParseHead(bytes.substr(start, *scanned));
}

// Looks at the ends of lines, in their order. `*scanned` becomes the place to go on
// from or, with kRequest, the head's size.
RequestParser::Result RequestParser::FindEnd(absl::string_view bytes, std::size_t* scanned) {
  const absl::string_view window = bytes.substr(0, limits_.head_bytes);
  const std::size_t line_limit = limits_.target_bytes + kMethodAndVersion;
  for (;; ++*scanned) {
    const std::size_t lf = window.find('\n', *scanned);
    const bool first_line = window.find('\n') == lf;
    if (first_line && std::min(lf, window.size()) > line_limit) {
      return Refuse(TargetTooLong(limits_.target_bytes));
    }
    if (lf == absl::string_view::npos) {
      *scanned = window.size();
      if (bytes.size() < limits_.head_bytes) return Result::kNeedMore;
      return Refuse(HeadTooLarge(absl::StrCat("At most ", limits_.head_bytes, " bytes are read.")));
    }
    *scanned = lf;
    if (window[lf - 1] != '\r') return Refuse(MalformedRequest("A line ends in a bare LF."));
    if (!first_line && window[lf - 2] == '\n') {
      ++*scanned;
      return Result::kRequest;
    }
    if (lf + 1 == bytes.size()) return Result::kNeedMore;  // for what begins the next line
    if (bytes[lf + 1] == ' ' || bytes[lf + 1] == '\t') {
      return Refuse(MalformedRequest("A field is continued on a second line."));
    }
  }
}

RequestParser::Result RequestParser::ParseHead(absl::string_view head) {
  std::vector<RequestField> fields = std::move(request_.head.fields);
  fields.clear();
  const std::size_t size = request_.size;
  request_ = ParsedRequest();
  request_.head.fields = std::move(fields);
  request_.size = size;
  if (auto problem = HeadParser(limits_, request_).Parse(head)) return Refuse(*std::move(problem));
  return Result::kRequest;
}

RequestParser::Result RequestParser::Refuse(Problem problem) {
  refusal_ = std::move(problem);
  return Result::kRefused;
}

}  // namespace portico::http
