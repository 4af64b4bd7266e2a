#include "gateway/openapi/comment_text.h"

#include "gtest/gtest.h"

namespace portico::openapi {
namespace {

struct Row {
  const char* name;
  const char* comment;
  const char* text;
};

class CommentTextTest : public testing::TestWithParam<Row> {};

TEST_P(CommentTextTest, ReadsWell) {
  EXPECT_EQ(CommentText(GetParam().comment, {{"total_tasks", "totalTasks"}}), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, CommentTextTest,
    testing::Values(Row{"Nothing", "", ""}, Row{"OneLine", " The id.\n", "The id."},
                    Row{"LinesOfAParagraphAreJoined", " A task\n of Backstage's.\n",
                        "A task of Backstage's."},
                    Row{"ParagraphsStayApart", " One.\n\n Two\n lines.\n", "One.\n\nTwo lines."},
                    Row{"FieldsAreCalledAsInJson", " See `total_tasks`, not total_tasks.",
                        "See `totalTasks`, not total_tasks."},
                    Row{"SentencesAboutTheRemainderGo",
                        " Null while open. It stands in `unmodeled_json` then. RFC 3339.",
                        "Null while open. RFC 3339."},
                    Row{"SoDoWholeParagraphs",
                        " A page.\n\n (An array would stand in `unmodeled_json`.)", "A page."},
                    Row{"TextWithoutAFullStop", " Kind, e.g. `log`", "Kind, e.g. `log`"}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace portico::openapi
