#include "core/plan/compile_fixture.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "core/capability/capability_parser.h"

namespace portico::plan {

std::string ApiHead() {
  return R"(naftiko: 1.0.0-alpha2
capability:
  consumes:
  - namespace: tasks
    baseUri: https://api.example
    resources:
)";
}

Compiled CompileText(const std::string& text, const CompileOptions& options) {
  return CompileTexts({{"f.yaml", text}}, options);
}

Compiled CompileTexts(const std::vector<std::pair<std::string, std::string>>& files,
                      const CompileOptions& options) {
  capability::Findings findings;
  std::vector<capability::Capability> capabilities;
  for (const auto& [file, text] : files) {
    auto capability = capability::ParseCapability(file, text, &findings);
    if (capability.has_value()) capabilities.push_back(*std::move(capability));
  }
  Compiled compiled;
  for (const capability::Finding& finding : findings) {
    ADD_FAILURE() << "while parsing: " << ToString(finding);
  }
  findings.clear();
  compiled.plan = CompilePlan(capabilities, options, &findings);
  EXPECT_EQ(compiled.plan == nullptr, HasErrors(findings));
  for (const capability::Finding& finding : findings) {
    compiled.findings.push_back(ToString(finding));
  }
  return compiled;
}

std::vector<std::string> Printed(const std::vector<Binding>& bindings) {
  std::vector<std::string> all;
  for (const Binding& binding : bindings) {
    const std::string source = binding.caller_name.empty()
                                   ? absl::StrCat("='", binding.constant, "'")
                                   : binding.caller_name;
    all.push_back(absl::StrCat(source, "->", binding.parameter));
  }
  return all;
}

}  // namespace portico::plan
