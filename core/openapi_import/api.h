// What a capability file and its overlay need to know of an API that an OpenAPI document
// describes: nothing is left to resolve.
//
// Plain data; any thread.
#ifndef PORTICO_CORE_OPENAPI_IMPORT_API_H_
#define PORTICO_CORE_OPENAPI_IMPORT_API_H_

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace portico::openapi_import {

struct ApiParameter {
  std::string name;
  std::string location = "query";  // path, query or header
  std::string type = "string";     // a capability file's word
  std::string description = "";
  bool required = false;
  std::string array_style = "";  // an overlay's word; empty: the default, repeat
};

struct ApiBody {
  std::string type = "object";
  std::string description = "";
  bool required = false;
  std::string encoding = "";          // form, multipart or raw; empty: JSON
  std::string content_type = "";      // of a raw one
  std::string form_array_style = "";  // an overlay's word; empty: the default
};

struct ApiOperation {
  std::string name;    // unique in the API, a good tool's name
  std::string method;  // "GET"
  std::string path;    // below the server's URI, placeholders in braces
  std::string summary;
  std::string description;  // for models: summary and description, bounded
  std::vector<ApiParameter> parameters = {};
  std::optional<ApiBody> body = {};
  bool stream = false;
  std::size_t server = 0;  // index into Api::servers
};

struct ApiServer {
  std::string written = "";       // in the document
  std::string template_uri = "";  // absolute; empty: not known
  std::string uri = "";           // the same, variables filled with their defaults
  std::vector<std::pair<std::string, std::string>> variables = {};  // name, default
};

struct ApiCredential {
  enum class Kind { kBearer, kBasic, kHeaderKey, kQueryKey, kCookie, kClientCredentials };

  Kind kind = Kind::kBearer;
  std::string key = "";        // name of the header, query parameter or cookie
  std::string token_url = "";  // of kClientCredentials
  std::vector<std::string> scopes = {};
};

struct Api {
  std::string space;  // `namespace` of the first server's `consumes`
  std::string title;
  std::string description;
  std::vector<ApiServer> servers = {};
  std::vector<ApiCredential> credentials = {};  // all at once
  std::vector<ApiOperation> operations = {};
};

// The namespace of the operations of `server`.
inline std::string SpaceOf(const Api& api, std::size_t server) {
  return server == 0 ? api.space : api.space + "-" + std::to_string(server + 1);
}

}  // namespace portico::openapi_import

#endif  // PORTICO_CORE_OPENAPI_IMPORT_API_H_
