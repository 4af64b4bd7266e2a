// Paths for the REST routes of imported operations, by the rule by which published
// capability files were made: "/v1" and every segment in lower case with dashes.
//
// Not thread-safe.
#ifndef PORTICO_CORE_OPENAPI_IMPORT_REST_PATHS_H_
#define PORTICO_CORE_OPENAPI_IMPORT_REST_PATHS_H_

#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace portico::openapi_import {

class RestPaths {
 public:
  // For the upstream path `path` of `space`: "/v2/tasks/{taskId}" becomes
  // "/v1/v2/tasks/{taskid}", always the same for the same. A path that another upstream
  // path has ("/a_b" and "/a-b") gets "-2".
  std::string Of(const std::string& space, const std::string& path);

 private:
  std::map<std::pair<std::string, std::string>, std::string> given_;
  std::set<std::string> shapes_;  // taken, placeholders without names
};

// The rule alone.
std::string FoldedPath(absl::string_view path);

}  // namespace portico::openapi_import

#endif  // PORTICO_CORE_OPENAPI_IMPORT_REST_PATHS_H_
