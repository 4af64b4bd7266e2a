#include "gateway/mcp/event_collector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/str_cat.h"
#include "gateway/mcp/tool_catalog.h"
#include "gateway/openapi/openapi_fixture.h"

namespace portico::mcp {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

upstream::SseEvent Event(absl::string_view type, absl::string_view data,
                         absl::string_view id = "") {
  upstream::SseEvent event;
  event.event = type;
  event.data = data;
  event.id = id;
  event.has_id = !id.empty();
  return event;
}

class EventCollectorTest : public testing::Test {
 protected:
  EventCollectorTest() {
    ToolOptions options;
    options.limits.events = 3;
    options.limits.text_bytes = 2000;
    catalog_ = std::make_unique<ToolCatalog>(*plan_, options);
  }

  const ServedTool& Backstage() const {
    return *catalog_->all().Find("backstage-get-task-event-stream");
  }
  const ServedTool& Render() const { return *catalog_->all().Find("stream-realtime-events-sse"); }

  json Ended(const EventCollector& collector, const invoke::Outcome& outcome) const {
    return json::parse(collector.Ended(outcome, plan_->upstreams()[0], absl::UnixEpoch()));
  }
  // What the result of a success says.
  static json Content(const json& result) {
    EXPECT_EQ(result["isError"], false) << result;
    EXPECT_EQ(json::parse(result["content"][0]["text"].get<std::string>()),
              result["structuredContent"]);
    EXPECT_LE(result["content"][0]["text"].get<std::string>().size(), 2000u);
    return result["structuredContent"];
  }
  static invoke::Outcome Whole() {
    invoke::Outcome outcome;
    outcome.head.status = 200;
    return outcome;
  }

  const std::shared_ptr<const plan::Plan> plan_ = openapi::BuiltInPlan();
  std::unique_ptr<ToolCatalog> catalog_;
};

TEST_F(EventCollectorTest, AWholeStreamIsAListOfEvents) {
  EventCollector collector(Backstage());
  EXPECT_TRUE(collector.Take(Event("log", R"({ "id": 7, "x": 1.0 })")));
  EXPECT_TRUE(collector.Take(Event("", "plain text")));
  EXPECT_EQ(collector.count(), 2u);
  EXPECT_EQ(Content(Ended(collector, Whole())),
            json::parse(R"({"events":[{"event":"log","data":{"id":7,"x":1.0}},
                           {"event":"message","data":"plain text"}],"after":7,"truncated":false})"));
}

TEST_F(EventCollectorTest, StopsAtItsEventsAndSaysWhereToContinue) {
  EventCollector collector(Backstage());
  EXPECT_TRUE(collector.Take(Event("log", R"({"id":1})")));
  EXPECT_TRUE(collector.Take(Event("log", R"({"id":2})")));
  EXPECT_FALSE(collector.Take(Event("log", R"({"id":3})")));
  EXPECT_FALSE(collector.Take(Event("log", R"({"id":4})")));
  const json content = Content(json::parse(collector.Stopped()));
  EXPECT_EQ(content["events"].size(), 3u);
  EXPECT_EQ(content["after"], 3);
  EXPECT_EQ(content["truncated"], true);
  EXPECT_EQ(
      content["notice"],
      "Stopped after 3 events; the stream goes on. Call again with `after` 3 for what follows.");
}

TEST_F(EventCollectorTest, StopsBeforeTheEventThatIsTooMuch) {
  EventCollector collector(Backstage());
  const std::string long_text(700, 'x');
  EXPECT_TRUE(collector.Take(Event("log", absl::StrCat(R"({"id":1,"m":")", long_text, "\"}"))));
  EXPECT_FALSE(collector.Take(Event("log", absl::StrCat(R"({"id":2,"m":")", long_text, "\"}"))));
  const json content = Content(json::parse(collector.Stopped()));
  EXPECT_EQ(content["events"].size(), 1u);
  EXPECT_EQ(content["after"], 1);
}

TEST_F(EventCollectorTest, CutsAFirstEventThatIsTooLong) {
  EventCollector collector(Backstage());
  EXPECT_FALSE(collector.Take(
      Event("log", absl::StrCat(R"({"id":1,"m":")", std::string(9000, 'x'), "\"}"))));
  const json content = Content(json::parse(collector.Stopped()));
  EXPECT_EQ(content["events"].size(), 1u);
  EXPECT_EQ(content["after"], 1);
}

TEST_F(EventCollectorTest, WithoutALimitTheOwnerStopped) {
  EventCollector collector(Backstage());
  const json content = Content(json::parse(collector.Stopped()));
  EXPECT_EQ(content["notice"],
            "Stopped; the stream goes on. Nothing came; call again to wait longer.");
}

TEST_F(EventCollectorTest, IdsOfTheStreamAreKept) {
  EventCollector collector(Render());
  collector.Take(Event("task.completed", "{}", "0"));
  const json content = Content(Ended(collector, Whole()));
  EXPECT_EQ(content["events"][0]["id"], "0");
  EXPECT_EQ(content["lastEventId"], "0");
  EXPECT_FALSE(content.contains("after"));
}

TEST_F(EventCollectorTest, AStreamThatBreaksKeepsWhatCame) {
  EventCollector collector(Backstage());
  collector.Take(Event("log", R"({"id":9})"));
  invoke::Outcome lost = Whole();
  lost.end.failure = upstream::Failure::kConnectionLost;
  const json content = Content(Ended(collector, lost));
  EXPECT_EQ(content["truncated"], true);
  EXPECT_THAT(content["notice"].get<std::string>(),
              AllOf(HasSubstr("The stream broke off. Call again with `after` 9"),
                    HasSubstr("connection lost")));
}

TEST_F(EventCollectorTest, WhatEscapesManyTimesOverStaysWithinTheLimit) {
  const std::string nuls(100, '\0');
  EventCollector collector(Backstage());
  collector.Take(Event(nuls, nuls, nuls));
  invoke::Outcome failed;
  failed.head.status = 500;
  failed.body = nuls;
  EXPECT_EQ(Content(Ended(collector, failed))["truncated"], true);
}

TEST_F(EventCollectorTest, AFailureBeforeTheFirstEventIsAnError) {
  EventCollector collector(Backstage());
  invoke::Outcome missing;
  missing.head.status = 404;
  const json result = Ended(collector, missing);
  EXPECT_EQ(result["isError"], true);
  EXPECT_THAT(result["content"][0]["text"].get<std::string>(), HasSubstr("HTTP 404 from GET"));
}

TEST_F(EventCollectorTest, ProgressIsTheLastEventInALine) {
  EventCollector collector(Backstage());
  EXPECT_EQ(collector.Progress(), "");
  collector.Take(Event("log", absl::StrCat(R"({"m":")", std::string(500, 'x'), "\"}")));
  EXPECT_EQ(collector.Progress().substr(0, 12), R"(log: {"m":"x)");
  EXPECT_EQ(collector.Progress().size(), 200u);
}

}  // namespace
}  // namespace portico::mcp
