#include "core/access/secret_comparison.h"

#include <gtest/gtest.h>

#include <string>

namespace portico::access {
namespace {

TEST(SecretComparisonTest, TakesTheSecretAlone) {
  EXPECT_TRUE(IsSecret("s3cret", "s3cret"));
  EXPECT_FALSE(IsSecret("s3creT", "s3cret"));
  EXPECT_FALSE(IsSecret("S3cret", "s3cret"));
  EXPECT_FALSE(IsSecret("s3cre", "s3cret"));
  EXPECT_FALSE(IsSecret("s3crets", "s3cret"));
  EXPECT_FALSE(IsSecret("", "s3cret"));
}

TEST(SecretComparisonTest, TakesNoRepetitionOfTheSecret) {
  EXPECT_FALSE(IsSecret("abab", "ab"));
  EXPECT_FALSE(IsSecret("ab", "abab"));
}

TEST(SecretComparisonTest, NothingIsTheSameAsAnEmptySecret) {
  EXPECT_FALSE(IsSecret("", ""));
  EXPECT_FALSE(IsSecret("a", ""));
}

TEST(SecretComparisonTest, TakesBytesOfAnyValue) {
  const std::string secret("\0\xff\x80z", 4);
  EXPECT_TRUE(IsSecret(secret, secret));
  EXPECT_FALSE(IsSecret(std::string("\0\xff\x80y", 4), secret));
}

}  // namespace
}  // namespace portico::access
