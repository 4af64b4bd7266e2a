#include "core/plan/name_folding.h"

#include <gtest/gtest.h>

namespace portico::plan {
namespace {

TEST(NameFoldingTest, FoldsAsThePublishedFilesWereMade) {
  struct Row {
    const char* name;
    const char* folded;
    const char* squeezed;
  };
  for (const Row& row :
       {Row{"taskId", "taskid", "taskid"}, Row{"v64.0", "v64-0", "v640"},
        Row{"issue_number", "issue-number", "issuenumber"},
        Row{"{blog_id}.json", "blog-id-json", "blogidjson"}, Row{"a[b]", "a-b", "ab"},
        Row{"--a--b--", "a-b", "ab"}, Row{"\xc3\xa9", "", ""}, Row{"", "", ""}}) {
    EXPECT_EQ(FoldName(row.name), row.folded);
    EXPECT_EQ(SqueezeName(row.name), row.squeezed);
  }
}

TEST(NameFoldingTest, TheSameSpellingWinsOverTheSameFolding) {
  EXPECT_EQ(FindName({"TaskId", "taskid", "task-id"}, "taskid"), 1u);
}

TEST(NameFoldingTest, TheSameFoldingWinsOverTheSameSqueezing) {
  EXPECT_EQ(FindName({"issuenumber", "issue_number"}, "issue-number"), 1u);
  EXPECT_EQ(FindName({"other", "issueNumber"}, "issue-number"), 1u);
}

TEST(NameFoldingTest, FindsNothingWhereNothingFits) {
  EXPECT_EQ(FindName({"a", "b"}, "c"), std::nullopt);
  EXPECT_EQ(FindName({"\xc3\xa9", "-"}, "\xc3\xa8"), std::nullopt);
}

TEST(NameFoldingTest, WireNameIsTheFirstWord) {
  EXPECT_EQ(WireName("limit\n(at most 100)"), "limit");
  EXPECT_EQ(WireName("  a[b] "), "a[b]");
  EXPECT_EQ(WireName(" \n"), "");
}

}  // namespace
}  // namespace portico::plan
