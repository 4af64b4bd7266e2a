#include "core/upstream/credentials.h"

#include <gtest/gtest.h>

#include <map>

namespace portico::upstream {
namespace {

using plan::Authentication;
using plan::AuthenticationScheme;

Credential Resolve(Authentication authentication, std::map<std::string, std::string> environment) {
  plan::Upstream upstream;
  upstream.authentication = std::move(authentication);
  const Credentials credentials(
      {upstream}, [&](const std::string& name) -> std::optional<std::string> {
        const auto found = environment.find(name);
        return found == environment.end() ? std::nullopt : std::optional(found->second);
      });
  return credentials.ForUpstream(0);
}

Authentication Bearer(std::string token) {
  Authentication authentication;
  authentication.scheme = AuthenticationScheme::kBearer;
  authentication.secret = std::move(token);
  return authentication;
}

std::string Only(const Credential& credential) {
  EXPECT_TRUE(credential.usable());
  EXPECT_EQ(credential.headers.size(), 1u);
  return credential.headers.empty()
             ? ""
             : credential.headers[0].name + ": " + credential.headers[0].value;
}

TEST(CredentialsTest, NoAuthenticationSendsNothingAndIsUsable) {
  const Credential credential = Resolve({}, {});
  EXPECT_TRUE(credential.usable());
  EXPECT_TRUE(credential.headers.empty());
  EXPECT_TRUE(credential.query.empty());
}

TEST(CredentialsTest, EverySpellingOfAVariableIsResolved) {
  for (const char* text : {"{{env.KEY}}", "{{KEY}}", "{{ env.KEY }}", "{{secrets.KEY}}"}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(Only(Resolve(Bearer(text), {{"KEY", "s3cret"}})), "Authorization: Bearer s3cret");
  }
}

TEST(CredentialsTest, BindsNameTheVariable) {
  Authentication authentication = Bearer("{{env.TOKEN}}");
  authentication.variables = {{"TOKEN", "RENDER_API_KEY"}};
  EXPECT_EQ(Only(Resolve(authentication, {{"RENDER_API_KEY", "a"}, {"TOKEN", "b"}})),
            "Authorization: Bearer a");
}

TEST(CredentialsTest, BindOfTheFullNameComesFirst) {
  Authentication authentication = Bearer("{{two.KEY}}");
  authentication.variables = {{"KEY", "A"}, {"two.KEY", "B"}};
  EXPECT_EQ(Only(Resolve(authentication, {{"A", "a"}, {"B", "b"}})), "Authorization: Bearer b");
}

TEST(CredentialsTest, TextAroundAndBetweenVariablesStays) {
  EXPECT_EQ(Only(Resolve(Bearer("x-{{A}}.{{B}}-y"), {{"A", "1"}, {"B", "2"}})),
            "Authorization: Bearer x-1.2-y");
  EXPECT_EQ(Only(Resolve(Bearer("literal"), {})), "Authorization: Bearer literal");
  EXPECT_EQ(Only(Resolve(Bearer("open {{A"), {{"A", "1"}})), "Authorization: Bearer open {{A");
}

TEST(CredentialsTest, BasicIsEncodedAfterRfc7617) {
  Authentication authentication;
  authentication.scheme = AuthenticationScheme::kBasic;
  authentication.username = "{{USER}}";
  authentication.secret = "{{PASSWORD}}";
  EXPECT_EQ(Only(Resolve(authentication, {{"USER", "Aladdin"}, {"PASSWORD", "open sesame"}})),
            "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
}

TEST(CredentialsTest, BasicMayHaveAnEmptyPassword) {
  Authentication authentication;
  authentication.scheme = AuthenticationScheme::kBasic;
  authentication.username = "{{USER}}";
  EXPECT_EQ(Only(Resolve(authentication, {{"USER", "key"}})), "Authorization: Basic a2V5Og==");
}

TEST(CredentialsTest, BasicUserWithColonIsMissing) {
  Authentication authentication;
  authentication.scheme = AuthenticationScheme::kBasic;
  authentication.username = "a:b";
  authentication.secret = "c";
  EXPECT_FALSE(Resolve(authentication, {}).usable());
}

TEST(CredentialsTest, ApiKeyTravelsInItsHeader) {
  Authentication authentication;
  authentication.scheme = AuthenticationScheme::kApiKey;
  authentication.key_name = "X-Api-Key";
  authentication.secret = "{{K}}";
  EXPECT_EQ(Only(Resolve(authentication, {{"K", "k"}})), "X-Api-Key: k");
}

TEST(CredentialsTest, ApiKeyInTheQueryIsPercentEncoded) {
  Authentication authentication;
  authentication.scheme = AuthenticationScheme::kApiKey;
  authentication.key_name = "api key";
  authentication.secret = "{{K}}";
  authentication.in_query = true;
  const Credential credential = Resolve(authentication, {{"K", "a&b=c/\xC3\xA9~"}});
  EXPECT_TRUE(credential.headers.empty());
  EXPECT_EQ(credential.query, "api%20key=a%26b%3Dc%2F%C3%A9~");
}

TEST(CredentialsTest, ApiKeyHeaderMustBeAHeaderName) {
  Authentication authentication;
  authentication.scheme = AuthenticationScheme::kApiKey;
  authentication.key_name = "X Api\r\nKey";
  authentication.secret = "k";
  EXPECT_FALSE(Resolve(authentication, {}).usable());
}

struct MissingRow {
  const char* claim;
  std::string token;
  std::map<std::string, std::string> environment;
  std::vector<std::string> missing;
};

TEST(CredentialsTest, WhatIsMissingIsNamedAndNothingIsSent) {
  const MissingRow rows[] = {
      {"unset", "{{env.KEY}}", {}, {"KEY"}},
      {"empty counts as unset", "{{env.KEY}}", {{"KEY", ""}}, {"KEY"}},
      {"each once, in order", "{{B}}{{A}}{{B}}", {}, {"B", "A"}},
      {"a line break is refused",
       "{{KEY}}",
       {{"KEY", "s3cret\n"}},
       {"KEY (contains a line break)"}},
      {"so is CR", "{{KEY}}", {{"KEY", "a\rX: b"}}, {"KEY (contains a line break)"}},
      {"so is NUL",
       "{{KEY}}",
       {{"KEY", std::string("a\0b", 3)}},
       {"KEY (contains a control character)"}},
      {"no token at all", "", {}, {"authentication.token (is empty)"}},
      {"a literal with a line break",
       "a\nb",
       {},
       {"authentication.token (contains a line break or control character)"}},
  };
  for (const MissingRow& row : rows) {
    SCOPED_TRACE(row.claim);
    const Credential credential = Resolve(Bearer(row.token), row.environment);
    EXPECT_EQ(credential.missing, row.missing);
    EXPECT_FALSE(credential.usable());
    EXPECT_TRUE(credential.headers.empty());
    for (const std::string& missing : credential.missing) {
      EXPECT_EQ(missing.find("s3cret"), std::string::npos);
    }
  }
}

TEST(CredentialsTest, EachUpstreamHasItsOwn) {
  std::vector<plan::Upstream> upstreams(2);
  upstreams[0].authentication = Bearer("{{A}}");
  upstreams[1].authentication = Bearer("{{B}}");
  const Credentials credentials(upstreams,
                                [](const std::string& name) -> std::optional<std::string> {
                                  if (name == "B") return "b";
                                  return std::nullopt;
                                });
  EXPECT_FALSE(credentials.ForUpstream(0).usable());
  EXPECT_TRUE(credentials.ForUpstream(1).usable());
}

}  // namespace
}  // namespace portico::upstream
