// The `responses` of an OpenAPI operation, and what they share.
//
// Pure functions but for the schemas that they add; any thread.
#ifndef PORTICO_GATEWAY_OPENAPI_RESPONSES_H_
#define PORTICO_GATEWAY_OPENAPI_RESPONSES_H_

#include <map>
#include <string>

#include "gateway/openapi/face.h"
#include "gateway/openapi/json.h"
#include "gateway/openapi/schema_writer.h"

namespace portico::openapi {

class ResponsesWriter {
 public:
  explicit ResponsesWriter(SchemaWriter* schemas);

  // By status, then `default`, which is a problem of Portico's own.
  Json ResponsesOf(const Face& face);

  // What they refer to.
  const std::map<std::string, Json>& responses() const { return responses_; }
  static Json Headers();

 private:
  Json Success(const Face& face);
  Json EventContent(const Face& face);
  // The upstream's error answers, each with Portico's problems of the same status.
  void AddErrors(const Face& face, Json* written);
  void AddUnauthenticated(Json* written);
  Json ErrorContent(const Json& shapes, const Json& example) const;

  SchemaWriter* schemas_;
  Json problem_;  // content
  std::map<std::string, Json> responses_;
};

}  // namespace portico::openapi

#endif  // PORTICO_GATEWAY_OPENAPI_RESPONSES_H_
