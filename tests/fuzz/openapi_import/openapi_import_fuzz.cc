// Any text as an OpenAPI document: refused with an error, or the capability file and the
// overlay that are written of it load without one and call each operation that was read.
//
// Of an even size, it came from a URL; of an odd one, from a file.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/capability/capability_parser.h"
#include "core/capability/finding_log.h"
#include "core/openapi_import/api_reader.h"
#include "core/openapi_import/capability_writer.h"
#include "core/openapi_import/overlay_writer.h"
#include "core/overlay/overlay_parser.h"
#include "core/plan/plan_compiler.h"
#include "gateway/openapi/yaml.h"

namespace {

using namespace portico;  // NOLINT(build/namespaces): most of it is used

void RequireNoErrors(const capability::Findings& findings, const std::string& text) {
  if (!capability::HasErrors(findings)) return;
  for (const capability::Finding& finding : findings) {
    std::fprintf(stderr, "%s\n", ToString(finding).c_str());
  }
  std::fputs(text.c_str(), stderr);
  std::abort();
}

void Require(bool condition) {
  if (!condition) std::abort();
}

// The Plan of what `portico import openapi` writes.
void RequireLoads(const openapi_import::Api& api) {
  capability::Findings findings;
  const std::string file = openapi::ToYaml(openapi_import::WriteCapability(api));
  std::optional<capability::Capability> parsed =
      capability::ParseCapability("c.yaml", file, &findings);
  RequireNoErrors(findings, file);
  std::vector<capability::Capability> capabilities;
  capabilities.push_back(*std::move(parsed));

  plan::CompileOptions options;
  std::string said;
  if (const openapi_import::Json overlay = openapi_import::WriteOverlay(api); !overlay.is_null()) {
    said = openapi::ToYaml(overlay);
    std::optional<overlay::Overlay> read = overlay::ParseOverlay("o.yaml", said, &findings);
    RequireNoErrors(findings, said);
    options.overlays.push_back(*std::move(read));
  }
  findings.clear();
  const auto compiled = plan::CompilePlan(capabilities, options, &findings);
  RequireNoErrors(findings, file + said);
  Require(compiled != nullptr && compiled->tools().size() == api.operations.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  openapi_import::ImportOptions options;
  if (size % 2 == 0) options.document_url = "https://api.example/v1/openapi.json";
  capability::Findings findings;
  capability::FindingLog log("d.yaml", &findings);
  const std::optional<openapi_import::Api> api = openapi_import::ReadApi(text, options, &log);
  log.Close();
  Require(api.has_value() || log.has_errors());
  if (!log.has_errors()) RequireLoads(*api);
  return 0;
}
