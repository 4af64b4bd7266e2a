#include <google/protobuf/descriptor.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/overlay/overlay_parser.h"
#include "core/plan/plan_table.h"
#include "core/synthesis/proto_source.h"
#include "gateway/openapi/openapi_writer.h"
#include "gateway/openapi/yaml.h"
#include "server/commands.h"
#include "server/embedded_files.h"
#include "server/plan_loader.h"

namespace portico::server {
namespace {

using Paths = std::vector<std::string>;

bool IsOverlayFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return overlay::IsOverlay(std::string(std::istreambuf_iterator<char>(stream), {}));
}

// The plan of `files` with `overlays`; its findings go to `out`.
std::shared_ptr<const plan::Plan> Load(const Paths& files, const Paths& overlays,
                                       std::ostream& out) {
  PlanSources sources{{}, {}, {}, overlays};
  for (const std::string& file : files) {
    (IsOverlayFile(file) ? sources.overlays : sources.paths).push_back(file);
  }
  capability::Findings findings;
  std::shared_ptr<const plan::Plan> plan = LoadPlan(sources, &findings);
  for (const capability::Finding& finding : findings) out << ToString(finding) << '\n';
  return plan;
}

}  // namespace

int Check(const Paths& files, const Paths& overlays) {
  if (files.empty() && overlays.empty()) {
    std::cerr << "check needs at least one file\n";
    return 1;
  }
  return Load(files, overlays, std::cout) == nullptr ? 1 : 0;
}

int Describe(const Paths& files, const Paths& overlays) {
  const std::shared_ptr<const plan::Plan> plan = Load(files, overlays, std::cerr);
  if (plan == nullptr) return 1;
  std::cout << plan::DescribePlan(*plan);
  return 0;
}

int Proto(const Paths& files, const Paths& overlays) {
  const std::shared_ptr<const plan::Plan> plan = Load(files, overlays, std::cerr);
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

int OpenApi(const Paths& files, const Paths& overlays, bool yaml) {
  const std::shared_ptr<const plan::Plan> plan = Load(files, overlays, std::cerr);
  if (plan == nullptr) return 1;
  const openapi::Json document = openapi::WriteOpenApi(*plan);
  std::cout << (yaml ? openapi::ToYaml(document) : document.dump(2) + "\n");
  return 0;
}

}  // namespace portico::server
