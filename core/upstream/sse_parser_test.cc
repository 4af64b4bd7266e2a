#include "core/upstream/sse_parser.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace portico::upstream {
namespace {

using std::string_literals::operator""s;  // NOLINT(misc-unused-using-decls): it is used

// "id|event|data" of each event; "*" after an id that the frame itself had,
// "retry=N|" before.
struct Parsed {
  std::vector<std::string> events;
  absl::Status status;
  std::string last_event_id;
  std::optional<std::uint32_t> retry_ms;
};

Parsed Parse(const std::vector<std::string>& pieces, std::size_t max = 1 << 20) {
  Parsed parsed;
  SseParser parser(max);
  for (const std::string& piece : pieces) {
    parsed.status = parser.Feed(piece, [&](const SseEvent& event) {
      std::string text = event.retry_ms ? absl::StrCat("retry=", *event.retry_ms, "|") : "";
      absl::StrAppend(&text, event.id, event.has_id ? "*" : "", "|", event.event, "|", event.data);
      parsed.events.push_back(text);
    });
    if (!parsed.status.ok()) break;
  }
  parsed.last_event_id = parser.last_event_id();
  parsed.retry_ms = parser.retry_ms();
  return parsed;
}

struct Row {
  const char* claim;
  std::string stream;
  std::vector<std::string> events;
};

const Row kRows[] = {
    {"a data line and a blank line make an event", "data: x\n\n", {"||x"}},
    {"data lines are joined by LF", "data: a\ndata: b\ndata:c\n\n", {"||a\nb\nc"}},
    {"one leading space goes, more stay", "data:  a\n\n", {"|| a"}},
    {"a data line without value is an empty event", "data\n\n", {"||"}},
    {"two data lines without value make one LF", "data\ndata:\n\n", {"||\n"}},
    {"event names the event", "event: log\ndata: x\n\n", {"|log|x"}},
    {"an event's name does not outlive its frame",
     "event: log\ndata: x\n\ndata: y\n\n",
     {"|log|x", "||y"}},
    {"id is inherited by later events", "id: 7\ndata: a\n\ndata: b\n\n", {"7*||a", "7||b"}},
    {"an empty id resets it", "id: 7\ndata: a\n\nid\ndata: b\n\n", {"7*||a", "*||b"}},
    {"an id with NUL is ignored", "id: 7\ndata: a\n\nid: 8\0\ndata: b\n\n"s, {"7*||a", "7||b"}},
    {"a frame without data is no event but sets the id", "id: 7\n\ndata: a\n\n", {"7||a"}},
    {"retry takes digits", "retry: 2000\ndata: a\n\n", {"retry=2000|||a"}},
    {"retry with anything else is ignored", "retry: 2s\nretry: -1\nretry:\ndata: a\n\n", {"||a"}},
    {"retry saturates", "retry: 99999999999999999999\ndata: a\n\n", {"retry=4294967295|||a"}},
    {"comments are skipped", ": ping\n\n:\ndata: a\n: in between\ndata: b\n\n", {"||a\nb"}},
    {"unknown fields are ignored", "foo: bar\ndata: a\nDATA: b\n data: c\n\n", {"||a"}},
    {"a colon in the value stays", "data: a:b: c\n\n", {"||a:b: c"}},
    {"CRLF ends lines", "event: e\r\ndata: a\r\n\r\n", {"|e|a"}},
    {"CR ends lines", "event: e\rdata: a\r\r", {"|e|a"}},
    {"line ends mix", "data: a\r\ndata: b\rdata: c\n\r\n", {"||a\nb\nc"}},
    {"a CR at the end ends its line at once", "data: a\n\r", {"||a"}},
    {"a leading byte order mark is skipped",
     "\xEF\xBB\xBF"
     "data: a\n\n",
     {"||a"}},
    {"only the first byte order mark is",
     "\xEF\xBB\xBF\xEF\xBB\xBF"
     "data: a\n\n",
     {}},
    {"a later byte order mark is part of a name",
     "data: a\n\n\xEF\xBB\xBF"
     "data: b\n\n",
     {"||a"}},
    {"half a byte order mark is part of a name",
     "\xEF\xBB"
     "data: a\n\ndata: b\n\n",
     {"||b"}},
    {"blank lines alone are nothing", "\n\n\r\n\r\r\n", {}},
    {"an unfinished frame is dropped", "data: a\n\ndata: b\n", {"||a"}},
    {"an unfinished line is dropped", "data: a\n\ndata: b", {"||a"}},
    {"JSON over lines without data: is no event", "{\n  \"a\": 1\n}\n", {}},
    {"the data's bytes are left alone", "data: \xFF\0x\n\n"s, {"||\xFF\0x"s}},
};

TEST(SseParserTest, FollowsTheRulesRowByRow) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.claim);
    EXPECT_EQ(Parse({row.stream}).events, row.events);
  }
}

TEST(SseParserTest, EventsDoNotDependOnTheCuts) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.claim);
    std::vector<std::string> bytewise;
    for (const char c : row.stream) bytewise.emplace_back(1, c);
    EXPECT_EQ(Parse(bytewise).events, row.events);
    for (std::size_t cut = 0; cut <= row.stream.size(); ++cut) {
      EXPECT_EQ(Parse({row.stream.substr(0, cut), "", row.stream.substr(cut)}).events, row.events)
          << "cut at " << cut;
    }
  }
}

TEST(SseParserTest, RetryOfAFrameWithoutDataIsNotLost) {
  const Parsed parsed = Parse({"retry: 2000\n: ping\n\ndata: a\n\n"});
  EXPECT_EQ(parsed.events, std::vector<std::string>{"||a"});
  EXPECT_EQ(parsed.retry_ms, 2000u);
}

TEST(SseParserTest, IdOfAnUnfinishedFrameIsNotTheLastId) {
  EXPECT_EQ(Parse({"id: 1\ndata: a\n\nid: 2\ndata: b\n"}).last_event_id, "1");
}

TEST(SseParserTest, FrameAtTheLimitPassesAndOneByteMoreFails) {
  const std::string frame = "data: " + std::string(94, 'x');  // a line of 100 bytes
  EXPECT_EQ(Parse({frame + "\n\n"}, 100).events.size(), 1u);
  const Parsed over = Parse({"data: a\n\n" + frame + "x\n\n"}, 100);
  EXPECT_EQ(over.status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(over.events.size(), 1u);
}

TEST(SseParserTest, LimitHoldsForALineThatNeverEnds) {
  SseParser parser(1000);
  absl::Status status;
  std::size_t fed = 0;
  while (status.ok() && fed < 5000) {
    status = parser.Feed("xxxxxxxxxx", [](const SseEvent&) { FAIL(); });
    fed += 10;
  }
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(fed, 1010u);
}

TEST(SseParserTest, LimitHoldsForManySmallLines) {
  std::string lines;
  for (int i = 0; i < 20; ++i) lines += "data: 1234\n";
  EXPECT_FALSE(Parse({lines}, 100).status.ok());
}

TEST(SseParserTest, CommentsAreFreeHoweverLong) {
  const std::string comment = ":" + std::string(10000, 'c');
  EXPECT_EQ(Parse({comment, comment, "\ndata: a\n\n"}, 100).events,
            std::vector<std::string>{"||a"});
  EXPECT_EQ(Parse({comment + "\n" + comment + "\ndata: a\n\n"}, 100).events,
            std::vector<std::string>{"||a"});
}

TEST(SseParserTest, StaysFailed) {
  SseParser parser(10);
  EXPECT_FALSE(parser.Feed("data: 123456789\n", [](const SseEvent&) {}).ok());
  EXPECT_FALSE(parser.Feed("\n\ndata: a\n\n", [](const SseEvent&) { FAIL(); }).ok());
}

TEST(SseParserTest, LargeFrameOverManyReadsArrivesWhole) {
  std::vector<std::string> pieces = {"data: "};
  for (int i = 0; i < 1000; ++i) pieces.emplace_back(1000, static_cast<char>('a' + i % 26));
  pieces.emplace_back("\n\n");
  const Parsed parsed = Parse(pieces, 2 << 20);
  ASSERT_EQ(parsed.events.size(), 1u);
  EXPECT_EQ(parsed.events[0].size(), 1000002u);
}

TEST(SseParserTest, CarriageReturnsAloneAreReadInLinearTime) {
  // Quadratic behaviour would take minutes: 2 million lines in 4 MB.
  std::string stream;
  for (int i = 0; i < 2'000'000; ++i) stream += ":\r";
  stream += "data: a\r\r";
  EXPECT_EQ(Parse({stream}).events, std::vector<std::string>{"||a"});
}

TEST(SseParserTest, IsSmallWhereItLivesByTheThousand) { EXPECT_LE(sizeof(SseParser), 224u); }

}  // namespace
}  // namespace portico::upstream
