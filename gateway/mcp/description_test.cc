#include "gateway/mcp/description.h"

#include <gtest/gtest.h>

#include <string>

namespace portico::mcp {
namespace {

TEST(DescriptionTest, LeavesOutWhereOurFilesAreFrom) {
  EXPECT_EQ(Description("What to run.\n\nRender's OpenAPI document."), "What to run.");
  EXPECT_EQ(Description("Recorded from life.\n\nMore."), "Recorded from life.\n\nMore.");
}

TEST(DescriptionTest, EndsWithASentenceWithinTheLimit) {
  EXPECT_EQ(Description("One two. Three four. Five six.", 22), "One two. Three four.");
  EXPECT_EQ(Description("ääääääää", 9), "äää…");
}

TEST(WithWordsTest, ReplacesWholeWords) {
  EXPECT_EQ(WithWords("(GetTask) GetTaskLogs, GetTask", {{"GetTask", "`get`"}}),
            "(`get`) GetTaskLogs, `get`");
  EXPECT_EQ(WithWords("ä a_b", {{"b", "x"}}), "ä a_b");
}

TEST(SentenceTest, EndsInAFullStop) {
  EXPECT_EQ(Sentence("List tasks "), "List tasks.");
  EXPECT_EQ(Sentence("Done."), "Done.");
  EXPECT_EQ(Sentence(""), "");
}

}  // namespace
}  // namespace portico::mcp
