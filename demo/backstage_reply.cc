#include "demo/backstage_reply.h"

#include <cstdint>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "demo/json.h"

namespace portico::demo {
namespace {

constexpr absl::string_view kSecurityHeaders =
    "Content-Security-Policy: default-src 'self';base-uri 'self';font-src 'self' https: data:;"
    "frame-ancestors 'self';img-src 'self' data:;object-src 'none';script-src 'self' "
    "'unsafe-eval';script-src-attr 'none';style-src 'self' https: 'unsafe-inline';"
    "upgrade-insecure-requests\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Strict-Transport-Security: max-age=15552000; includeSubDomains\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "X-DNS-Prefetch-Control: off\r\n"
    "X-Download-Options: noopen\r\n"
    "X-Frame-Options: SAMEORIGIN\r\n"
    "X-Permitted-Cross-Domain-Policies: none\r\n"
    "X-XSS-Protection: 0\r\n"
    "X-Powered-By: Express\r\n";

// Weak, of length and hash, as Express makes it, but of a cheaper hash (FNV-1a)
// than its SHA-1.
std::string ETag(absl::string_view body) {
  std::uint64_t hash = 14695981039346656037ull;
  for (const char c : body) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  const absl::string_view bytes(reinterpret_cast<const char*>(&hash), sizeof hash);
  return absl::StrCat("W/\"", absl::Hex(body.size()), "-", absl::Base64Escape(bytes), "\"");
}

absl::string_view Url(const Request& request) {
  absl::string_view url = request.target;
  absl::ConsumePrefix(&url, kScaffolderBase);
  return url;
}

}  // namespace

void ReplyJson(Exchange& exchange, int status, absl::string_view body) {
  exchange.Reply({status, absl::StrCat(kSecurityHeaders,
                                       "Content-Type: application/json; charset=utf-8\r\nETag: ",
                                       ETag(body), "\r\nVary: Accept-Encoding\r\n")},
                 body);
}

void ReplyError(Exchange& exchange, const Request& request, int status, absl::string_view name,
                absl::string_view message) {
  ReplyJson(exchange, status,
            absl::StrCat("{\"error\":{\"name\":", Quote(name), ",\"message\":", Quote(message),
                         "},\"request\":{\"method\":", Quote(request.method), ",\"url\":",
                         Quote(Url(request)), "},\"response\":{\"statusCode\":", status, "}}"));
}

void ReplyInputError(Exchange& exchange, const Request& request, absl::string_view message) {
  ReplyError(exchange, request, 400, "InputError", message);
}

void ReplyUnknownPath(Exchange& exchange) {
  exchange.Open({404, std::string(kSecurityHeaders)});
  exchange.End();
}

ResponseHead EventStreamHead() {
  return {200, absl::StrCat(kSecurityHeaders,
                            "Cache-Control: no-cache\r\nContent-Type: text/event-stream\r\n"
                            "Vary: Accept-Encoding\r\n")};
}

}  // namespace portico::demo
