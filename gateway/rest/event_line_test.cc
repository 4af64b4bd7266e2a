#include "gateway/rest/event_line.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace portico::rest {
namespace {

TEST(EventLineTest, JsonDataStaysAsSpelled) {
  upstream::SseEvent event;
  event.id = "7";
  event.has_id = true;
  event.event = "log";
  event.data = "{\"n\":1.0,\n \"big\":12345678901234567890}";
  event.retry_ms = 2000;
  EXPECT_EQ(EventLine(event),
            "{\"id\":\"7\",\"event\":\"log\",\"retry\":2000,"
            "\"data\":{\"n\":1.0,  \"big\":12345678901234567890}}\n");
}

TEST(EventLineTest, OtherDataIsText) {
  upstream::SseEvent event;
  event.data = "two\nlines \"quoted\"";
  EXPECT_EQ(EventLine(event), "{\"text\":\"two\\nlines \\\"quoted\\\"\"}\n");
}

TEST(EventLineTest, AnInheritedIdIsNotRepeated) {
  upstream::SseEvent event;
  event.id = "7";
  event.data = "1";
  EXPECT_EQ(EventLine(event), "{\"data\":1}\n");
}

TEST(EventLineTest, BytesThatAreNoUtf8AreReplaced) {
  upstream::SseEvent event;
  event.data = "\xFFx";
  EXPECT_EQ(nlohmann::json::parse(EventLine(event)).at("text"), "\xEF\xBF\xBDx");
}

TEST(EventLineTest, ErrorsAreProblemsInBothForms) {
  http::Problem problem;
  problem.status = 503;
  problem.reason = "UPSTREAM_STREAM_LOST";
  problem.detail = "line\nbreak";
  const auto line = nlohmann::json::parse(ErrorLine(problem));
  EXPECT_EQ(line.at("error").at("status"), 503);
  const std::string event = ErrorEvent(problem);
  const std::string start = "event: portico-error\ndata: ";
  ASSERT_EQ(event.substr(0, start.size()), start);
  EXPECT_EQ(event.find('\n', start.size()), event.size() - 2);
  EXPECT_EQ(nlohmann::json::parse(event.substr(start.size())), line.at("error"));
}

}  // namespace
}  // namespace portico::rest
