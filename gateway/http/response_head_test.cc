#include "gateway/http/response_head.h"

#include <gtest/gtest.h>

namespace portico::http {
namespace {

TEST(ResponseHeadTest, WritesFieldsInOrderAndRepeatsThem) {
  ResponseHead head(200);
  head.Add("Content-Type", "text/plain");
  head.Add("Link", "<a>");
  head.Add("Link", "<b>");
  EXPECT_EQ(head.fields(), "Content-Type: text/plain\r\nLink: <a>\r\nLink: <b>\r\n");
  EXPECT_EQ(head.status(), 200);
}

TEST(ResponseHeadTest, LeavesTheConnectionsOwnFieldsOut) {
  ResponseHead head(200);
  for (const char* name :
       {"connection", "CONTENT-LENGTH", "Date", "Keep-Alive", "transfer-encoding", "Upgrade"}) {
    head.Add(name, "x");
  }
  EXPECT_EQ(head.fields(), "");
  EXPECT_FALSE(head.content_length().has_value());
}

TEST(ResponseHeadTest, LeavesOutNamesThatAreNoToken) {
  ResponseHead head(200);
  for (const char* name : {"", "a b", "a:", "a\r\nb", "\xc3\xa4"}) head.Add(name, "x");
  EXPECT_EQ(head.fields(), "");
}

TEST(ResponseHeadTest, LetsNoValueBeginALine) {
  ResponseHead head(200);
  head.Add("X", absl::string_view("a\r\nSet-Cookie: b\0c", 18));
  EXPECT_EQ(head.fields(), "X: a  Set-Cookie: b c\r\n");
}

}  // namespace
}  // namespace portico::http
