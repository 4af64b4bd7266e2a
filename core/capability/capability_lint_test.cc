#include "core/capability/capability_lint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/capability/capability_parser.h"

namespace portico::capability {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> Said(const std::string& text) {
  Findings findings;
  const auto capability = ParseCapability("a.yaml", text, &findings);
  EXPECT_TRUE(capability.has_value());
  FindingLog log("a.yaml", &findings);
  if (capability.has_value()) Advise(*capability, &log);
  std::vector<std::string> said;
  for (const Finding& finding : findings) {
    said.push_back(absl::StrCat(finding.place.line, " ", SeverityName(finding.severity), " ",
                                RuleName(finding.rule)));
  }
  return said;
}

// A file with one operation; `operation` and `tool` are further lines of theirs.
std::string File(const std::string& method, const std::string& operation, const std::string& tool,
                 const std::string& description = "Do it.") {
  return absl::StrCat(
      "naftiko: 1.0.0-alpha2\ninfo: {label: A}\ncapability:\n  consumes:\n  - type: http\n"
      "    namespace: a\n    baseUri: https://a.example\n    resources:\n    - path: /x\n"
      "      operations:\n      - name: x\n        method: ",
      method, "\n        description: X.\n", operation,
      "  exposes:\n  - type: mcp\n    namespace: a-mcp\n    tools:\n    - name: do-x\n"
      "      description: ",
      description, "\n      call: a.x\n", tool);
}

TEST(CapabilityLintTest, HasNothingToSayOfAGoodFile) {
  EXPECT_THAT(Said(File("GET", "", "      hints: {readOnly: true}\n")), IsEmpty());
}

TEST(CapabilityLintTest, HintsMustFitTheMethod) {
  EXPECT_THAT(Said(File("GET", "", "      hints: {destructive: true}\n")),
              ElementsAre("21 warning method-hints"));
  EXPECT_THAT(Said(File("DELETE", "", "      hints: {readOnly: true}\n")),
              ElementsAre("21 warning method-hints"));
  EXPECT_THAT(Said(File("POST", "", "      hints: {readOnly: true}\n")),
              ElementsAre("21 note method-hints"));
}

TEST(CapabilityLintTest, ToolsNeedDescriptionsThatAreRead) {
  EXPECT_THAT(Said(File("GET", "", "", "''")), ElementsAre("18 note no-description"));
  EXPECT_THAT(Said(File("GET", "", "", std::string(1001, 'a'))),
              ElementsAre("19 note long-description"));
}

TEST(CapabilityLintTest, ToolNamesMustSuitEveryClient) {
  std::string file = File("GET", "", "");
  file.replace(file.find("do-x"), 4, "Do.X");
  EXPECT_THAT(Said(file), ElementsAre("18 note tool-name"));
  file.replace(file.find("Do.X"), 4, std::string(49, 'x'));
  EXPECT_THAT(Said(file), ElementsAre("18 note tool-name"));
}

TEST(CapabilityLintTest, EveryOperationAndInputShouldBeWithinReach) {
  std::string file =
      File("GET", "        inputParameters: [{name: q, in: query}]\n", "      with: {}\n");
  EXPECT_THAT(Said(file), ElementsAre("21 note unbound-input"));
  file.replace(file.find("call: a.x"), 9, "call: a.y");
  EXPECT_THAT(Said(file), ElementsAre("11 note never-exposed"));
}

TEST(CapabilityLintTest, BindsShouldBeReferredTo) {
  const std::string binds = "binds:\n- namespace: env\n  keys: {A_TOKEN: A_TOKEN}\n";
  EXPECT_THAT(Said(File("GET", "", "") + binds), ElementsAre("23 note unused-bind"));
  EXPECT_THAT(Said(File("GET", "        inputParameters: [{name: q, in: query}]\n",
                        "      with: {q: '{{env.A_TOKEN}}'}\n") +
                   binds),
              IsEmpty());
  EXPECT_THAT(
      Said(File("GET", "    authentication: {type: bearer, token: '{{env.A_TOKEN}}'}\n", "") +
           binds),
      IsEmpty());
}

TEST(CapabilityLintTest, OtherFormatsThanJsonAreNoted) {
  EXPECT_THAT(Said(File("GET", "        outputRawFormat: xml\n", "")),
              ElementsAre("14 note raw-format"));
}

TEST(CapabilityLintTest, WarnsOfNothingInTheBuiltInFiles) {
  for (const char* name : {"northflank-jobs", "render-workflow-tasks-beta", "scaffolder-tasks"}) {
    std::ifstream stream(absl::StrCat("capabilities/", name, ".yaml"));
    const std::string text(std::istreambuf_iterator<char>(stream), {});
    for (const std::string& said : Said(text)) {
      EXPECT_THAT(said, testing::HasSubstr(" note ")) << name;
    }
  }
}

}  // namespace
}  // namespace portico::capability
