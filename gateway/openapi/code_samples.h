// How to call an operation from a command line, through each door: curl, grpcurl,
// and an MCP tools/call by curl. With the example's values, else with the required
// parameters in capitals for the reader to fill in.
//
// Pure functions; any thread.
#ifndef PORTICO_GATEWAY_OPENAPI_CODE_SAMPLES_H_
#define PORTICO_GATEWAY_OPENAPI_CODE_SAMPLES_H_

#include <string>

#include "gateway/openapi/face.h"
#include "gateway/openapi/json.h"

namespace portico::openapi {

// Where the doors are, as a caller names them. An empty one is closed, and has no sample.
struct Doors {
  std::string rest = "http://127.0.0.1:8080";
  std::string grpc = "127.0.0.1:50051";
  std::string mcp = "http://127.0.0.1:9090/mcp";
};

// For `x-codeSamples`, which Redoc and Scalar know: an array of {lang, label, source}.
Json CodeSamplesOf(const Face& face, const Doors& doors);

// `text` as one word of a POSIX shell.
std::string ShellQuoted(const std::string& text);

}  // namespace portico::openapi

#endif  // PORTICO_GATEWAY_OPENAPI_CODE_SAMPLES_H_
