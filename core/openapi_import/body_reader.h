// The request body of an OpenAPI operation: which of its media types is sent, and how.
//
// Not thread-safe. Resolver and log must outlive the reader.
#ifndef PORTICO_CORE_OPENAPI_IMPORT_BODY_READER_H_
#define PORTICO_CORE_OPENAPI_IMPORT_BODY_READER_H_

#include <optional>
#include <string>

#include "core/openapi_import/api.h"
#include "core/openapi_import/reference_resolver.h"
#include "core/openapi_import/schema_reader.h"

namespace portico::openapi_import {

class BodyReader {
 public:
  BodyReader(ReferenceResolver* resolver, capability::FindingLog* log)
      : resolver_(resolver), schemas_(resolver), log_(log) {}

  // JSON where the API takes it, else a form, else multipart, else the bytes of the first
  // type. Nullopt for an operation without a body.
  std::optional<ApiBody> Read(const YamlNode& operation, const std::string& where);

 private:
  void ReadMedia(const std::string& type, const YamlNode& media, const std::string& where,
                 ApiBody* body);
  std::string FormArrayStyle(const YamlNode& media);

  ReferenceResolver* resolver_;
  SchemaReader schemas_;
  capability::FindingLog* log_;
};

// What a successful answer is: one whole, events (as JSON lines, too), or either of them,
// as the request asks.
enum class AnswerForm { kWhole, kEvents, kEither };
AnswerForm AnswerFormOf(const YamlNode& operation, ReferenceResolver* resolver);

}  // namespace portico::openapi_import

#endif  // PORTICO_CORE_OPENAPI_IMPORT_BODY_READER_H_
