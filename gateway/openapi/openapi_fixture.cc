#include "gateway/openapi/openapi_fixture.h"

#include <google/protobuf/descriptor.h>

#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/plan/compile_fixture.h"
#include "gateway/openapi/openapi_writer.h"

namespace portico::openapi {

std::shared_ptr<const plan::Plan> BuiltInPlan() {
  std::vector<std::pair<std::string, std::string>> files;
  for (const char* name : {"northflank-jobs", "render-workflow-tasks-beta", "scaffolder-tasks"}) {
    const std::string path = absl::StrCat("capabilities/", name, ".yaml");
    std::ifstream file(path, std::ios::binary);
    files.emplace_back(path, std::string(std::istreambuf_iterator<char>(file), {}));
  }
  plan::CompileOptions options;
  for (const char* name :
       {"backstage.scaffolder.v1.TasksService", "render.workflows.v1.WorkflowTasksService",
        "northflank.jobs.v1.JobsService"}) {
    options.services.push_back(
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name));
  }
  return plan::CompileTexts(files, options).plan;
}

const Json& BuiltInDocument() {
  static const auto* const kDocument = new Json(WriteOpenApi(*BuiltInPlan()));
  return *kDocument;
}

Json DocumentOf(const std::string& text) { return WriteOpenApi(*plan::CompileText(text).plan); }

}  // namespace portico::openapi
