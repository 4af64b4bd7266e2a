#include "core/upstream/curl_failure.h"

namespace portico::upstream {

Failure FailureOf(CURLcode code, const FailureFacts& facts) {
  switch (code) {
    case CURLE_OK:
      return Failure::kNone;

    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
      return Failure::kDns;
    case CURLE_COULDNT_CONNECT:
    case CURLE_INTERFACE_FAILED:
      return Failure::kConnect;

    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
      return Failure::kTlsHandshake;
    // What a retry cannot help: our certificate, theirs, our trust.
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CLIENTCERT:
      return Failure::kTlsVerification;

    // The caller's deadline, a stall, or the connect limit.
    case CURLE_OPERATION_TIMEDOUT:
      return facts.deadline_passed || facts.connected ? Failure::kDeadline
                                                      : Failure::kConnectTimeout;

    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_FAIL_REWIND:
      return Failure::kConnectionLost;
    // The pre-request callback refuses to send a request a second time.
    case CURLE_ABORTED_BY_CALLBACK:
      return facts.request_sent ? Failure::kConnectionLost : Failure::kInternal;

    case CURLE_FILESIZE_EXCEEDED:
      return Failure::kResponseTooLarge;
    // A header line beyond 100 KiB is reported as lack of memory (libcurl 7.88).
    case CURLE_OUT_OF_MEMORY:
      return facts.request_sent && !facts.head_complete ? Failure::kResponseTooLarge
                                                        : Failure::kInternal;

    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WEIRD_SERVER_REPLY:
      return Failure::kMalformed;
    // A scheme that libcurl does not speak, or an answer in HTTP/0.9.
    case CURLE_UNSUPPORTED_PROTOCOL:
      return facts.request_sent ? Failure::kMalformed : Failure::kInvalidRequest;

    case CURLE_URL_MALFORMAT:
    case CURLE_LOGIN_DENIED:  // user information in the URL
      return Failure::kInvalidRequest;

    default:
      return Failure::kInternal;
  }
}

}  // namespace portico::upstream
