// What the REST listener serves besides routes, one part after the other: health,
// then the page for people and the OpenAPI document.
//
// Any thread. The parts must outlive it.
#ifndef PORTICO_SERVER_FRONT_PAGES_H_
#define PORTICO_SERVER_FRONT_PAGES_H_

#include <atomic>

#include "gateway/page/asset.h"
#include "gateway/page/document_pages.h"
#include "gateway/rest/rest_door.h"
#include "gateway/rest/service_pages.h"

namespace portico::server {

class FrontPages final : public rest::FixedPages {
 public:
  explicit FrontPages(const rest::ServicePages& service) : service_(service) {}

  // Whether a route of this path would never be reached.
  static bool Owns(absl::string_view path) {
    return path == "/healthz" || path == "/readyz" || path == "/openapi.json" ||
           path == "/openapi.yaml" || page::FindAsset(path) != nullptr;
  }

  // From now on. The document names the doors' addresses, which are known only once
  // all are open; health must be served before.
  void Add(const page::DocumentPages& documents) { documents_ = &documents; }

  bool Serve(const http::RequestHead& head, absl::string_view path,
             http::ResponseWriter* writer) const override {
    if (service_.Serve(head, path, writer)) return true;
    const page::DocumentPages* documents = documents_;
    return documents != nullptr && documents->Serve(head, path, writer);
  }

 private:
  const rest::ServicePages& service_;
  std::atomic<const page::DocumentPages*> documents_{nullptr};
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_FRONT_PAGES_H_
