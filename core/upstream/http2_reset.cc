#include "core/upstream/http2_reset.h"

namespace portico::upstream {

void CloseUnlessShared(CURL* easy) { curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L); }

long ConnectionOf(CURL* easy) {
  long port = 0;
  curl_easy_getinfo(easy, CURLINFO_LOCAL_PORT, &port);
  return port;
}

bool FlushThrough(CURL* easy) {
  return curl_easy_pause(easy, CURLPAUSE_SEND) == CURLE_OK &&
         curl_easy_pause(easy, CURLPAUSE_CONT) == CURLE_OK;
}

}  // namespace portico::upstream
