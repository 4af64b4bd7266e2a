#include "core/plan/library_compiler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "core/plan/compile_fixture.h"

namespace portico::plan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// An MCP door with `entries` (YAML) beside one API with GET /a/{id}?q=.
Compiled Door(const std::string& entries) {
  return CompileText(absl::StrCat(ApiHead(), R"(    - path: /a/{id}
      operations: [{name: a, method: GET, inputParameters: [{name: q, in: query}]}]
  exposes:
  - type: mcp
    namespace: m
)",
                                  entries));
}

TEST(LibraryCompilerTest, AResourceCapturesWhatItsCallTakes) {
  const Compiled door = Door(
      "    resources:\n      notes:\n        display: Notes\n        uri: notes://all/{id}\n       "
      " "
      "call: tasks.a\n        with: {id: '{{id}}', q: fixed}\n");
  ASSERT_NE(door.plan, nullptr) << testing::PrintToString(door.findings);
  const Resource& resource = door.plan->resources().at(0);
  EXPECT_EQ(resource.name, "notes");
  EXPECT_EQ(resource.title, "Notes");
  EXPECT_TRUE(resource.is_template());
  EXPECT_THAT(Printed(resource.call->bindings), ElementsAre("id->id", "='fixed'->q"));
  EXPECT_THAT(resource.spaces, ElementsAre("tasks"));
  EXPECT_THAT(resource.Match("notes://all/a%2Fb").value(),
              ElementsAre(std::pair<std::string, std::string>("id", "a/b")));
  EXPECT_FALSE(resource.Match("notes://all/a/b").has_value());
  EXPECT_FALSE(resource.Match("note://all/a").has_value());
}

TEST(LibraryCompilerTest, AUriHasWhatTheCallRequires) {
  const Compiled door = Door("    resources: [{name: n, uri: 'notes://all', call: tasks.a}]\n");
  EXPECT_EQ(door.plan, nullptr);
  EXPECT_THAT(door.findings, ElementsAre(HasSubstr("has no {id}, which tasks.a requires")));
}

TEST(LibraryCompilerTest, FilesLieBesideTheCapability) {
  const Compiled door = Door("    resources: [{name: n, uri: 'f://x', location: 'file:///etc'}]\n");
  EXPECT_EQ(door.plan, nullptr);
  EXPECT_THAT(door.findings, ElementsAre(HasSubstr("resources[0].location: lies outside")));
}

TEST(LibraryCompilerTest, APromptKnowsItsArguments) {
  const Compiled door = Door(
      "    prompts:\n      p:\n        arguments: {who: {description: d}, how: {required: false}}\n"
      "        template: [{role: user, content: 'Greet {{who}} {{hwo}}'}]\n");
  ASSERT_NE(door.plan, nullptr) << testing::PrintToString(door.findings);
  const Prompt& prompt = door.plan->prompts().at(0);
  EXPECT_EQ(prompt.name, "p");
  EXPECT_TRUE(prompt.arguments.at(0).required);
  EXPECT_FALSE(prompt.arguments.at(1).required);
  EXPECT_THAT(door.findings, ElementsAre(HasSubstr("\"{{hwo}}\" is no argument")));
}

TEST(LibraryCompilerTest, TheFirstOfANameIsServed) {
  const std::string prompt = "{name: p, template: [{role: user, content: x}]}";
  const Compiled door = Door(absl::StrCat("    prompts: [", prompt, ", ", prompt, "]\n"));
  ASSERT_NE(door.plan, nullptr);
  EXPECT_EQ(door.plan->prompts().size(), 1u);
  EXPECT_THAT(door.findings, ElementsAre(HasSubstr("is already served from f.yaml:")));
}

}  // namespace
}  // namespace portico::plan
