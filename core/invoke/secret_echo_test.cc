#include "core/invoke/secret_echo.h"

#include <gtest/gtest.h>

namespace portico::invoke {
namespace {

using plan::ParameterLocation;

// What an upstream says back, without the secrets.
std::string Hidden(std::string body, const plan::Operation& operation,
                   const upstream::Credential& credential, const upstream::Token* token = nullptr) {
  Outcome outcome;
  outcome.head = {401, {{"X-Request-Id", body}}};
  outcome.body = std::move(body);
  HideSecrets(operation, credential, token, &outcome);
  EXPECT_EQ(outcome.head.headers[0].value, outcome.body);
  return outcome.body;
}

TEST(SecretEchoTest, ACredentialDoesNotComeBack) {
  upstream::Credential credential;
  credential.headers = {{"Authorization", "Bearer ab/cd+ef"}};
  credential.fixed_headers = {{"X-Tenant-Key", "tenant-key"}};
  credential.query = "k=a&api_key=x%2Fy%20z1";
  const plan::Operation operation;
  EXPECT_EQ(Hidden("no ab/cd+ef, Bearer ab/cd+ef", operation, credential), "no ***, ***");
  EXPECT_EQ(Hidden(R"({"error":"ab\/cd+ef"})", operation, credential), R"({"error":"***"})");
  EXPECT_EQ(Hidden("tenant-key x%2Fy%20z1 x/y z1", operation, credential), "*** *** ***");
  EXPECT_EQ(Hidden("a task k=a", operation, credential), "a task k=a") << "too short to be told";
}

TEST(SecretEchoTest, AFetchedTokenDoesNotComeBack) {
  const upstream::Token token{"Bearer t0k3n", 1};
  EXPECT_EQ(Hidden("t0k3n is not valid", {}, {}, &token), "*** is not valid");
}

TEST(SecretEchoTest, NeitherDoVariablesOfConstants) {
  upstream::Credential credential;
  credential.variables["KEY"] = {"a/secret", ""};
  credential.variables["OTHER"] = {"open text", ""};
  plan::Operation operation;
  operation.constants = {{"x-key", ParameterLocation::kHeader, "key {{ KEY }}"}};
  EXPECT_EQ(Hidden("a/secret a%2Fsecret open text", operation, credential), "*** *** open text");
  operation.constants.clear();
  operation.constant_body = R"({"k":"{{KEY}}"})";
  EXPECT_EQ(Hidden(R"(a\/secret)", operation, credential), "***");
}

TEST(SecretEchoTest, OfAHeadThatPassesThroughOnlyTheQuerysAreHidden) {
  upstream::Credential credential;
  credential.headers = {{"Authorization", "Bearer s3cret"}};
  credential.variables["KEY"] = {"a/secret", ""};
  plan::Operation operation;
  operation.constants = {{"key", ParameterLocation::kQuery, "{{KEY}}"}};
  upstream::ResponseHead head{301, {{"Location", "/x?key=a%2Fsecret&y=s3cret"}}};
  HideQuerySecrets(operation, credential, &head);
  EXPECT_EQ(head.headers[0].value, "/x?key=***&y=s3cret");
}

}  // namespace
}  // namespace portico::invoke
