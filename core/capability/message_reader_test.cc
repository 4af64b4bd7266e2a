#include "core/capability/message_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_join.h"
#include "portico/v1/overlay.pb.h"

namespace portico::capability {
namespace {

using testing::HasSubstr;

class MessageReaderTest : public testing::Test {
 protected:
  // The findings, one a line.
  template <typename Message>
  std::string Read(const std::string& text, Message* message) {
    Findings findings;
    FindingLog log("f.yaml", &findings);
    const auto root = ParseYaml(text, &log);
    if (root != nullptr) ReadMessage(*root, message, &lines_, &log);
    return absl::StrJoin(findings, "\n", [](std::string* out, const Finding& finding) {
      out->append(ToString(finding));
    });
  }

  v1::OverlayFile file_;
  KeyLines lines_;
};

TEST_F(MessageReaderTest, ReadsTextsMapsListsAndNestedMessages) {
  EXPECT_EQ(Read("overlay:\n"
                 "  tasks:\n"
                 "    baseUri: https://a.example\n"
                 "    headers: {X-Version: 2022-06-28}\n"
                 "    authentication:\n"
                 "    - bearer: {token: t}\n"
                 "    - clientCredentials: {tokenUrl: u, clientId: 7, scopes: [a, b]}\n",
                 &file_),
            "");
  const v1::UpstreamOverlay& tasks = file_.overlay().at("tasks");
  EXPECT_EQ(tasks.base_uri(), "https://a.example");
  EXPECT_EQ(tasks.headers().at("X-Version"), "2022-06-28");
  ASSERT_EQ(tasks.authentication_size(), 2);
  EXPECT_EQ(tasks.authentication(0).bearer().token(), "t");
  EXPECT_EQ(tasks.authentication(1).client_credentials().client_id(), "7");
  EXPECT_EQ(tasks.authentication(1).client_credentials().scopes(1), "b");
}

TEST_F(MessageReaderTest, ReadsEnumsBooleansAndDurations) {
  EXPECT_EQ(Read("overlay:\n"
                 "  tasks:\n"
                 "    timeouts: {total: 1m30s, connect: 250ms}\n"
                 "    operations:\n"
                 "      list:\n"
                 "        stream: false\n"
                 "        parameters: {ids: {arrayStyle: deepObject, in: query}}\n",
                 &file_),
            "");
  const v1::UpstreamOverlay& tasks = file_.overlay().at("tasks");
  EXPECT_EQ(tasks.timeouts().total().seconds(), 90);
  EXPECT_EQ(tasks.timeouts().connect().nanos(), 250'000'000);
  const v1::OperationOverlay& list = tasks.operations().at("list");
  EXPECT_TRUE(list.has_stream());
  EXPECT_FALSE(list.stream());
  EXPECT_EQ(list.parameters().at("ids").array_style(), v1::ARRAY_STYLE_DEEP_OBJECT);
}

TEST_F(MessageReaderTest, RemembersWhereEachKeyStands) {
  Read("overlay:\n  tasks:\n    authentication:\n    - none: {}\n    headers:\n      X-A: b\n",
       &file_);
  EXPECT_EQ(lines_.Of("overlay.tasks"), 2);
  EXPECT_EQ(lines_.Of("overlay.tasks.authentication[0]"), 4);
  EXPECT_EQ(lines_.Of("overlay.tasks.headers.X-A"), 6);
  EXPECT_EQ(lines_.Of("overlay.tasks.baseUri"), 0);
}

TEST_F(MessageReaderTest, AnUnknownKeyIsAnErrorWithTheNearestName) {
  EXPECT_THAT(Read("overlay:\n  tasks:\n    baseUrl: https://a.example\n", &file_),
              HasSubstr("f.yaml:3: error: overlay.tasks.baseUrl: is no known key; did you mean "
                        "\"baseUri\"? (known here: baseUri, variables, "));
}

struct WrongRow {
  const char* name;
  const char* yaml;
  const char* finding;
};

class WrongValueTest : public testing::TestWithParam<WrongRow> {};

TEST_P(WrongValueTest, IsAnErrorWithFileLineAndKey) {
  Findings findings;
  FindingLog log("f.yaml", &findings);
  KeyLines lines;
  v1::UpstreamOverlay message;
  ReadMessage(*ParseYaml(GetParam().yaml, &log), &message, &lines, &log);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(ToString(findings[0]), GetParam().finding);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, WrongValueTest,
    testing::Values(
        WrongRow{"UnknownKey", "a: 1",
                 "f.yaml:1: error: a: is no known key (known here: baseUri, variables, headers, "
                 "authentication, timeouts, tls, operations)"},
        WrongRow{"TextForMessage", "tls: yes",
                 "f.yaml:1: error: tls: must be a mapping, but is a text"},
        WrongRow{"MappingForList", "authentication: {none: {}}",
                 "f.yaml:1: error: authentication: must be a list, but is a mapping"},
        WrongRow{"ListForMap", "headers: [a]",
                 "f.yaml:1: error: headers: must be a mapping, but is a list"},
        WrongRow{"NothingForText",
                 "baseUri:", "f.yaml:1: error: baseUri: must be one value, but is empty"},
        WrongRow{"TextForBoolean", "operations:\n  list: {stream: yes}",
                 "f.yaml:2: error: operations.list.stream: must be true or false"},
        WrongRow{"QuotedBoolean", "operations: {list: {stream: 'true'}}",
                 "f.yaml:1: error: operations.list.stream: must be true or false"},
        WrongRow{"UnknownEnumValue", "operations: {list: {bodyEncoding: forms}}",
                 "f.yaml:1: error: operations.list.bodyEncoding: must be one of json, form, "
                 "multipart, raw; did you mean \"form\"?"},
        WrongRow{"UnspecifiedEnumValue", "operations: {list: {bodyEncoding: unspecified}}",
                 "f.yaml:1: error: operations.list.bodyEncoding: must be one of json, form, "
                 "multipart, raw"},
        WrongRow{"NumberForDuration", "timeouts: {total: 30}",
                 "f.yaml:1: error: timeouts.total: must be a duration like 250ms, 30s or 1m30s"},
        WrongRow{"EndlessDuration", "timeouts: {total: inf}",
                 "f.yaml:1: error: timeouts.total: must be a duration like 250ms, 30s or 1m30s"},
        WrongRow{"DurationOutOfRange", "timeouts:\n  idle: 10ms",
                 "f.yaml:2: error: timeouts.idle: must be from 1 to 86400 seconds"},
        WrongRow{"TwoOfAOneof", "authentication:\n- none: {}\n  bearer: {token: t}",
                 "f.yaml:3: error: authentication[0].bearer: cannot stand beside \"none\": one of "
                 "the two; in a list each is an item of its own"},
        WrongRow{"MissingKey", "authentication:\n- clientCredentials: {clientId: x}",
                 "f.yaml:2: error: authentication[0].clientCredentials.tokenUrl: is missing"}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace portico::capability
