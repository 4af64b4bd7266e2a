// A template's dry run: the same steps without effects, answered at once. Knows
// fetch:template (of the files sent along), debug:log and debug:wait.
//
// Threads: the server's own.
#ifndef PORTICO_DEMO_BACKSTAGE_DRY_RUN_H_
#define PORTICO_DEMO_BACKSTAGE_DRY_RUN_H_

#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "demo/json.h"
#include "demo/random_id.h"

namespace portico::demo {

class DryRun {
 public:
  // `template_entity` has a spec; `values` fit its schema.
  DryRun(const Json& template_entity, const Json& values);

  // Adds a file of the request. PermissionDenied when its path leaves the
  // directory, InvalidArgument when its content is not base64.
  absl::Status AddFile(const std::string& path, const std::string& base64_content);

  // {log, directoryContents, output, steps}. NotFound when a step's action is
  // unknown; the message is the vendor's.
  absl::StatusOr<Json> Execute();

 private:
  absl::Status ExecuteStep(const Json& step);
  void FetchTemplate(const Json& input, const std::string& step_id);
  void WriteFile(const std::string& name, const std::string& content, const Json& scope,
                 const std::string& step_id);
  void LogText(const Json& input, const std::string& step_id);
  void Log(const std::string& step_id, const std::string& message, const char* status = "");

  const Json spec_;
  Json steps_;
  Json scope_;
  Json log_ = Json::array();
  std::map<std::string, std::string> files_;      // of the request
  std::map<std::string, std::string> workspace_;  // what the steps wrote
  RandomId ids_;
};

}  // namespace portico::demo

#endif  // PORTICO_DEMO_BACKSTAGE_DRY_RUN_H_
