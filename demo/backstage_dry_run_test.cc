#include "demo/backstage_dry_run.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>

#include "absl/status/status.h"

namespace portico::demo {
namespace {

const char kTemplate[] =
    R"({"kind":"Template","spec":{"steps":[
        {"id":"render","name":"Render","action":"fetch:template",
         "input":{"url":"./skeleton","values":{"name":"${{ parameters.name }}"}}},
        {"action":"debug:log",
         "input":{"message":"hello ${{ parameters.name }}","listWorkspace":true}}],
      "output":{"links":[{"title":"Repo","url":"https://example.invalid/${{ parameters.name }}"}]}}})";

DryRun RunOf(const char* text) { return DryRun(*ParseJson(text), {{"name", "alpha"}}); }

TEST(BackstageDryRun, AnswersWithLogFilesOutputAndStepsAsRecorded) {
  DryRun run = RunOf(kTemplate);
  ASSERT_TRUE(run.AddFile("skeleton/README.md", "IyAke3sgdmFsdWVzLm5hbWUgfX0K").ok());
  ASSERT_TRUE(run.AddFile("skeleton/bin.dat", "AAECA//+").ok());
  auto result = run.Execute();
  ASSERT_TRUE(result.ok());
  std::string text = Dump(*result);
  const std::size_t random = text.find("dry-run-") + 8;
  text.replace(random, 36, "ID");
  EXPECT_EQ(
      text,
      R"x({"log":[{"body":{"message":"Starting up task with 3 steps"}},{"body":{"stepId":"render","status":"processing","message":"Beginning step Render"}},{"body":{"stepId":"render","message":"\u001b[32minfo\u001b[39m: Running fetch:template in dry-run mode with inputs (secrets redacted): {\n  \"url\": \"./skeleton\",\n  \"values\": {\n    \"name\": \"alpha\"\n  }\n}"}},{"body":{"stepId":"render","message":"\u001b[32minfo\u001b[39m: Fetching template content from remote URL"}},{"body":{"stepId":"render","message":"\u001b[32minfo\u001b[39m: Listing files and directories in template"}},{"body":{"stepId":"render","message":"\u001b[32minfo\u001b[39m: Processing 2 template files/directories with input values {\"name\":\"alpha\"}"}},{"body":{"stepId":"render","message":"\u001b[32minfo\u001b[39m: Writing file README.md to template output path with mode 33188."}},{"body":{"stepId":"render","message":"\u001b[32minfo\u001b[39m: Copying file binary or symbolic link at bin.dat, to template output path."}},{"body":{"stepId":"render","message":"\u001b[32minfo\u001b[39m: Template result written to /app/w/dry-run-ID"}},{"body":{"stepId":"render","status":"completed","message":"Finished step Render"}},{"body":{"stepId":"step-2","status":"processing","message":"Beginning step debug:log"}},{"body":{"stepId":"step-2","message":"\u001b[32minfo\u001b[39m: Running debug:log in dry-run mode with inputs (secrets redacted): {\n  \"message\": \"hello alpha\",\n  \"listWorkspace\": true\n}"}},{"body":{"stepId":"step-2","message":"\u001b[32minfo\u001b[39m: {\n  \"message\": \"hello alpha\",\n  \"listWorkspace\": true\n}"}},{"body":{"stepId":"step-2","message":"\u001b[32minfo\u001b[39m: hello alpha"}},{"body":{"stepId":"step-2","message":"\u001b[32minfo\u001b[39m: Workspace:\n  - README.md\n  - bin.dat"}},{"body":{"stepId":"step-2","status":"completed","message":"Finished step debug:log"}}],"directoryContents":[{"path":"README.md","executable":false,"base64Content":"IyBhbHBoYQo="},{"path":"bin.dat","executable":false,"base64Content":"AAECA//+"}],"output":{"links":[{"title":"Repo","url":"https://example.invalid/alpha"}]},"steps":[{"id":"render","name":"Render","action":"fetch:template","input":{"url":"./skeleton","values":{"name":"${{ parameters.name }}"}}},{"action":"debug:log","input":{"message":"hello ${{ parameters.name }}","listWorkspace":true},"id":"step-2","name":"debug:log"}]})x");
}

TEST(BackstageDryRun, SkipsAWait) {
  auto result =
      RunOf(R"({"spec":{"steps":[{"id":"w","action":"debug:wait","input":{"minutes":11}}]}})")
          .Execute();
  ASSERT_TRUE(result.ok());
  EXPECT_EQ((*result)["log"].back()["body"]["status"], "skipped");
}

TEST(BackstageDryRun, RefusesAnUnknownAction) {
  const auto result = RunOf(R"({"spec":{"steps":[{"action":"no:such:action"}]}})").Execute();
  EXPECT_TRUE(absl::IsNotFound(result.status()));
  EXPECT_EQ(result.status().message().substr(0, 58),
            "Template action with ID 'no:such:action' is not registered");
}

TEST(BackstageDryRun, RefusesPathsThatLeaveTheDirectory) {
  DryRun run = RunOf(kTemplate);
  for (const char* path : {"../../escape", "..", "/etc/passwd", "a/../../b"}) {
    EXPECT_TRUE(absl::IsPermissionDenied(run.AddFile(path, "AA=="))) << path;
  }
  EXPECT_TRUE(run.AddFile("a/../b", "AA==").ok());
  EXPECT_FALSE(run.AddFile("c", "not base64!").ok());
}

TEST(BackstageDryRun, SurvivesTemplatesOfAnyShape) {
  for (const char* text :
       {"{}", R"({"spec":1})", R"({"spec":{"steps":7}})", R"({"spec":{"steps":[1,null,{}]}})",
        R"({"spec":{"steps":[{"id":1,"name":2,"action":3,"input":4}]}})",
        R"({"spec":{"steps":[{"action":"fetch:template","input":5}],"output":[]}})"}) {
    EXPECT_NE(RunOf(text).Execute().status().code(), absl::StatusCode::kInternal) << text;
  }
}

}  // namespace
}  // namespace portico::demo
