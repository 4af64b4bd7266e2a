// Names for imported operations, good for tools, RPCs and command lines at once:
// [a-z][a-z0-9-]{0,47}, each once.
//
// Not thread-safe.
#ifndef PORTICO_CORE_OPENAPI_IMPORT_OPERATION_NAMES_H_
#define PORTICO_CORE_OPENAPI_IMPORT_OPERATION_NAMES_H_

#include <cstddef>
#include <map>
#include <set>
#include <string>

#include "absl/strings/string_view.h"

namespace portico::openapi_import {

class OperationNames {
 public:
  // The MCP door would shorten longer ones by a hash (gateway/mcp/tool_name.h).
  static constexpr std::size_t kMaxName = 48;

  // `operation_id` in words ("listTaskRuns": list-task-runs); without one, method and path
  // ("get-tasks-by-task-id"). Cut after a word; a name that was given gets "-2", "-3".
  std::string Take(absl::string_view operation_id, absl::string_view method,
                   absl::string_view path);

 private:
  std::set<std::string> taken_;
  std::map<std::string, int> numbers_;  // the last one behind a name
};

// Words in lower case with dashes between: "getHTTPServer_v2": get-http-server-v2.
std::string Dashed(absl::string_view text);

}  // namespace portico::openapi_import

#endif  // PORTICO_CORE_OPENAPI_IMPORT_OPERATION_NAMES_H_
