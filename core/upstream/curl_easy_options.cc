#include "core/upstream/curl_easy_options.h"

#include <algorithm>
#include <limits>

#include "absl/strings/match.h"

namespace portico::upstream {
namespace {

// Held by each open stream: a thousand bytes each are ten megabytes at 10,000.
constexpr long kStreamBuffer = 1024;  // libcurl's smallest

// Below the 60 s after which common load balancers drop idle connections.
constexpr long kIdleConnectionSeconds = 50;
// libcurl ignores the DNS's time to live: connections must end for a change of
// address to be noticed.
constexpr long kConnectionLifeSeconds = 300;

// Remembers the first refusal, so that a list of options reads as a list.
class Setter {
 public:
  explicit Setter(CURL* easy) : easy_(easy) {}
  template <typename Value>
  void operator()(CURLoption option, Value value) {
    const CURLcode code = curl_easy_setopt(easy_, option, value);
    if (result_ == CURLE_OK) result_ = code;
  }
  CURLcode result() const { return result_; }

 private:
  CURL* easy_;
  CURLcode result_ = CURLE_OK;
};

void SetSafety(Setter& set) {
  set(CURLOPT_NOSIGNAL, 1L);  // no SIGALRM or SIGPIPE juggling: there are threads
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_UNRESTRICTED_AUTH, 0L);
  set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_PROXY, "");    // also not from the environment,
  set(CURLOPT_NOPROXY, "");  // which libcurl would search for exceptions, each time
  set(CURLOPT_PATH_AS_IS, 1L);
  set(CURLOPT_HTTP09_ALLOWED, 0L);
  // A cancelled exchange must not wait for its resolver thread: without this
  // option libcurl joins the thread, and the whole loop waits for the DNS.
  set(CURLOPT_QUICK_EXIT, 1L);
}

void SetTls(Setter& set, const TrustBundle& trust) {
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_CAINFO, trust.path().c_str());
  set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));  // see trust_bundle.h
  set(CURLOPT_PROXY_CAINFO, static_cast<const char*>(nullptr));
  set(CURLOPT_PROXY_CAPATH, static_cast<const char*>(nullptr));
}

// What is asked for and undone: all that libcurl knows. A stream asks for nothing,
// since an inflater holds 40 KB, but would still decode what comes encoded.
void SetEncoding(Setter& set, CurlUse use) {
  if (use == CurlUse::kRelay) return;  // nothing
  set(CURLOPT_ACCEPT_ENCODING, use == CurlUse::kUnary ? "" : "identity");
}

void SetConnection(Setter& set, CurlUse use) {
  set(CURLOPT_TCP_KEEPALIVE, 1L);
  set(CURLOPT_TCP_KEEPIDLE, 30L);
  set(CURLOPT_TCP_KEEPINTVL, 15L);
  set(CURLOPT_MAXAGE_CONN, kIdleConnectionSeconds);
  set(CURLOPT_MAXLIFETIME_CONN, kConnectionLifeSeconds);
  if (use == CurlUse::kUnary || use == CurlUse::kRelay) return;
  set(CURLOPT_FRESH_CONNECT, 1L);  // without a search among the others
  set(CURLOPT_FORBID_REUSE, 1L);
  set(CURLOPT_BUFFERSIZE, kStreamBuffer);
  if (use == CurlUse::kConnect) set(CURLOPT_CONNECT_ONLY, 1L);
}

void SetMethod(Setter& set, const UpstreamRequest& request) {
  const bool sends_length =
      request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
  const bool head = request.method == "HEAD";
  // Each of HTTPGET, NOBODY and POST undoes the others.
  set(CURLOPT_HTTPGET, 1L);
  if (head) set(CURLOPT_NOBODY, 1L);
  if (request.body_stream) {
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDSIZE_LARGE,
        request.body_stream->length ? static_cast<curl_off_t>(*request.body_stream->length) : -1);
    set(CURLOPT_FRESH_CONNECT, 1L);
  } else if (request.body || sends_length) {
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDS, request.body ? request.body->data() : "");
    set(CURLOPT_POSTFIELDSIZE_LARGE,
        static_cast<curl_off_t>(request.body ? request.body->size() : 0));
  }
  const bool as_it_is = request.method == "GET" && !request.body && !request.body_stream;
  set(CURLOPT_CUSTOMREQUEST, as_it_is ? nullptr : request.method.c_str());
}

// Slower than a byte a second for so long.
void SetStall(Setter& set, absl::Duration stall) {
  const bool limited = stall != absl::InfiniteDuration();
  set(CURLOPT_LOW_SPEED_LIMIT, limited ? 1L : 0L);
  set(CURLOPT_LOW_SPEED_TIME,
      limited ? static_cast<long>(absl::ToInt64Seconds(absl::Ceil(stall, absl::Seconds(1)))) : 0L);
}

}  // namespace

CURLcode SetConstantOptions(CURL* easy, CurlUse use, const TrustBundle& trust) {
  Setter set(easy);
  SetSafety(set);
  SetTls(set, trust);
  SetConnection(set, use);
  SetEncoding(set, use);
  return set.result();
}

CURLcode SetRequestOptions(CURL* easy, const UpstreamRequest& request, CURLU* url,
                           curl_slist* headers, bool http2, absl::Duration remaining) {
  Setter set(easy);
  if (url == nullptr) set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_CURLU, url);
  SetMethod(set, request);
  set(CURLOPT_HTTPHEADER, headers);
  // Clear text stays with HTTP/1.1: 7.88 cannot reuse a prior-knowledge HTTP/2
  // connection, and waiting to multiplex (PIPEWAIT) would serialise a first burst.
  // Streams share no connection, so that a paused one holds up nobody.
  const bool multiplex = http2 && !request.stream && !request.body_stream && IsHttps(request.url);
  set(CURLOPT_HTTP_VERSION,
      static_cast<long>(multiplex ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1));
  set(CURLOPT_PIPEWAIT, multiplex ? 1L : 0L);
  SetStall(set, request.limits.stall);
  if (request.tls != nullptr) {
    const CURLcode code = SetClientTls(easy, *request.tls);
    if (code != CURLE_OK) return code;
  }
  set(CURLOPT_TIMEOUT_MS, TimeoutMillis(remaining));
  set(CURLOPT_CONNECTTIMEOUT_MS, TimeoutMillis(std::min(request.limits.connect, remaining)));
  return set.result();
}

CURLcode SetClientTls(CURL* easy, const ClientTls& tls) {
  Setter set(easy);
  if (!tls.authorities.empty()) {
    set(CURLOPT_CAINFO, tls.authorities.c_str());
    // libcurl tells parsed authorities apart by the file's name, and the number in an
    // anonymous file's may come again with others in it.
    set(CURLOPT_CA_CACHE_TIMEOUT, 0L);
  }
  if (!tls.certificate_file.empty()) {
    set(CURLOPT_SSLCERT, tls.certificate_file.c_str());
    set(CURLOPT_SSLKEY, tls.key_file.c_str());
    set(CURLOPT_KEYPASSWD, "");  // without it OpenSSL would ask on the terminal
  }
  return set.result();
}

void ClearRequestOptions(CURL* easy) {
  Setter set(easy);
  set(CURLOPT_HTTPGET, 1L);
  set(CURLOPT_POSTFIELDS, static_cast<const char*>(nullptr));
  set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(-1));
  set(CURLOPT_READFUNCTION, static_cast<curl_read_callback>(nullptr));
  set(CURLOPT_FRESH_CONNECT, 0L);  // only unary handles are used again
  set(CURLOPT_CURLU, static_cast<CURLU*>(nullptr));
  set(CURLOPT_HTTPHEADER, static_cast<curl_slist*>(nullptr));
  set(CURLOPT_PRIVATE, static_cast<void*>(nullptr));
  set(CURLOPT_ERRORBUFFER, static_cast<char*>(nullptr));
}

long TimeoutMillis(absl::Duration duration) {
  if (duration == absl::InfiniteDuration()) return 0;
  constexpr std::int64_t kMost = std::numeric_limits<int>::max();  // 24 days
  return static_cast<long>(std::clamp<std::int64_t>(absl::ToInt64Milliseconds(duration), 1, kMost));
}

bool IsHttps(absl::string_view url) { return absl::StartsWithIgnoreCase(url, "https://"); }

}  // namespace portico::upstream
