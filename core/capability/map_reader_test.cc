#include "core/capability/map_reader.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace portico::capability {
namespace {

class MapReaderTest : public testing::Test {
 protected:
  MapReader Read(const std::string& text) {
    log_ = std::make_unique<FindingLog>("f.yaml", &findings_);
    root_ = ParseYaml(text, log_.get());
    return MapReader(*root_, {1, "root"}, "a thing", log_.get());
  }
  std::string Only() const {
    return findings_.size() == 1 ? ToString(findings_[0]) : std::to_string(findings_.size());
  }

  Findings findings_;
  std::unique_ptr<FindingLog> log_;
  std::shared_ptr<const YamlNode> root_;
};

TEST_F(MapReaderTest, ReadsScalarsWithTheirLines) {
  MapReader reader = Read("a: x\nb: 8080\n");
  EXPECT_EQ(reader.Optional("a").text, "x");
  const Text b = reader.Required("b");
  EXPECT_EQ(b.text, "8080");
  EXPECT_EQ(b.line, 2);
  EXPECT_FALSE(reader.Optional("c").present());
  reader.Finish();
  EXPECT_TRUE(findings_.empty());
}

TEST_F(MapReaderTest, AMissingKeyIsAnErrorOfTheMapping) {
  MapReader reader = Read("a: x\n");
  EXPECT_FALSE(reader.Required("name").present());
  EXPECT_EQ(Only(), "f.yaml:1: error: root.name: is missing; a thing needs it");
}

TEST_F(MapReaderTest, AnEmptyRequiredKeyIsAnError) {
  MapReader reader = Read("a: x\nname:\n");
  reader.Required("name");
  EXPECT_EQ(Only(), "f.yaml:2: error: root.name: is empty; a thing needs it");
}

TEST_F(MapReaderTest, NothingMeansWhatAMissingKeyDoes) {
  MapReader reader = Read("a:\nb: ~\nc: ''\n");
  EXPECT_FALSE(reader.Optional("a").present());
  EXPECT_FALSE(reader.Optional("b").present());
  EXPECT_TRUE(reader.Optional("c").present());
  EXPECT_TRUE(findings_.empty());
}

TEST_F(MapReaderTest, EntriesOfNothingAreWarnedOf) {
  MapReader reader = Read("with:\n  a:\n  b: ''\n");
  std::vector<Entry> entries;
  EXPECT_TRUE(reader.Entries("with", &entries));
  EXPECT_EQ(entries.size(), 2u);
  EXPECT_EQ(Only(),
            "f.yaml:2: warning: root.with.a: is empty and read as an empty text; write \"\" for "
            "that, or leave it out");
  findings_.clear();
  MapReader empty = Read("a: x\nwith:\n");
  EXPECT_TRUE(empty.Entries("with", &entries));
  EXPECT_EQ(Only(), "f.yaml:2: warning: root.with: is empty; write {} for that, or leave it out");
}

TEST_F(MapReaderTest, AWrongKindIsAnErrorOfItsPlace) {
  MapReader reader = Read("a:\n  - x\nb: text\n");
  EXPECT_FALSE(reader.Optional("a").present());
  EXPECT_EQ(Only(), "f.yaml:2: error: root.a: must be a text, but is a list");
  findings_.clear();
  EXPECT_EQ(reader.Each("b", "name", "an item", [](MapReader&) {}), 0u);
  EXPECT_EQ(Only(), "f.yaml:3: error: root.b: must be a list, but is a text");
}

TEST_F(MapReaderTest, ARequiredKeyOfTheWrongKindIsReportedOnce) {
  MapReader reader = Read("name: [x]\n");
  reader.Required("name");
  EXPECT_EQ(Only(), "f.yaml:1: error: root.name: must be a text, but is a list");
}

TEST_F(MapReaderTest, ANodeThatIsNoMappingReadsAsEmpty) {
  MapReader reader = Read("[x]\n");
  EXPECT_FALSE(reader.valid());
  EXPECT_FALSE(reader.Required("name").present());
  reader.Finish();
  EXPECT_EQ(Only(), "f.yaml:1: error: root: must be a mapping, but is a list");
}

TEST_F(MapReaderTest, UnknownKeysAreWarnedOfWithASuggestion) {
  MapReader reader = Read("a: x\ndescripton: y\n");
  reader.Optional("a");
  reader.Ignore({"description"});
  reader.Finish();
  EXPECT_EQ(Only(),
            "f.yaml:2: warning: root.descripton: is not a known key of a thing and has no effect; "
            "did you mean \"description\"?");
}

TEST_F(MapReaderTest, BooleansAreTrueOrFalse) {
  MapReader reader = Read("a: true\nb: False\nc: yes\nd: \"true\"\n");
  EXPECT_TRUE(reader.Bool("a").value);
  EXPECT_TRUE(reader.Bool("b").present());
  EXPECT_FALSE(reader.Bool("b").value);
  EXPECT_FALSE(reader.Bool("e").present());
  EXPECT_TRUE(findings_.empty());
  reader.Bool("c");
  EXPECT_EQ(Only(), "f.yaml:3: error: root.c: must be true or false");
  findings_.clear();
  reader.Bool("d");
  EXPECT_EQ(Only(), "f.yaml:4: error: root.d: must be true or false");
}

TEST_F(MapReaderTest, AbsentEntriesAreNotEmptyOnes) {
  MapReader reader = Read("a: {}\nb: {x: 1}\nc:\n");
  std::vector<Entry> entries;
  EXPECT_TRUE(reader.Entries("a", &entries));
  EXPECT_TRUE(reader.Entries("c", &entries));
  EXPECT_FALSE(reader.Entries("d", &entries));
  EXPECT_TRUE(entries.empty());
  EXPECT_TRUE(reader.Entries("b", &entries));
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].name.text, "x");
  EXPECT_EQ(entries[0].value.text, "1");
}

TEST_F(MapReaderTest, ListsAndKeyedMappingsReadAlike) {
  MapReader reader = Read("a:\n- name: x\n- name: y\nb:\n  p: {}\n  q: {}\n");
  std::string names;
  const auto visit = [&](MapReader& item) {
    names += item.position().key + "=" + item.Required("name").text + " ";
  };
  EXPECT_EQ(reader.Each("a", "name", "an item", visit), 2u);
  EXPECT_EQ(reader.Each("b", "name", "an item", visit), 2u);
  EXPECT_EQ(names, "root.a[0]=x root.a[1]=y root.b.p=p root.b.q=q ");
  EXPECT_TRUE(findings_.empty());
}

TEST_F(MapReaderTest, UnsupportedKeysWarnAndRefusedOnesFail) {
  MapReader reader = Read("a: 1\nb: 2\n");
  EXPECT_TRUE(reader.Unsupported("a", "is not served"));
  EXPECT_TRUE(reader.Refused("b", "cannot be called"));
  EXPECT_FALSE(reader.Refused("c", "cannot be called"));
  reader.Finish();
  ASSERT_EQ(findings_.size(), 2u);
  EXPECT_EQ(ToString(findings_[0]), "f.yaml:1: warning: root.a: is not served");
  EXPECT_EQ(ToString(findings_[1]), "f.yaml:2: error: root.b: cannot be called");
}

TEST_F(MapReaderTest, LongNamesAreShortenedInPaths) {
  // 65 bytes, the last two of them one letter.
  MapReader reader = Read(std::string(63, 'k') + "\u00e9: 1\n");
  reader.Finish();
  ASSERT_EQ(findings_.size(), 1u);
  EXPECT_EQ(findings_[0].key, "root." + std::string(63, 'k') + "...");
}

}  // namespace
}  // namespace portico::capability
