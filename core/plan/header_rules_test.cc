#include "core/plan/header_rules.h"

#include <gtest/gtest.h>

#include <string>

namespace portico::plan {
namespace {

TEST(HeaderRulesTest, NamesAreTokens) {
  for (const char* name : {"Accept", "x-trace_id", "a!#$%&'*+-.^_`|~9"}) {
    EXPECT_TRUE(IsHeaderName(name)) << name;
  }
  for (const char* name : {"", "a b", "a:b", "a\r\n", "\xc3\xa9", "a(b)"}) {
    EXPECT_FALSE(IsHeaderName(name)) << name;
  }
  EXPECT_FALSE(IsHeaderName(absl::string_view("a\0b", 3)));
}

TEST(HeaderRulesTest, ValuesHoldNoControlCharacters) {
  for (const char* value : {"", "a b\tc", "\xc3\xa9"}) EXPECT_TRUE(IsHeaderValue(value)) << value;
  for (const char* value : {"a\r\nb: c", "\n", "\x7f"}) EXPECT_FALSE(IsHeaderValue(value));
  EXPECT_FALSE(IsHeaderValue(absl::string_view("a\0b", 3)));
}

TEST(HeaderRulesTest, HeadersOfTheConnectionAreNotTaken) {
  for (const char* name : {"connection", "Keep-Alive", "TE", "trailer", "Transfer-Encoding",
                           "UPGRADE", "proxy-authorization", "Proxy-Authenticate",
                           "Proxy-Connection", "Host", "content-length", "Content-Type"}) {
    EXPECT_NE(ReasonNotToTake(name), "") << name;
  }
  for (const char* name : {"Accept", "Authorization", "X-Host", "If-Match", ""}) {
    EXPECT_EQ(ReasonNotToTake(name), "") << name;
  }
}

}  // namespace
}  // namespace portico::plan
