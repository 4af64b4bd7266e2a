#include "core/plan/path_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace portico::plan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string Str(absl::string_view text) { return std::string(text); }

std::string ParseError(const std::string& text) {
  const auto path = PathTemplate::Parse(text);
  EXPECT_EQ(path.status().code(), absl::StatusCode::kInvalidArgument) << text;
  return Str(path.status().message());
}

std::string Expand(const std::string& text, const std::vector<std::string>& values) {
  const auto expanded = PathTemplate::Parse(text).value().Expand(values);
  return expanded.ok() ? *expanded : Str(expanded.status().message());
}

// The values, or "no" alone.
std::vector<std::string> Match(const std::string& text, const std::string& path) {
  std::vector<std::string> values = {"stale"};
  const bool matched = PathTemplate::Parse(text).value().Match(path, &values);
  if (matched) return values;
  EXPECT_THAT(values, IsEmpty()) << path;
  return {"no"};
}

TEST(PathTemplateTest, ParsesPlaceholdersInSingleAndDoubleBraces) {
  const auto path = PathTemplate::Parse("/a/{taskId}/{{ other }}.json").value();
  EXPECT_THAT(path.placeholders(), ElementsAre("taskId", "other"));
  EXPECT_EQ(path.text(), "/a/{taskId}/{{ other }}.json");
  EXPECT_EQ(path.Shape(), "/a/{}/{}.json");
}

TEST(PathTemplateTest, ParsesPathsWithoutPlaceholders) {
  for (const char* text : {"", "/", "/v64.0/x", "//a//", "/a/", "/a:verb", "/%7Euser/@me;v=1"}) {
    const auto path = PathTemplate::Parse(text);
    ASSERT_TRUE(path.ok()) << text << path.status();
    EXPECT_THAT(path->placeholders(), IsEmpty());
    EXPECT_EQ(*path->Expand({}), text);
    EXPECT_EQ(path->Shape(), text);
  }
}

TEST(PathTemplateTest, ListsARepeatedNameTwice) {
  EXPECT_THAT(PathTemplate::Parse("/{a}/{b}/{a}").value().placeholders(),
              ElementsAre("a", "b", "a"));
}

TEST(PathTemplateTest, ParseFailsAtTheColumn) {
  EXPECT_EQ(ParseError("tasks"), "column 1: a path begins with \"/\"");
  EXPECT_EQ(ParseError("/a/{id"), "column 4: \"{\" is never closed");
  EXPECT_EQ(ParseError("/a/{{id}"), "column 4: \"{\" is never closed");
  EXPECT_EQ(ParseError("/a/id}"), "column 6: \"}\" closes no placeholder");
  EXPECT_EQ(ParseError("/a/{}"), "column 4: a placeholder needs a name");
  EXPECT_EQ(ParseError("/a/{ }"), "column 4: a placeholder needs a name");
  EXPECT_EQ(ParseError("/a/{b{c}"), "column 4: a placeholder may not hold \"{\", \"}\" or \"/\"");
  EXPECT_EQ(ParseError("/a/{b/c}"), "column 4: a placeholder may not hold \"{\", \"}\" or \"/\"");
  EXPECT_EQ(ParseError("/a%2"), "column 3: \"%\" must be followed by two hex digits");
  EXPECT_EQ(ParseError("/a#b"), "column 3: \"#\" ends a path");
}

TEST(PathTemplateTest, ParseFailsOnCharactersThatMayNotStandInAPath) {
  for (char c :
       {' ', '"', '<', '>', '\\', '^', '`', '|', '[', '\t', '\n', '\r', '\0', '\x7f', '\xc3'}) {
    EXPECT_THAT(ParseError(absl::StrCat("/a", std::string(1, c))),
                HasSubstr("column 3: this character may not stand in a path"));
  }
}

TEST(PathTemplateTest, ParseFailsOnDotSegments) {
  EXPECT_EQ(ParseError("/a/../b"), "column 4: a segment \"..\" leads to another path");
  EXPECT_EQ(ParseError("/a/%2E%2e"), "column 4: a segment \"..\" leads to another path");
  EXPECT_EQ(ParseError("/./a"), "column 2: a segment \".\" leads to another path");
  EXPECT_EQ(ParseError("/{a?}/../b"), "column 7: a segment \"..\" leads to another path");
  EXPECT_TRUE(PathTemplate::Parse("/a?b=/../c").ok());
  EXPECT_TRUE(PathTemplate::Parse("/.well-known/...").ok());
}

TEST(PathTemplateTest, ParseIsBounded) {
  EXPECT_TRUE(PathTemplate::Parse("/" + std::string(PathTemplate::kMaxBytes - 1, 'a')).ok());
  EXPECT_EQ(ParseError("/" + std::string(PathTemplate::kMaxBytes, 'a')),
            "column 2049: a path has at most 2048 bytes");
  std::string text;
  for (std::size_t i = 0; i < PathTemplate::kMaxPlaceholders; ++i) text += "/{a}";
  EXPECT_TRUE(PathTemplate::Parse(text).ok());
  EXPECT_THAT(ParseError(text + "/{a}"), HasSubstr("a path has at most 32 placeholders"));
}

TEST(PathTemplateTest, ExpandEncodesAllButUnreserved) {
  EXPECT_EQ(Expand("/t/{a}", {"Az09-._~"}), "/t/Az09-._~");
  EXPECT_EQ(Expand("/t/{a}", {"a/b c?#%+:@"}), "/t/a%2Fb%20c%3F%23%25%2B%3A%40");
  EXPECT_EQ(Expand("/t/{a}", {"\xc3\xa9\xff"}), "/t/%C3%A9%FF");
  EXPECT_EQ(Expand("/{{a}}-x-{b}.zip/", {"1", "2"}), "/1-x-2.zip/");
  EXPECT_EQ(Expand("/{a}{{b}}", {"1", "2"}), "/12");
}

TEST(PathTemplateTest, ExpandFailsOnValuesThatWouldReachAnotherResource) {
  EXPECT_EQ(Expand("/t/{id}/x", {""}),
            "id: must not be empty: the path would name another resource");
  for (const char* value : {".", ".."}) {
    EXPECT_EQ(Expand("/t/{id}/x", {value}),
              "id: must not be \".\" or \"..\": the path would name another resource");
  }
  for (const std::string& value : {std::string("a\rb"), std::string("\n"), std::string("a\0", 2)}) {
    EXPECT_EQ(Expand("/t/{id}/x", {value}), "id: must not hold CR, LF or NUL");
  }
  EXPECT_EQ(Expand("/t/{id}", {"..."}), "/t/...");
}

TEST(PathTemplateTest, ExpandFailsOnTheWrongNumberOfValues) {
  const auto path = PathTemplate::Parse("/t/{id}").value();
  EXPECT_EQ(path.Expand({}).status().code(), absl::StatusCode::kInternal);
  EXPECT_EQ(path.Expand({"a", "b"}).status().code(), absl::StatusCode::kInternal);
}

TEST(PathTemplateTest, MatchDecodesValues) {
  EXPECT_THAT(Match("/t/{id}/x", "/t/a%2Fb%20c/x"), ElementsAre("a/b c"));
  EXPECT_THAT(Match("/t/{id}", "/t/%c3%A9"), ElementsAre("\xc3\xa9"));
  EXPECT_THAT(Match("/t/{id}", "/t/+"), ElementsAre("+"));
}

TEST(PathTemplateTest, MatchComparesTheWholePath) {
  EXPECT_THAT(Match("/t", "/t"), IsEmpty());
  EXPECT_THAT(Match("/t", "/t/"), ElementsAre("no"));
  EXPECT_THAT(Match("/t/", "/t"), ElementsAre("no"));
  EXPECT_THAT(Match("/t", "/T"), ElementsAre("no"));
  EXPECT_THAT(Match("/t/{id}", "/t/a/b"), ElementsAre("no"));
  EXPECT_THAT(Match("/t/{id}", "/t/"), ElementsAre("no"));
  EXPECT_THAT(Match("/t/{id}/x", "/t//x"), ElementsAre("no"));
  EXPECT_THAT(Match("/t/{id}/x", "/t/a/y"), ElementsAre("no"));
  EXPECT_THAT(Match("/t/{id}/x", "/t/a"), ElementsAre("no"));
  EXPECT_THAT(Match("/{a}/{b}", "/1/2"), ElementsAre("1", "2"));
  EXPECT_THAT(Match("", ""), IsEmpty());
  EXPECT_THAT(Match("", "/"), ElementsAre("no"));
}

TEST(PathTemplateTest, MatchReadsPlaceholdersInsideASegment) {
  EXPECT_THAT(Match("/b/{id}.json", "/b/7.json"), ElementsAre("7"));
  EXPECT_THAT(Match("/b/{id}.json", "/b/a.json.json"), ElementsAre("a.json"));
  EXPECT_THAT(Match("/b/{id}.json", "/b/.json"), ElementsAre("no"));
  EXPECT_THAT(Match("/b/{id}.json", "/b/7.xml"), ElementsAre("no"));
  EXPECT_THAT(Match("/{a}-x-{b}.zip", "/1-x-2-x-3.zip"), ElementsAre("1", "2-x-3"));
  EXPECT_THAT(Match("/{a}-{b}/{c}", "/-1/2"), ElementsAre("no"));
  EXPECT_THAT(Match("/{a}-{b}/{c}", "/1-2/3"), ElementsAre("1", "2", "3"));
  EXPECT_THAT(Match("/{a}-{b}/{c}", "/1/2-3"), ElementsAre("no"));
  EXPECT_THAT(Match("/{a}2{b}", "/%2Fx2y"), ElementsAre("/x", "y"));
  EXPECT_THAT(Match("/v{a}:run", "/v1:run"), ElementsAre("1"));
}

TEST(PathTemplateTest, MatchFailsOnIncompleteEscapes) {
  for (const char* path : {"/t/%", "/t/%2", "/t/%zz", "/t/a%2x"}) {
    EXPECT_THAT(Match("/t/{id}", path), ElementsAre("no")) << path;
  }
}

TEST(PathTemplateTest, MatchReadsWhatExpandWrote) {
  for (const char* text : {"/t/{a}", "/{a}/x/{b}", "/{a}.json", "/p-{a}/{b}:run"}) {
    const auto path = PathTemplate::Parse(text).value();
    for (const char* value : {"x", "a/b", "%2F", " ", "\xf0\x9f\x9a\xaa", ".json", "..."}) {
      const std::vector<std::string> values(path.placeholders().size(), value);
      std::vector<std::string> read;
      ASSERT_TRUE(path.Match(path.Expand(values).value(), &read)) << text << " " << value;
      EXPECT_EQ(read, values) << text;
    }
  }
}

TEST(PathTemplateTest, PlusPlaceholderKeepsSlashes) {
  const PathTemplate path = PathTemplate::Parse("/files/{name+}").value();
  EXPECT_EQ(path.placeholders(), std::vector<std::string>{"name"});
  EXPECT_EQ(path.Expand({"a b/c"}).value(), "/files/a%20b/c");
  for (const char* wrong : {"", "..", "a/../b", "a//b", "/a", "a/", "./a"}) {
    EXPECT_FALSE(path.Expand({wrong}).ok()) << wrong;
  }
}

TEST(PathTemplateTest, QueryOfAPathIsPartOfIt) {
  const PathTemplate path = PathTemplate::Parse("/a/{x}?kind[]=b&at={y}").value();
  EXPECT_TRUE(path.has_query());
  EXPECT_FALSE(path.InQuery(0));
  EXPECT_TRUE(path.InQuery(1));
  EXPECT_EQ(path.Expand({"1", "../2"}).value(), "/a/1?kind[]=b&at=..%2F2");
  EXPECT_EQ(path.Expand({"1", ""}).value(), "/a/1?kind[]=b&at=");
  EXPECT_FALSE(path.Expand({"..", "2"}).ok());
  EXPECT_FALSE(path.Expand({"1", "a\nb"}).ok());
  EXPECT_FALSE(PathTemplate::Parse("/a").value().has_query());
}

}  // namespace
}  // namespace portico::plan
