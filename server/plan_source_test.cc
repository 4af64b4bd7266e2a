#include "server/plan_source.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>

#include "absl/strings/str_cat.h"

namespace portico::server {
namespace {

namespace fs = std::filesystem;

constexpr char kPart[] =
    "ikanos: 1\nconsumes:\n- {namespace: api, baseUri: https://a.example,\n"
    "   resources: [{path: /x, operations: [{name: get, method: GET}]}]}\n";
constexpr char kFile[] =
    "ikanos: 1\ncapability:\n  consumes: [{import: api, from: ../part.yml}]\n"
    "  exposes:\n  - {type: mcp, tools: [{name: t, call: api.get}],\n"
    "     resources: [{name: docs, uri: 'docs://all', location: docs}],\n"
    "     prompts: [{name: greet, location: greeting.txt}]}\n";

// A folder of capability files that import another and serve files.
class PlanSourceTest : public testing::Test {
 protected:
  PlanSourceTest() {
    fs::remove_all(folder_);
    Write("part.yml", kPart);
    Write("apis/a.yaml", kFile);
    Write("apis/docs/guide.md", "one");
    Write("apis/greeting.txt", "Hello");
    Write("overlay.yaml", "overlay: {api: {baseUri: 'https://b.example'}}\n");
    PlanSources sources;
    sources.paths = {(folder_ / "apis").string()};
    sources.overlays = {(folder_ / "overlay.yaml").string()};
    source_ = *PlanSource::Open(sources, /*demo=*/false, /*pages=*/true,
                                [](const std::string& name) -> std::optional<std::string> {
                                  if (name != "HOST") return std::nullopt;
                                  return "eu.example";
                                });
    Load();
  }

  // As editors do: another file takes the name.
  void Write(const std::string& name, const std::string& text) {
    const fs::path path = folder_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path.string() + "~") << text;
    fs::rename(path.string() + "~", path);
  }

  // No change is seen after it, however it ends.
  void Load() {
    capability::Findings findings;
    plan_ = source_->Load(&findings);
    ExpectSettled();
  }
  void ExpectSettled() {
    EXPECT_EQ(source_->LooksNow(), source_->looks());
    EXPECT_FALSE(source_->Changed());
    EXPECT_EQ(source_->LooksNow(), source_->looks());
  }
  void ExpectChanged() {
    EXPECT_NE(source_->LooksNow(), source_->looks());
    EXPECT_TRUE(source_->Changed());
    Load();
  }

  const fs::path folder_ =
      fs::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name();
  std::unique_ptr<PlanSource> source_;
  std::shared_ptr<const plan::Plan> plan_;
};

TEST_F(PlanSourceTest, EveryFileThatWentIntoThePlanCounts) {
  ASSERT_NE(plan_, nullptr);
  Write("apis/a.yaml", absl::StrCat(kFile, "# more\n"));
  ExpectChanged();
  Write("part.yml", absl::StrCat(kPart, "# more\n"));
  ExpectChanged();
  Write("overlay.yaml", "overlay: {api: {baseUri: 'https://c.example'}}\n");
  ExpectChanged();
  EXPECT_EQ(plan_->upstreams().at(0).base_uri, "https://c.example");
  Write("apis/docs/guide.md", "two");
  ExpectChanged();
  EXPECT_EQ(plan_->resources().at(0).files.at(0).bytes, "two");
  Write("apis/greeting.txt", "Good day");
  ExpectChanged();
  EXPECT_EQ(plan_->prompts().at(0).messages.at(0).text, "Good day");
}

TEST_F(PlanSourceTest, TheEnvironmentFillsWhatABaseUriLeavesOpen) {
  Write("overlay.yaml", "overlay: {api: {baseUri: 'https://{{env.HOST}}/v1'}}\n");
  ExpectChanged();
  ASSERT_NE(plan_, nullptr);
  EXPECT_EQ(plan_->upstreams().at(0).base_uri, "https://eu.example/v1");
}

TEST_F(PlanSourceTest, FilesThatComeAndGoCount) {
  Write("apis/docs/deep/more.md", "more");
  ExpectChanged();
  EXPECT_EQ(plan_->resources().at(0).files.size(), 2u);
  fs::remove(folder_ / "apis/docs/guide.md");
  ExpectChanged();
  EXPECT_EQ(plan_->resources().at(0).files.size(), 1u);
  Write("apis/b.yaml", "ikanos: 1\ncapability: {}\n");
  ExpectChanged();
  fs::remove(folder_ / "apis/b.yaml");
  ExpectChanged();
}

TEST_F(PlanSourceTest, WhatAnErrorWaitsForCounts) {
  fs::remove(folder_ / "part.yml");
  ExpectChanged();
  EXPECT_EQ(plan_, nullptr);
  Write("part.yml", kPart);
  ExpectChanged();
  EXPECT_NE(plan_, nullptr);
  fs::remove(folder_ / "apis/greeting.txt");
  ExpectChanged();
  EXPECT_EQ(plan_, nullptr);
  Write("apis/greeting.txt", "Hello");
  ExpectChanged();
  EXPECT_NE(plan_, nullptr);
}

TEST_F(PlanSourceTest, AFileThatIsImportedNoMoreCountsNoMore) {
  Write("apis/a.yaml", "ikanos: 1\ncapability: {}\n");
  ExpectChanged();
  Write("part.yml", absl::StrCat(kPart, "# more\n"));
  Write("apis/docs/guide.md", "two");
  ExpectSettled();
}

TEST_F(PlanSourceTest, TheSameTextIsNoChangeThoughItLooksOtherwise) {
  Write("apis/a.yaml", kFile);
  EXPECT_NE(source_->LooksNow(), source_->looks());
  EXPECT_FALSE(source_->Changed());
  ExpectSettled();
}

}  // namespace
}  // namespace portico::server
