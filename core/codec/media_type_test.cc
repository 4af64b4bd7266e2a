#include "core/codec/media_type.h"

#include <gtest/gtest.h>

namespace portico::codec {
namespace {

TEST(MediaTypeTest, TheEssenceHasNeitherParametersNorSpaceAroundIt) {
  EXPECT_EQ(Essence(" Text/HTML ; charset=utf-8; q=0.5"), "Text/HTML");
  EXPECT_EQ(Essence("text/csv"), "text/csv");
  EXPECT_EQ(Essence(";charset=utf-8"), "");
  EXPECT_EQ(Essence(""), "");
}

TEST(MediaTypeTest, TellsATypeWhateverItsCaseAndParameters) {
  EXPECT_TRUE(IsOfType("Text/CSV;header=present", "text/csv"));
  EXPECT_FALSE(IsOfType("text/csv-schema", "text/csv"));
  EXPECT_FALSE(IsOfType("", "text/csv"));
}

TEST(MediaTypeTest, KnowsJsonByNameAndBySuffix) {
  for (const char* type : {"application/json", "Application/JSON; charset=utf-8", "text/json",
                           "application/merge-patch+json", "application/problem+JSON ;v=1"}) {
    EXPECT_TRUE(IsJsonType(type)) << type;
  }
  for (const char* type :
       {"", "text/plain", "application/jsonp", "application/jsonl", "application/x-ndjson", "json",
        "text/json5", "text/plain; as=application/json"}) {
    EXPECT_FALSE(IsJsonType(type)) << type;
  }
}

TEST(MediaTypeTest, KnowsAnEventStreamByItsWholeName) {
  for (const char* type : {"text/event-stream", "text/event-stream;charset=utf-8",
                           "Text/Event-Stream", " text/event-stream ; charset=UTF-8"}) {
    EXPECT_TRUE(IsEventStream(type)) << type;
  }
  for (const char* type : {"", "text/event-streaming", "text/event", "x-text/event-stream",
                           "text/plain; of=text/event-stream"}) {
    EXPECT_FALSE(IsEventStream(type)) << type;
  }
}

}  // namespace
}  // namespace portico::codec
