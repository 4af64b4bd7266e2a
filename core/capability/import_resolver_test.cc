#include "core/capability/import_resolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/capability/capability_parser.h"

namespace portico::capability {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr char kYard[] =
    "ikanos: 1\nbinds: [{namespace: keys, keys: {A: B}}]\nconsumes:\n"
    "- {namespace: other, baseUri: '', resources: []}\n"
    "- {namespace: yard, baseUri: https://yard.example, resources: []}\n"
    "aggregates:\n- {namespace: fleet, functions: []}\n";

class ImportResolverTest : public testing::Test {
 protected:
  // `imports`: the lines of `capability`, two spaces before each; "files" are in folder d.
  Capability Resolve(const std::string& imports) {
    auto capability =
        ParseCapability("d/f.yaml", absl::StrCat("ikanos: 1\ncapability:\n", imports), &parsing_);
    EXPECT_TRUE(capability.has_value());
    ImportResolver resolver(
        [this](const std::string& path) -> std::optional<std::string> {
          const auto file = files_.find(path);
          if (file == files_.end()) return std::nullopt;
          return file->second;
        },
        &findings_);
    resolver.Resolve(&*capability);
    read_ = resolver.files();
    return *std::move(capability);
  }

  std::vector<std::string> findings() const {
    std::vector<std::string> printed;
    for (const Finding& finding : findings_) printed.push_back(ToString(finding));
    return printed;
  }

  std::map<std::string, std::string> files_ = {{"d/shared/yard.yml", kYard},
                                               {"/abs/y.yaml", kYard}};
  Findings parsing_, findings_;
  std::vector<std::string> read_;
};

TEST_F(ImportResolverTest, TakesTheNamedPartFromAnotherFile) {
  for (const char* from : {"from: ./shared/yard.yml", "from: shared/../shared/yard.yml",
                           "location: file:///./shared/yard.yml", "from: file:///abs/y.yaml"}) {
    const Capability capability =
        Resolve(absl::StrCat("  consumes: [{import: yard, as: ships, ", from,
                             "}]\n"
                             "  aggregates: [{import: fleet, ",
                             from, "}]\n"));
    EXPECT_THAT(findings(), ElementsAre());
    ASSERT_EQ(capability.consumes.size(), 1u);
    EXPECT_EQ(capability.consumes[0].space.text, "ships");
    EXPECT_EQ(capability.consumes[0].base_uri.text, "https://yard.example");
    EXPECT_EQ(capability.consumes[0].base_uri.line, 5);
    EXPECT_EQ(capability.aggregates.at(0).space.text, "fleet");
    EXPECT_EQ(capability.binds.at(0).space.text, "keys");
    EXPECT_THAT(read_, ElementsAre(capability.consumes[0].file));
  }
}

TEST_F(ImportResolverTest, FollowsImportsOfImports) {
  files_["d/b.yml"] = "ikanos: 1\nconsumes: [{import: yard, from: shared/yard.yml, as: y}]\n";
  const Capability capability = Resolve("  consumes: [{import: y, from: b.yml}]\n");
  EXPECT_THAT(findings(), ElementsAre());
  EXPECT_EQ(capability.consumes.at(0).space.text, "y");
  EXPECT_EQ(capability.consumes.at(0).file, "d/shared/yard.yml");
}

TEST_F(ImportResolverTest, EndsWhereImportsGoInACircle) {
  files_["d/b.yml"] = "ikanos: 1\nconsumes: [{import: y, from: ./f.yaml}]\n";
  files_["d/f.yaml"] = "ikanos: 1\nconsumes: [{import: y, from: b.yml}]\n";
  const Capability capability = Resolve("  consumes: [{import: y, from: b.yml}]\n");
  EXPECT_TRUE(capability.consumes.empty());
  EXPECT_THAT(findings(), ElementsAre("d/b.yml:2: error: consumes[0].from: goes in a circle: "
                                      "d/f.yaml:3 imports \"y\" by way of here"));
}

TEST_F(ImportResolverTest, EndsAfterEightFiles) {
  for (int i = 0; i < 10; ++i) {
    files_[absl::StrCat("d/", i, ".yml")] =
        absl::StrCat("ikanos: 1\nconsumes: [{import: y, from: ", i + 1, ".yml}]\n");
  }
  Resolve("  consumes: [{import: y, from: 0.yml}]\n");
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("more than 8 deep, which begins in d/f.yaml:3")));
}

TEST_F(ImportResolverTest, SaysWhatCannotBeImported) {
  files_["d/broken.yml"] = "ikanos: 1\nconsumes: 5\n";
  struct Row {
    const char* entry;
    const char* finding;
  };
  for (const Row& row :
       {Row{"import: yrad, from: shared/yard.yml",
            "capability.consumes[0].import: \"yrad\" does not stand in consumes of "
            "d/shared/yard.yml; did you mean \"yard\"?"},
        Row{"import: y, from: none.yml", ".from: d/none.yml cannot be read"},
        Row{"import: y, from: /etc/passwd", ".from: names no .yaml or .yml file"},
        Row{"import: y, from: 'https://x.example/a.yml'", ".from: is not read: files on this"},
        Row{"import: y, from: broken.yml", "cannot be imported: it has errors of its own"}}) {
    findings_.clear();
    Resolve(absl::StrCat("  consumes: [{", row.entry, "}]\n"));
    ASSERT_FALSE(findings_.empty());
    EXPECT_THAT(findings().back(), HasSubstr(row.finding));
    EXPECT_THAT(findings().back(), HasSubstr("d/f.yaml:3: error: "));
  }
}

}  // namespace
}  // namespace portico::capability
