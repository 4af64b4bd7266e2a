// The parameters of OpenAPI operations as a capability file and an overlay name them.
//
// Not thread-safe. Resolver and log must outlive the reader.
#ifndef PORTICO_CORE_OPENAPI_IMPORT_PARAMETER_READER_H_
#define PORTICO_CORE_OPENAPI_IMPORT_PARAMETER_READER_H_

#include <string>
#include <vector>

#include "core/openapi_import/api.h"
#include "core/openapi_import/reference_resolver.h"
#include "core/openapi_import/schema_reader.h"

namespace portico::openapi_import {

class ParameterReader {
 public:
  // `authenticated`: the API's credential is sent, so callers give no Authorization.
  ParameterReader(bool authenticated, ReferenceResolver* resolver, capability::FindingLog* log)
      : authenticated_(authenticated), resolver_(resolver), schemas_(resolver), log_(log) {}

  // Those of the path item, each unless the operation has one of the same name and place
  // (OpenAPI 3.1.0, 4.8.9.1), then the operation's. `where` names the operation in findings.
  std::vector<ApiParameter> Read(const YamlNode& path_item, const YamlNode& operation,
                                 const std::string& path, const std::string& where);

 private:
  void Add(const YamlNode& parameter, const std::string& path, const std::string& where,
           std::vector<ApiParameter>* parameters);
  void AddQuery(const YamlNode& parameter, const YamlNode* schema, ApiParameter read,
                const std::string& where, std::vector<ApiParameter>* parameters);
  // Whether it can be sent at all; says why not.
  bool Carried(const ApiParameter& read, const std::string& path, int line,
               const std::string& where);

  const bool authenticated_;
  ReferenceResolver* resolver_;
  SchemaReader schemas_;
  capability::FindingLog* log_;
};

}  // namespace portico::openapi_import

#endif  // PORTICO_CORE_OPENAPI_IMPORT_PARAMETER_READER_H_
