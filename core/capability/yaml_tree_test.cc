#include "core/capability/yaml_tree.h"

#include <gtest/gtest.h>

#include <string>

namespace portico::capability {
namespace {

class YamlTreeTest : public testing::Test {
 protected:
  std::shared_ptr<const YamlNode> Parse(const std::string& text) {
    findings_.clear();
    FindingLog log("f.yaml", &findings_);
    return ParseYaml(text, &log);
  }
  // The first finding, as printed.
  std::string First() const { return findings_.empty() ? "" : ToString(findings_[0]); }

  Findings findings_;
};

std::string Repeat(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST_F(YamlTreeTest, KnowsTheLineOfEveryValue) {
  const auto root = Parse("a: 1\nb:\n  - x\n  - {c: \"d\"}\n");
  ASSERT_NE(root, nullptr);
  EXPECT_EQ(root->kind, YamlNode::Kind::kMap);
  EXPECT_EQ(root->line, 1);
  ASSERT_EQ(root->keys.size(), 2u);
  EXPECT_EQ(root->keys[1].line, 2);
  const YamlNode* list = root->Find("b");
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->items[0]->line, 3);
  const YamlNode* quoted = list->items[1]->Find("c");
  ASSERT_NE(quoted, nullptr);
  EXPECT_EQ(quoted->line, 4);
  EXPECT_TRUE(quoted->quoted);
  EXPECT_FALSE(list->items[0]->quoted);
  EXPECT_EQ(root->Find("z"), nullptr);
}

TEST_F(YamlTreeTest, NullIsNotAText) {
  const auto root = Parse("a:\nb: ~\nc: \"\"\n");
  ASSERT_NE(root, nullptr);
  EXPECT_EQ(root->Find("a")->kind, YamlNode::Kind::kNull);
  EXPECT_EQ(root->Find("a")->line, 1);
  EXPECT_EQ(root->Find("b")->kind, YamlNode::Kind::kNull);
  EXPECT_EQ(root->Find("c")->kind, YamlNode::Kind::kScalar);
}

TEST_F(YamlTreeTest, AliasesStandForTheirAnchors) {
  const auto root = Parse("a: &x {k: v}\nb: *x\n");
  ASSERT_NE(root, nullptr);
  ASSERT_NE(root->Find("b"), nullptr);
  EXPECT_EQ(root->Find("b")->Find("k")->text, "v");
  EXPECT_TRUE(findings_.empty());
}

TEST_F(YamlTreeTest, SaysWhatIsWrongAndWhere) {
  struct Row {
    const char* text;
    const char* finding;
  };
  for (const Row& row : {
           Row{"", "f.yaml: error: is empty"},
           Row{"# only a comment\n", "f.yaml: error: is empty"},
           Row{"a: 1\n---\nb: 2\n",
               "f.yaml:2: error: a second YAML document starts here; put each capability into its "
               "own file"},
           Row{"a:\n  b: c: d\n",
               "f.yaml:2: error: is not YAML: mapping values are not allowed in this context"},
           Row{"a: [1, 2\n",
               "f.yaml:2: error: is not YAML: did not find expected ',' or ']' while parsing a "
               "flow sequence that begins in line 1"},
           Row{"a: *x\n", "f.yaml:1: error: is not YAML: nothing above is named &x"},
           Row{"a: &x\n  - *x\n",
               "f.yaml:2: error: an alias stands inside the value that it names"},
           Row{"\ta: 1\n",
               "f.yaml:1: error: is not YAML: found character that cannot start any token"},
       }) {
    EXPECT_EQ(Parse(row.text), nullptr) << row.text;
    EXPECT_EQ(First(), row.finding) << row.text;
  }
}

TEST_F(YamlTreeTest, AnAliasMeansTheValueThatWasNamedLast) {
  const auto root = Parse("a: &x 1\nb: *x\nc: &x 2\nd: *x\n");
  ASSERT_NE(root, nullptr) << First();
  EXPECT_EQ(root->Find("b")->text, "1");
  EXPECT_EQ(root->Find("d")->text, "2");
  EXPECT_EQ(Parse("a: &x 1\nb: &x [*x]\n"), nullptr);
}

TEST_F(YamlTreeTest, ATagSaysThatAValueIsATextAndNothingElse) {
  const auto root = Parse("a: !!str 5\nb: !!str\nc: ! ~\nd: !!int \"5\"\ne: !mine {f: g}\n");
  ASSERT_NE(root, nullptr) << First();
  EXPECT_TRUE(root->Find("a")->quoted);
  EXPECT_EQ(root->Find("b")->kind, YamlNode::Kind::kScalar);
  EXPECT_EQ(root->Find("c")->text, "~");
  ASSERT_EQ(findings_.size(), 2u);
  EXPECT_EQ(ToString(findings_[0]),
            "f.yaml:4: warning: the tag <tag:yaml.org,2002:int> is not read; the value counts as "
            "it is written");
  EXPECT_EQ(ToString(findings_[1]),
            "f.yaml:5: warning: the tag <!mine> is not read; the value counts as it is written");
  EXPECT_EQ(root->Find("e")->Find("f")->text, "g");
}

TEST_F(YamlTreeTest, ReportsEveryBadKeyAndGoesOn) {
  const auto root = Parse("a: 1\na: 2\n? [x]\n: 3\n<<: {b: 1}\nc: 4\n");
  ASSERT_NE(root, nullptr);
  ASSERT_EQ(findings_.size(), 3u);
  EXPECT_EQ(ToString(findings_[0]),
            "f.yaml:2: error: a: the key stands twice in one mapping, first in line 1");
  EXPECT_EQ(ToString(findings_[1]),
            "f.yaml:3: error: a key must be a text, but this one is a list");
  EXPECT_EQ(ToString(findings_[2]),
            "f.yaml:5: error: merge keys (\"<<\") are not read; write the keys out");
  EXPECT_EQ(root->Find("a")->text, "1");
  EXPECT_EQ(root->Find("c")->text, "4");
}

TEST_F(YamlTreeTest, RefusesTextsThatAreTooLarge) {
  EXPECT_EQ(Parse(std::string(kMaxYamlBytes + 1, '#')), nullptr);
  EXPECT_EQ(First(), "f.yaml: error: is larger than 4 MiB");
}

TEST_F(YamlTreeTest, RefusesTextsWhoseDirectivesWouldTakeMinutes) {
  std::string text;
  for (int i = 0; i < 150'000; ++i) text += "%TAG !a" + std::to_string(i) + "! x\n";
  EXPECT_EQ(Parse(text + "---\na: 1\n"), nullptr);
  EXPECT_EQ(First(), "f.yaml: error: holds more than 100 %TAG directives; no tag is read");
}

TEST_F(YamlTreeTest, RefusesDeepNestingOfEveryKind) {
  for (const char* opening : {"[", "{a: ", "- ", "? ", "- ? "}) {
    EXPECT_EQ(Parse(Repeat(opening, 20'000)), nullptr) << opening;
    EXPECT_NE(First().find("is nested deeper than 64 levels"), std::string::npos) << First();
  }
}

TEST_F(YamlTreeTest, AcceptsNestingUpToTheBound) {
  EXPECT_NE(Parse(Repeat("[", 64) + Repeat("]", 64)), nullptr) << First();
  EXPECT_EQ(Parse(Repeat("[", 65) + Repeat("]", 65)), nullptr);
}

TEST_F(YamlTreeTest, NestingByAliasesCounts) {
  std::string text = "a0: &a0 [x]\n";
  for (int i = 1; i < 70; ++i) {
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) +
            "]\n";
  }
  EXPECT_EQ(Parse(text), nullptr);
  EXPECT_EQ(First(), "f.yaml:64: error: is nested deeper than 64 levels");
}

TEST_F(YamlTreeTest, RefusesAliasBombs) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    const std::string alias = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + alias +
            Repeat(", " + alias, 9) + "]\n";
  }
  EXPECT_EQ(Parse(text), nullptr);
  EXPECT_EQ(First(),
            "f.yaml:6: error: holds more than 500000 values (an alias counts as what it stands "
            "for)");
}

TEST_F(YamlTreeTest, AliasesOfLongTextsWeighWhatTheyCopy) {
  EXPECT_EQ(
      Parse("a: &a " + std::string(1'000'000, 'x') + "\nb: [*a" + Repeat(", *a", 100) + "]\n"),
      nullptr);
  EXPECT_NE(First().find("f.yaml:2: error: holds more than"), std::string::npos) << First();
}

}  // namespace
}  // namespace portico::capability
