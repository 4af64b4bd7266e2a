// What the head of a request shows of its caller.
//
// A view: lives no longer than the head. Any thread.
#ifndef PORTICO_GATEWAY_HTTP_REQUEST_CALLER_H_
#define PORTICO_GATEWAY_HTTP_REQUEST_CALLER_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "core/access/access_control.h"
#include "gateway/http/request_head.h"

namespace portico::http {

class RequestCaller final : public access::Caller {
 public:
  explicit RequestCaller(const RequestHead& head) : head_(head) {}

  std::optional<std::string> Field(absl::string_view name) const override;
  // What is not percent-encoded as it should be is not there.
  std::optional<std::string> Query(absl::string_view name) const override;

 private:
  const RequestHead& head_;
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_REQUEST_CALLER_H_
