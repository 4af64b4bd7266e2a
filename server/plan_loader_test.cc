#include "server/plan_loader.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace portico::server {
namespace {

namespace fs = std::filesystem;

class PlanLoaderTest : public testing::Test {
 protected:
  PlanLoaderTest() : folder_(fs::path(testing::TempDir()) / "plan_loader_test") {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }

  std::string Write(const char* name, const char* text) {
    const fs::path path = folder_ / name;
    std::ofstream(path) << text;
    return path.string();
  }

  const fs::path folder_;
  capability::Findings findings_;
};

TEST_F(PlanLoaderTest, TheBuiltInFilesAgreeWithTheTypedServices) {
  const auto plan = LoadPlan({}, &findings_);
  for (const capability::Finding& finding : findings_) ADD_FAILURE() << ToString(finding);
  ASSERT_NE(plan, nullptr);
  EXPECT_EQ(plan->operations().size(), 17u);
  EXPECT_EQ(plan->methods().size(), 17u);
  EXPECT_EQ(plan->routes().size(), 17u);
  EXPECT_EQ(plan->tools().size(), 17u);
}

TEST_F(PlanLoaderTest, AnOperatorsBaseUriReplacesTheFiles) {
  const auto plan = LoadPlan({{}, {{"northflank-jobs", "http://127.0.0.1:1/x"}}, {}}, &findings_);
  ASSERT_NE(plan, nullptr);
  for (const plan::Upstream& upstream : plan->upstreams()) {
    EXPECT_EQ(upstream.base_uri == "http://127.0.0.1:1/x", upstream.space == "northflank-jobs");
  }
}

TEST_F(PlanLoaderTest, StandInsAreForWhatIsLoadedAndNotTheOperators) {
  const BaseUris stand_ins = {{"northflank-jobs", "http://127.0.0.1:1/x"},
                              {"scaffolder-tasks", "http://127.0.0.1:2/x"},
                              {"not-loaded", "http://127.0.0.1:3/x"}};
  const auto plan =
      LoadPlan({{}, {{"scaffolder-tasks", "http://127.0.0.1:4/x"}}, stand_ins}, &findings_);
  ASSERT_NE(plan, nullptr);
  for (const plan::Upstream& upstream : plan->upstreams()) {
    if (upstream.space == "render-workflow-tasks-beta") continue;  // as the file has it
    EXPECT_EQ(upstream.base_uri, upstream.space == "northflank-jobs" ? "http://127.0.0.1:1/x"
                                                                     : "http://127.0.0.1:4/x");
  }
}

TEST_F(PlanLoaderTest, AFileThatIsNotThereIsNamed) {
  EXPECT_EQ(LoadPlan({{(folder_ / "no.yaml").string()}, {}, {}}, &findings_), nullptr);
  ASSERT_FALSE(findings_.empty());
  EXPECT_NE(ToString(findings_[0]).find("no.yaml"), std::string::npos);
}

TEST_F(PlanLoaderTest, ALinkInACircleIsNamedAndReadByNobody) {
  fs::create_symlink("circle.yaml", folder_ / "circle.yaml");
  EXPECT_EQ(LoadPlan({{folder_.string()}, {}, {}}, &findings_), nullptr);
  ASSERT_EQ(findings_.size(), 1u);
  EXPECT_NE(ToString(findings_[0]).find("circle.yaml: error: cannot be read"), std::string::npos)
      << ToString(findings_[0]);
}

TEST_F(PlanLoaderTest, AFolderIsReadInTheOrderOfNamesAndMustHoldAFile) {
  EXPECT_EQ(LoadPlan({{folder_.string()}, {}, {}}, &findings_), nullptr);
  findings_.clear();
  Write("b.yaml", "not: a capability\n");
  Write("a.yml", "neither: is this\n");
  Write("c.txt", "ignored");
  EXPECT_EQ(LoadPlan({{folder_.string()}, {}, {}}, &findings_), nullptr);
  ASSERT_GE(findings_.size(), 2u);
  EXPECT_NE(findings_.front().place.file.find("a.yml"), std::string::npos);
  EXPECT_NE(findings_.back().place.file.find("b.yaml"), std::string::npos);
}

TEST_F(PlanLoaderTest, TheBuiltInOverlaysAgreeWithFilesAndTypedServices) {
  const auto plan = LoadPlan({{}, {}, {}, {kBuiltInOverlays}}, &findings_);
  for (const capability::Finding& finding : findings_) ADD_FAILURE() << ToString(finding);
  ASSERT_NE(plan, nullptr);
  EXPECT_EQ(plan->methods().size(), 17u);
  EXPECT_EQ(plan->FindOperation("scaffolder-tasks.gettasklogs")->path.text(),
            "/v2/tasks/{taskId}/events");
  EXPECT_EQ(plan->FindOperation("northflank-jobs.runjob")->path.text(),
            "/projects/{projectId}/jobs/{jobId}/runs");
}

TEST_F(PlanLoaderTest, AnOverlayIsNoCapability) {
  const std::string file = Write("o.yaml", "overlay:\n  northflank-jobs: {}\n");
  EXPECT_EQ(LoadPlan({{file}, {}, {}}, &findings_), nullptr);
  ASSERT_FALSE(findings_.empty());
  EXPECT_EQ(findings_[0].message, "is an overlay; name it with --overlay " + file);
  findings_.clear();
  EXPECT_NE(LoadPlan({{}, {}, {}, {file}}, &findings_), nullptr);
}

TEST_F(PlanLoaderTest, AnOverlayAmongThePathsIsTakenAsOneWhereThatIsMeant) {
  PlanSources sources;
  sources.paths = {
      Write("o.yaml", "overlay:\n  northflank-jobs: {baseUri: 'http://127.0.0.1:1'}\n")};
  sources.overlays_among_paths = true;
  const auto plan = LoadPlan(sources, &findings_);  // with the built-in files
  ASSERT_NE(plan, nullptr);
  const std::size_t upstream = plan->FindOperation("northflank-jobs.runjob")->upstream;
  EXPECT_EQ(plan->upstreams()[upstream].base_uri, "http://127.0.0.1:1");
  sources.paths = {folder_.string()};
  EXPECT_EQ(LoadPlan(sources, &findings_), nullptr);
}

TEST_F(PlanLoaderTest, AnOverlayThatIsWrongLoadsNothing) {
  const std::string file = Write("o.yaml", "overlay:\n  northflank-job: {}\n");
  EXPECT_EQ(LoadPlan({{}, {}, {}, {file}}, &findings_), nullptr);
  ASSERT_EQ(findings_.size(), 1u);
  EXPECT_EQ(findings_[0].place.line, 2);
}

TEST_F(PlanLoaderTest, AFileWithoutADoorIsWarnedOf) {
  const std::string file = Write("a.yaml", R"(naftiko: 1
capability:
  consumes:
  - namespace: tasks
    baseUri: http://x
    resources: [{path: /a, operations: [{name: get, method: GET}]}]
)");
  const auto plan = LoadPlan({{file}, {}, {}}, &findings_);
  ASSERT_NE(plan, nullptr);
  EXPECT_TRUE(plan->methods().empty());
  ASSERT_EQ(findings_.size(), 1u);
  EXPECT_EQ(ToString(findings_[0]), file +
                                        ":4: warning: capability.exposes: is missing: no door "
                                        "serves the operations of \"tasks\"; add one of type rest, "
                                        "mcp or grpc");
}

TEST_F(PlanLoaderTest, WhatAFolderHoldsToBeImportedServesNothingItself) {
  const std::string part =
      Write("part.yml",
            "ikanos: 1\nconsumes:\n- {namespace: api, baseUri: https://a.example,\n"
            "   resources: [{path: /x, operations: [{name: get, method: GET}]}]}\n");
  for (const char* name : {"a.yaml", "b.yaml"}) {
    Write(name,
          "ikanos: 1\ncapability:\n  consumes: [{import: api, from: ./part.yml}]\n"
          "  exposes: [{type: mcp, tools: [{name: t, call: api.get}]}]\n");
  }
  const auto plan = LoadPlan({{part.substr(0, part.rfind('/'))}, {}, {}}, &findings_);
  ASSERT_NE(plan, nullptr);
  EXPECT_EQ(plan->upstreams().size(), 1u);
  EXPECT_EQ(plan->operations().size(), 1u);
}

}  // namespace
}  // namespace portico::server
