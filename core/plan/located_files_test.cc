#include "core/plan/located_files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"

namespace portico::plan {
namespace {

namespace fs = std::filesystem;

class LocatedFilesTest : public testing::Test {
 protected:
  LocatedFilesTest() : root_(fs::path(testing::TempDir()) / "located") {
    fs::remove_all(root_);
    Write("outside.txt", "secret");
    Write("home/docs/b.md", "b");
    Write("home/docs/a/a.txt", "a");
    Write("home/docs/.hidden", "h");
    fs::create_symlink(root_ / "outside.txt", root_ / "home/docs/link.txt");
  }
  ~LocatedFilesTest() override { fs::remove_all(root_); }

  void Write(const std::string& path, const std::string& text) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }
  auto Read(const std::string& location) {
    return ReadLocation((root_ / "home/f.yaml").string(), location);
  }

  const fs::path root_;
};

TEST_F(LocatedFilesTest, ReadsAFolderInOrder) {
  const auto files = Read("docs");
  ASSERT_TRUE(files.ok()) << files.status();
  ASSERT_EQ(files->size(), 2u);  // neither what is hidden nor a link that leads out
  EXPECT_EQ(files->at(0).path, "a/a.txt");
  EXPECT_EQ(files->at(0).bytes, "a");
  EXPECT_EQ(files->at(1).path, "b.md");
}

TEST_F(LocatedFilesTest, ListsWhereTheFilesAreLinksFollowed) {
  fs::create_symlink("b.md", root_ / "home/docs/c.md");
  const auto paths = ListLocation((root_ / "home/f.yaml").string(), "docs");
  ASSERT_TRUE(paths.ok()) << paths.status();
  ASSERT_EQ(paths->size(), 3u);
  EXPECT_EQ(paths->at(2).path, "c.md");
  EXPECT_EQ(paths->at(2).file, fs::canonical(root_ / "home/docs/b.md").string());
}

TEST_F(LocatedFilesTest, ReadsOneFile) {
  const auto files = Read(absl::StrCat("file://", (root_ / "home/docs/b.md").string()));
  ASSERT_TRUE(files.ok()) << files.status();
  ASSERT_EQ(files->size(), 1u);
  EXPECT_EQ(files->front().path, "");
  EXPECT_EQ(files->front().bytes, "b");
}

TEST_F(LocatedFilesTest, RefusesWhatLiesOutside) {
  for (const char* location : {"..", "../outside.txt", "docs/../../outside.txt", "docs/link.txt",
                               "/", "file:///etc", "file:///etc/passwd"}) {
    EXPECT_EQ(Read(location).status().code(), absl::StatusCode::kPermissionDenied) << location;
  }
  EXPECT_EQ(Read("nothing").status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Read("http://a").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(LocatedFilesTest, AWorkingFolderThatIsGoneIsNoFolder) {
  const fs::path before = fs::current_path();
  fs::create_directories(root_ / "gone");
  fs::current_path(root_ / "gone");
  fs::remove(root_ / "gone");
  EXPECT_EQ(ListLocation("f.yaml", "docs").status().code(), absl::StatusCode::kNotFound);
  fs::current_path(before);
}

}  // namespace
}  // namespace portico::plan
