#include "core/plan/written_path.h"

#include <gtest/gtest.h>

namespace portico::plan {
namespace {

TEST(WrittenPathTest, KeepsWhatMayStandInAPath) {
  const char kPath[] = "/v1//a/{x}.json/{{y}}:run/%41/?b[]=c&d={e}/";
  EXPECT_EQ(CleanPath(kPath), kPath);
}

TEST(WrittenPathTest, EncodesWhiteSpaceOutsideBraces) {
  EXPECT_EQ(CleanPath("/a b/{c d}\t\n/e"), "/a%20b/{c d}%09%0A/e");
}

TEST(WrittenPathTest, CutsTheFragment) {
  EXPECT_EQ(CleanPath("/a/{b#c}#list"), "/a/{b#c}");
  EXPECT_EQ(CleanPath("#"), "");
}

TEST(WrittenPathTest, EncodesWhatMayNotStandThere) {
  EXPECT_EQ(CleanPath("/\"<[100%|\xC3\xA9"), "/%22%3C%5B100%25%7C%C3%A9");
}

TEST(WrittenPathTest, LeavesBracesThatDoNotMatchToTheTemplate) {
  EXPECT_EQ(CleanPath("/{a"), "/{a");
  EXPECT_EQ(CleanPath("/a}"), "/a}");
}

}  // namespace
}  // namespace portico::plan
