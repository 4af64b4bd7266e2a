#include "gateway/http/authority.h"

#include <gtest/gtest.h>

namespace portico::http {
namespace {

TEST(AuthorityTest, TakesNamesAndAddressesWithAndWithoutPort) {
  for (const char* text :
       {"localhost", "api.example.com", "127.0.0.1:8080", "[::1]", "[::1]:8080", "a_b:80",
        "[::ffff:10.0.0.1]:1", "example.com:", "x%20y", "EXAMPLE.com."}) {
    EXPECT_TRUE(IsAuthority(text)) << text;
  }
}

TEST(AuthorityTest, RefusesEverythingElse) {
  for (const char* text :
       {"",    ":80", "a b",  "a:80:80",  "a:x",    "a:123456", "user@host", "a/b",
        "a?b", "a#b", "[::1", "[]",       "[::1]x", "[::1]80",  "[abc]",     "[a:g]",
        "::1", "a%2", "a%zz", "\xc3\xa4", "a,b c",  "http://a", "a\\b",      "<a>"}) {
    EXPECT_FALSE(IsAuthority(text)) << text;
  }
}

}  // namespace
}  // namespace portico::http
