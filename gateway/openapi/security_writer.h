// `securitySchemes` and `security` of an OpenAPI document: what callers have to show.
//
// Not thread-safe.
#ifndef PORTICO_GATEWAY_OPENAPI_SECURITY_WRITER_H_
#define PORTICO_GATEWAY_OPENAPI_SECURITY_WRITER_H_

#include <map>
#include <string>

#include "core/plan/plan.h"
#include "gateway/openapi/json.h"

namespace portico::openapi {

class SecurityWriter {
 public:
  // The Security Requirement Objects of what `access` closes: any one of them is enough.
  Json Of(const plan::Access& access);

  // Those of all accesses that Of was asked for, by name.
  const Json& schemes() const { return schemes_; }

 private:
  // Two files may mean different secrets by one name.
  std::string NameOf(const plan::Access& access, const plan::Authentication& authentication);

  Json schemes_ = Json::object();
  std::map<const plan::Authentication*, std::string> names_;
};

}  // namespace portico::openapi

#endif  // PORTICO_GATEWAY_OPENAPI_SECURITY_WRITER_H_
