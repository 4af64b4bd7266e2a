#include <google/protobuf/descriptor.h>

#include <iostream>
#include <memory>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/plan/plan_table.h"
#include "gateway/openapi/openapi_writer.h"
#include "gateway/openapi/yaml.h"
#include "server/commands.h"
#include "server/describe_json.h"
#include "server/embedded_files.h"
#include "server/plan_loader.h"

namespace portico::server {
namespace {

// The plan of `files`; its findings go to `out`.
std::shared_ptr<const plan::Plan> Load(const std::vector<std::string>& files, std::ostream& out,
                                       const std::vector<std::string>& overlays = {}) {
  PlanSources sources;
  sources.paths = files;
  sources.overlays = overlays;
  capability::Findings findings;
  std::shared_ptr<const plan::Plan> plan = LoadPlan(sources, &findings);
  for (const capability::Finding& finding : findings) out << ToString(finding) << '\n';
  return plan;
}

}  // namespace

int Describe(const CommandLine& line) {
  const std::shared_ptr<const plan::Plan> plan = Load(line.files, std::cerr, line.overlays);
  if (plan == nullptr) return 1;
  std::cout << (line.format == "json" ? DescribeAsJson(*plan) : plan::DescribePlan(*plan));
  return 0;
}

int Proto(const std::vector<std::string>& files) {
  const std::shared_ptr<const plan::Plan> plan = Load(files, std::cerr);
  if (plan == nullptr) return 1;
  std::set<std::string> names;
  for (const plan::Method& method : plan->methods()) {
    names.insert(absl::StrCat("proto/", method.descriptor->file()->name()));
    // The messages may stand in a file of their own.
    names.insert(absl::StrCat("proto/", method.descriptor->input_type()->file()->name()));
  }
  for (const EmbeddedFile& file : ProtoSources()) {
    if (names.count(std::string(file.name)) == 0) continue;
    std::cout << "// " << file.name << "\n\n" << file.text << '\n';
  }
  return 0;
}

int OpenApi(const std::vector<std::string>& files, bool yaml) {
  const std::shared_ptr<const plan::Plan> plan = Load(files, std::cerr);
  if (plan == nullptr) return 1;
  const openapi::Json document = openapi::WriteOpenApi(*plan);
  std::cout << (yaml ? openapi::ToYaml(document) : document.dump(2) + "\n");
  return 0;
}

}  // namespace portico::server
