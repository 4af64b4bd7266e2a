#include "core/plan/stream_detection.h"

#include <gtest/gtest.h>

namespace portico::plan {
namespace {

TEST(StreamDetectionTest, ReadsDescriptions) {
  for (const char* text : {"Must be `text/event-stream`.", "Stream realtime events (SSE)",
                           "Server-Sent Events of a run", "SSE"}) {
    EXPECT_TRUE(SaysEventStream(text)) << text;
  }
  for (const char* text :
       {"", "List events", "ASSESS", "PASSED", "sse", "application/json", "List event streams"}) {
    EXPECT_FALSE(SaysEventStream(text)) << text;
  }
}

TEST(StreamDetectionTest, ReadsTheEndOfThePath) {
  for (const char* path : {"/v2/tasks/{taskId}/eventstream", "/event-stream", "/a/eventStream/"}) {
    EXPECT_TRUE(PathSaysEventStream(path)) << path;
  }
  for (const char* path : {"", "/", "/event-streams", "/event-stream/{id}", "/{eventstream}",
                           "/task-runs/events", "eventstream"}) {
    EXPECT_FALSE(PathSaysEventStream(path)) << path;
  }
}

}  // namespace
}  // namespace portico::plan
