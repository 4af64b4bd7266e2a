#include "server/source_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace portico::server {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::Key;

class SourceFilesTest : public testing::Test {
 protected:
  SourceFilesTest() {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }

  std::string Write(const std::string& name, const std::string& text) {
    const fs::path path = folder_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text;
    return path.string();
  }

  const fs::path folder_ = fs::canonical(testing::TempDir()) /
                           testing::UnitTest::GetInstance()->current_test_info()->name();
  SourceFiles files_;
  capability::Findings findings_;
};

TEST_F(SourceFilesTest, AFileIsReadOnceAndAFolderListedOnce) {
  const std::string file = Write("a.yaml", "one");
  EXPECT_THAT(files_.List(folder_.string(), &findings_), ElementsAre(file));
  EXPECT_EQ(files_.Read(file), "one");
  Write("a.yaml", "two");
  Write("b.yaml", "three");
  EXPECT_THAT(files_.List(folder_.string(), &findings_), ElementsAre(file));
  EXPECT_EQ(files_.Read(file), "one");
  files_.Recount();
  EXPECT_EQ(files_.Read(file), "one");
}

TEST_F(SourceFilesTest, WhatIsWrongWithAFolderIsSaidToWhoeverAsks) {
  for (const std::size_t asked : {1u, 2u}) {
    EXPECT_TRUE(files_.List(folder_.string(), &findings_).empty());
    EXPECT_EQ(findings_.size(), asked);
  }
}

TEST_F(SourceFilesTest, OnlyWhatTheOperatorNamesMayBeAPipe) {
  const std::string pipe = (folder_ / "pipe").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(files_.Read(pipe), std::nullopt);  // and does not wait for a writer
}

TEST_F(SourceFilesTest, WhatIsMissingCountsUntilItIsThere) {
  const std::string file = (folder_ / "a.yaml").string();
  EXPECT_EQ(files_.Read(file), std::nullopt);
  EXPECT_THAT(files_.marks(), ElementsAre(Key(file)));
  Write("a.yaml", "");
  SourceFiles later;
  EXPECT_EQ(later.Read(file), "");
  EXPECT_FALSE(HoldTheSame(later.marks(), files_.marks()));
}

TEST_F(SourceFilesTest, AFileThatHoldsTheSameLooksOtherwise) {
  const std::string file = Write("a.yaml", "one");
  files_.Read(file);
  fs::remove(file);
  Write("other", "");  // takes the number of what was removed
  Write("a.yaml", "one");
  SourceFiles later;
  later.Read(file);
  EXPECT_TRUE(HoldTheSame(later.marks(), files_.marks()));
  EXPECT_NE(LooksOf(later.marks()), LooksOf(files_.marks()));
}

TEST_F(SourceFilesTest, AFolderAtALocationCountsWithAllThatLiesThere) {
  const std::string file = Write("a.yaml", "one");
  const std::string guide = Write("docs/guide.md", "Hello");
  const SourceFiles::Location location = {file, "docs"};
  files_.Count(location);
  EXPECT_THAT(files_.marks(), ElementsAre(Key(guide)));
  Write("docs/more.md", "");
  SourceFiles later;
  later.Count(location);
  EXPECT_FALSE(HoldTheSame(later.marks(), files_.marks()));
  fs::remove(folder_ / "docs/more.md");
  SourceFiles last;
  last.Count(location);
  EXPECT_TRUE(HoldTheSame(last.marks(), files_.marks()));
}

}  // namespace
}  // namespace portico::server
