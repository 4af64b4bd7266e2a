// Answers requests for what people and generators read: / with its assets,
// /openapi.json and /openapi.yaml. Conditional requests included (RFC 9110, 13).
//
// Immutable; any thread. The document must outlive it.
#ifndef PORTICO_GATEWAY_PAGE_DOCUMENT_PAGES_H_
#define PORTICO_GATEWAY_PAGE_DOCUMENT_PAGES_H_

#include "absl/strings/string_view.h"
#include "gateway/http/request_handler.h"
#include "gateway/openapi/openapi_document.h"

namespace portico::page {

class DocumentPages {
 public:
  explicit DocumentPages(const openapi::OpenApiDocument& document) : document_(document) {}

  // Whether `path` (a target without its query) is one of these and the method is GET
  // or HEAD; if so the response is given. Assets exist compressed alone: a caller that
  // does not take gzip gets a few lines of text at / and 406 elsewhere.
  bool Serve(const http::RequestHead& head, absl::string_view path,
             http::ResponseWriter* writer) const;

 private:
  const openapi::OpenApiDocument& document_;
};

}  // namespace portico::page

#endif  // PORTICO_GATEWAY_PAGE_DOCUMENT_PAGES_H_
