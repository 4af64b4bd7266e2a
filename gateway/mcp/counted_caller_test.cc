#include "gateway/mcp/counted_caller.h"

#include <gtest/gtest.h>

namespace portico::mcp {
namespace {

using plan::AuthenticationScheme;

plan::Access Accepting(const std::vector<AuthenticationScheme>& schemes) {
  plan::Access access;
  for (const AuthenticationScheme scheme : schemes) {
    access.accepted.emplace_back().scheme = scheme;
  }
  return access;
}

const CountedCaller kOne{"10.0.0.1", "Bearer a"};
const CountedCaller kOther{"10.0.0.1", "Bearer b"};

TEST(CountedCallerTest, WhatNobodyChecksMakesNoOtherCaller) {
  EXPECT_EQ(kOne.For(nullptr), kOther.For(nullptr));
  const plan::Access by_key = Accepting({AuthenticationScheme::kApiKey});
  EXPECT_EQ(kOne.For(&by_key), kOther.For(&by_key));
  const plan::Access either =
      Accepting({AuthenticationScheme::kBearer, AuthenticationScheme::kApiKey});
  EXPECT_EQ(kOne.For(&either), kOther.For(&either));
}

TEST(CountedCallerTest, CheckedCredentialsTellCallersOfOneAddressApart) {
  const plan::Access access =
      Accepting({AuthenticationScheme::kBearer, AuthenticationScheme::kBasic});
  EXPECT_NE(kOne.For(&access), kOther.For(&access));
  const CountedCaller spelled{"10.0.0.1", "bEARER a"};
  EXPECT_EQ(kOne.For(&access), spelled.For(&access));
}

TEST(CountedCallerTest, AddressesTellCallersApart) {
  const CountedCaller elsewhere{"10.0.0.2", "Bearer a"};
  const plan::Access access = Accepting({AuthenticationScheme::kBearer});
  EXPECT_NE(kOne.For(nullptr), elsewhere.For(nullptr));
  EXPECT_NE(kOne.For(&access), elsewhere.For(&access));
}

}  // namespace
}  // namespace portico::mcp
