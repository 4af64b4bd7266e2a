// Where an API is called, out of the `servers` of an OpenAPI document.
//
// Not thread-safe. The log must outlive the reader.
#ifndef PORTICO_CORE_OPENAPI_IMPORT_SERVER_READER_H_
#define PORTICO_CORE_OPENAPI_IMPORT_SERVER_READER_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "core/openapi_import/api.h"
#include "core/openapi_import/reference_resolver.h"

namespace portico::openapi_import {

class ServerReader {
 public:
  // `document_url`: where the document came from, for relative URIs; empty for a file.
  // `base_uri`: what the operator says instead of the document's servers; may be empty.
  ServerReader(std::string document_url, std::string base_uri, capability::FindingLog* log)
      : document_url_(std::move(document_url)), base_uri_(std::move(base_uri)), log_(log) {}

  // Index of the server of an operation: the first of the innermost `servers` there is.
  std::size_t Of(const YamlNode& root, const YamlNode& path_item, const YamlNode& operation);
  std::vector<ApiServer> Take() { return std::move(servers_); }

 private:
  ApiServer Read(const YamlNode* server);
  void FillVariables(const YamlNode& server, ApiServer* read);
  std::string Absolute(const std::string& url, int line);

  std::string document_url_;
  std::string base_uri_;
  capability::FindingLog* log_;
  std::vector<ApiServer> servers_;
};

}  // namespace portico::openapi_import

#endif  // PORTICO_CORE_OPENAPI_IMPORT_SERVER_READER_H_
