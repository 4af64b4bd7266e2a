// The OpenAPI document of a Plan as the bytes that are served.
//
// Any thread, several at once. What is asked for first is made then, once, and kept:
// a server that nobody asks pays nothing.
#ifndef PORTICO_GATEWAY_OPENAPI_OPENAPI_DOCUMENT_H_
#define PORTICO_GATEWAY_OPENAPI_OPENAPI_DOCUMENT_H_

#include <memory>
#include <mutex>
#include <string>

#include "core/plan/plan.h"
#include "gateway/openapi/code_samples.h"

namespace portico::openapi {

// Media types of the two forms (RFC 9512 for YAML).
inline constexpr char kJsonType[] = "application/json";
inline constexpr char kYamlType[] = "application/yaml";

class OpenApiDocument {
 public:
  struct Form {
    std::string bytes;
    std::string etag;  // strong, with its quotes
  };

  OpenApiDocument(std::shared_ptr<const plan::Plan> plan, Doors doors);

  const Form& json() const;
  const Form& yaml() const;

 private:
  const std::shared_ptr<const plan::Plan> plan_;
  const Doors doors_;
  mutable std::once_flag json_once_;
  mutable std::once_flag yaml_once_;
  mutable Form json_;
  mutable Form yaml_;
};

}  // namespace portico::openapi

#endif  // PORTICO_GATEWAY_OPENAPI_OPENAPI_DOCUMENT_H_
