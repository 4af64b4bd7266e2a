// JSON whose members keep the order in which they were added: documents read like
// they were written, and are the same on every run.
#ifndef PORTICO_GATEWAY_OPENAPI_JSON_H_
#define PORTICO_GATEWAY_OPENAPI_JSON_H_

#include <nlohmann/json.hpp>

namespace portico::openapi {

using Json = nlohmann::ordered_json;

}  // namespace portico::openapi

#endif  // PORTICO_GATEWAY_OPENAPI_JSON_H_
