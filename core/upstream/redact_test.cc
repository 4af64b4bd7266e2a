#include "core/upstream/redact.h"

#include <gtest/gtest.h>

namespace portico::upstream {
namespace {

TEST(RedactTest, SecretValuesAreReplacedEverywhere) {
  const std::vector<Header> secrets = {{"X-Key", "abcd1234"}};
  EXPECT_EQ(Redact("got abcd1234, not abcd1234.", secrets), "got ***, not ***.");
}

TEST(RedactTest, TokenIsReplacedWithoutItsScheme) {
  const std::vector<Header> secrets = {{"Authorization", "Bearer abcd1234"}};
  EXPECT_EQ(Redact("token abcd1234 of 'Bearer abcd1234'", secrets), "token *** of '***'");
}

TEST(RedactTest, ShortAndEmptyValuesLeaveTheTextAlone) {
  EXPECT_EQ(Redact("a key", {{"X", "a"}, {"Y", ""}, {"Z", "Bearer "}}), "a key");
}

TEST(UrlForPeopleTest, UserQueryAndFragmentAreCut) {
  const std::pair<const char*, const char*> rows[] = {
      {"https://h.example:8443/a/b?key=1#f", "https://h.example:8443/a/b"},
      {"http://u:p@h/a", "http://h/a"},
      {"http://u:p@h", "http://h"},
      {"http://h?k=a@b", "http://h"},
      {"http://h/a@b", "http://h/a@b"},
      {"no url?k=1", "no url"},
  };
  for (const auto& [url, shown] : rows) EXPECT_EQ(UrlForPeople(url), shown);
}

}  // namespace
}  // namespace portico::upstream
