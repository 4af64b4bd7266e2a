// For tests: keeps what a handler responds at once; one that responds in parts fails.
//
// Not thread-safe.
#ifndef PORTICO_GATEWAY_HTTP_KEPT_RESPONSE_H_
#define PORTICO_GATEWAY_HTTP_KEPT_RESPONSE_H_

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/string_view.h"
#include "gateway/http/request_handler.h"
#include "gateway/http/response_head.h"

namespace portico::http {

class KeptResponse final : public ResponseWriter {
 public:
  void Respond(const ResponseHead& head, absl::string_view text) override {
    status = head.status();
    fields = head.fields();
    body = std::string(text);
  }
  void Start(const ResponseHead&) override { FAIL(); }
  void Flush() override { FAIL(); }
  loop::Flow Write(absl::string_view) override { return loop::Flow::kContinue; }
  void End() override { FAIL(); }
  void Abort() override { FAIL(); }
  void ResumeBody() override {}

  int status = 0;
  std::string fields;  // as written: "Name: value\r\n" each
  std::string body;
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_KEPT_RESPONSE_H_
