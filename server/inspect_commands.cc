#include <google/protobuf/descriptor.h>

#include <iostream>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/plan/plan_table.h"
#include "core/synthesis/proto_source.h"
#include "gateway/openapi/openapi_writer.h"
#include "gateway/openapi/yaml.h"
#include "server/commands.h"
#include "server/describe_json.h"
#include "server/embedded_files.h"
#include "server/plan_loader.h"

namespace portico::server {
namespace {

// The plan of what `line` names; its findings go to `out`.
std::shared_ptr<const plan::Plan> Load(const CommandLine& line, std::ostream& out) {
  PlanSources sources;
  sources.paths = line.files;
  sources.overlays = line.overlays;
  sources.overlays_among_paths = true;
  capability::Findings findings;
  std::shared_ptr<const plan::Plan> plan = LoadPlan(sources, &findings);
  for (const capability::Finding& finding : findings) out << ToString(finding) << '\n';
  return plan;
}

}  // namespace

int Describe(const CommandLine& line) {
  const std::shared_ptr<const plan::Plan> plan = Load(line, std::cerr);
  if (plan == nullptr) return 1;
  std::cout << (line.format == "json" ? DescribeAsJson(*plan) : plan::DescribePlan(*plan));
  return 0;
}

int Proto(const CommandLine& line) {
  const std::shared_ptr<const plan::Plan> plan = Load(line, std::cerr);
  if (plan == nullptr) return 1;
  std::set<std::string> names;
  std::set<std::string> synthesised;  // as texts, in the order of their names
  for (const plan::Method& method : plan->methods()) {
    if (method.synthesised) {
      synthesised.insert(synthesis::ProtoSource(*method.descriptor->file()));
      continue;
    }
    names.insert(absl::StrCat("proto/", method.descriptor->file()->name()));
    // The messages may stand in a file of their own.
    names.insert(absl::StrCat("proto/", method.descriptor->input_type()->file()->name()));
  }
  for (const EmbeddedFile& file : ProtoSources()) {
    if (names.count(std::string(file.name)) == 0) continue;
    std::cout << "// " << file.name << "\n\n" << file.text << '\n';
  }
  for (const std::string& text : synthesised) std::cout << text << '\n';
  return 0;
}

int OpenApi(const CommandLine& line) {
  const std::shared_ptr<const plan::Plan> plan = Load(line, std::cerr);
  if (plan == nullptr) return 1;
  const openapi::Json document = openapi::WriteOpenApi(*plan);
  std::cout << (line.yaml ? openapi::ToYaml(document) : document.dump(2) + "\n");
  return 0;
}

}  // namespace portico::server
