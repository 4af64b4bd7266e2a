// Any text as a capability file: parsed, compiled and described within bounds,
// with an error whenever nothing comes of it.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/capability/capability_parser.h"
#include "core/plan/plan_compiler.h"
#include "core/plan/plan_table.h"

namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace capability = portico::capability;
  namespace plan = portico::plan;
  capability::Findings findings;
  std::optional<capability::Capability> parsed = capability::ParseCapability(
      "f.yaml", absl::string_view(reinterpret_cast<const char*>(data), size), &findings);
  Require(parsed.has_value() != capability::HasErrors(findings));
  int line = 0;
  for (const capability::Finding& finding : findings) {
    Require(finding.place.line >= line || finding.place.line == 0);
    line = finding.place.line;
  }
  if (!parsed.has_value()) return 0;
  findings.clear();
  std::vector<capability::Capability> capabilities;
  capabilities.push_back(*std::move(parsed));
  const auto compiled = plan::CompilePlan(capabilities, {}, &findings);
  Require((compiled != nullptr) != capability::HasErrors(findings));
  if (compiled != nullptr) plan::DescribePlan(*compiled);
  return 0;
}
