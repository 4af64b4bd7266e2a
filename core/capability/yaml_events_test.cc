#include "core/capability/yaml_events.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace portico::capability {
namespace {

using Kind = YamlEvent::Kind;

// One line per event; ends with "problem" where the text is not YAML.
std::string Told(absl::string_view text) {
  YamlEvents events(text);
  YamlEvent event;
  std::string told;
  do {
    if (!events.Next(&event)) {
      return absl::StrCat(told, "problem ", events.ProblemLine(), " ", events.Problem(), "\n");
    }
    constexpr const char* kNames[] = {"document", "scalar", "alias", "list", "map", "end", ""};
    absl::StrAppend(&told, kNames[static_cast<int>(event.kind)]);
    if (event.kind == Kind::kEnd) break;
    absl::StrAppend(&told, " ", event.line);
    if (!event.anchor.empty()) absl::StrAppend(&told, " &", event.anchor);
    if (!event.tag.empty()) absl::StrAppend(&told, " <", event.tag, ">");
    if (event.kind == Kind::kScalar) {
      absl::StrAppend(&told, event.plain ? " " : " quoted ", event.text);
    }
    absl::StrAppend(&told, "\n");
  } while (true);
  return told;
}

TEST(YamlEventsTest, TellsEveryEventWithItsLine) {
  EXPECT_EQ(Told("a: &x\n  - 1\n  - \"2\"\nb: *x\nc: |\n  text\nd: !!str 5\n"),
            "document 1\nmap 1\nscalar 1 a\nlist 1 &x\nscalar 2 1\nscalar 3 quoted 2\nend 4\n"
            "scalar 4 b\nalias 4 &x\nscalar 5 c\nscalar 5 quoted text\n\nscalar 7 d\n"
            "scalar 7 <tag:yaml.org,2002:str> 5\nend 8\n");
}

TEST(YamlEventsTest, AMissingValueStandsInTheLineOfItsKey) {
  EXPECT_EQ(Told("a:\n\n\nb:\n  -\n"),
            "document 1\nmap 1\nscalar 1 a\nscalar 1 \nscalar 4 b\nlist 5\nscalar 5 \nend 6\n"
            "end 6\n");
}

TEST(YamlEventsTest, ReadsJson) {
  EXPECT_EQ(Told("{\"a\":1,\n\t\"b\\/\":[true,\"\\u00e9\\n\"]}"),
            "document 1\nmap 1\nscalar 1 quoted a\nscalar 1 1\nscalar 2 quoted b/\nlist 2\n"
            "scalar 2 true\nscalar 2 quoted \u00e9\n\nend 2\nend 2\n");
}

TEST(YamlEventsTest, ReadsTextsWithABytesOrderMark) {
  EXPECT_EQ(Told("\xEF\xBB\xBFx"), "document 1\nscalar 1 x\n");
  EXPECT_EQ(Told(absl::string_view("\xFF\xFEx\0", 4)), "document 1\nscalar 1 x\n");
}

TEST(YamlEventsTest, SaysWhatIsWrongWhereAndSinceWhere) {
  EXPECT_EQ(Told("a:\n  b: [1, 2\nc: 3\n"),
            "document 1\nmap 1\nscalar 1 a\nmap 2\nscalar 2 b\nlist 2\nscalar 2 1\nscalar 2 2 c\n"
            "problem 3 did not find expected ',' or ']' while parsing a flow sequence that begins "
            "in line 2\n");
}

TEST(YamlEventsTest, KnowsTheLineOfBytesThatAreNoText) {
  EXPECT_EQ(Told("a: 1\nb: \xFF\n"), "problem 2 invalid leading UTF-8 octet\n");
  EXPECT_EQ(Told(absl::string_view("a\n\nb\0c", 6)),
            "problem 3 control characters are not allowed\n");
}

TEST(YamlEventsTest, SuggestsWhatIsOftenMeant) {
  const auto fix = [](absl::string_view text) {
    YamlEvents events(text);
    YamlEvent event;
    while (events.Next(&event)) {
      if (event.kind == Kind::kEnd) return std::string("no problem");
    }
    return std::string(events.Fix());
  };
  EXPECT_NE(fix("a: b: c\n").find("quotes where it holds \": \""), std::string::npos);
  EXPECT_NE(fix("a:\n\tb: c\n").find("spaces rather than tabs"), std::string::npos);
  EXPECT_EQ(fix("a: [\n"), "");
}

}  // namespace
}  // namespace portico::capability
