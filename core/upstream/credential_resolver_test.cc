#include "core/upstream/credential_resolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace portico::upstream {
namespace {

using plan::Authentication;
using plan::AuthenticationScheme;

Environment EnvironmentOf(const std::map<std::string, std::string>& environment) {
  return [environment](const std::string& name) -> std::optional<std::string> {
    const auto found = environment.find(name);
    return found == environment.end() ? std::nullopt : std::optional(found->second);
  };
}

Credential Resolve(Authentication authentication, std::map<std::string, std::string> environment) {
  plan::Upstream upstream;
  upstream.authentication = std::move(authentication);
  return ResolveCredential(upstream, EnvironmentOf(environment));
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

TEST(CredentialResolverTest, NoAuthenticationSendsNothingAndIsUsable) {
  const Credential credential = Resolve({}, {});
  EXPECT_TRUE(credential.usable());
  EXPECT_TRUE(credential.headers.empty());
  EXPECT_TRUE(credential.query.empty());
}

TEST(CredentialResolverTest, EverySpellingOfAVariableIsResolved) {
  for (const char* text : {"{{env.KEY}}", "{{KEY}}", "{{ env.KEY }}", "{{secrets.KEY}}"}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(Only(Resolve(Bearer(text), {{"KEY", "s3cret"}})), "Authorization: Bearer s3cret");
  }
}

TEST(CredentialResolverTest, BindsNameTheVariable) {
  Authentication authentication = Bearer("{{env.TOKEN}}");
  authentication.variables = {{"TOKEN", "RENDER_API_KEY"}};
  EXPECT_EQ(Only(Resolve(authentication, {{"RENDER_API_KEY", "a"}, {"TOKEN", "b"}})),
            "Authorization: Bearer a");
}

TEST(CredentialResolverTest, BindOfTheFullNameComesFirst) {
  Authentication authentication = Bearer("{{two.KEY}}");
  authentication.variables = {{"KEY", "A"}, {"two.KEY", "B"}};
  EXPECT_EQ(Only(Resolve(authentication, {{"A", "a"}, {"B", "b"}})), "Authorization: Bearer b");
}

TEST(CredentialResolverTest, TextAroundAndBetweenVariablesStays) {
  EXPECT_EQ(Only(Resolve(Bearer("x-{{A}}.{{B}}-y"), {{"A", "1"}, {"B", "2"}})),
            "Authorization: Bearer x-1.2-y");
  EXPECT_EQ(Only(Resolve(Bearer("literal"), {})), "Authorization: Bearer literal");
  EXPECT_EQ(Only(Resolve(Bearer("open {{A"), {{"A", "1"}})), "Authorization: Bearer open {{A");
}

TEST(CredentialResolverTest, BasicIsEncodedAfterRfc7617) {
  Authentication authentication;
  authentication.scheme = AuthenticationScheme::kBasic;
  authentication.username = "{{USER}}";
  authentication.secret = "{{PASSWORD}}";
  EXPECT_EQ(Only(Resolve(authentication, {{"USER", "Aladdin"}, {"PASSWORD", "open sesame"}})),
            "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
}

TEST(CredentialResolverTest, BasicMayHaveAnEmptyPassword) {
  Authentication authentication;
  authentication.scheme = AuthenticationScheme::kBasic;
  authentication.username = "{{USER}}";
  EXPECT_EQ(Only(Resolve(authentication, {{"USER", "key"}})), "Authorization: Basic a2V5Og==");
}

TEST(CredentialResolverTest, BasicUserWithColonIsMissing) {
  Authentication authentication;
  authentication.scheme = AuthenticationScheme::kBasic;
  authentication.username = "a:b";
  authentication.secret = "c";
  EXPECT_FALSE(Resolve(authentication, {}).usable());
}

TEST(CredentialResolverTest, ApiKeyTravelsInItsHeader) {
  Authentication authentication;
  authentication.scheme = AuthenticationScheme::kApiKey;
  authentication.key_name = "X-Api-Key";
  authentication.secret = "{{K}}";
  EXPECT_EQ(Only(Resolve(authentication, {{"K", "k"}})), "X-Api-Key: k");
}

TEST(CredentialResolverTest, ApiKeyInTheQueryIsPercentEncoded) {
  Authentication authentication;
  authentication.scheme = AuthenticationScheme::kApiKey;
  authentication.key_name = "api key";
  authentication.secret = "{{K}}";
  authentication.in_query = true;
  const Credential credential = Resolve(authentication, {{"K", "a&b=c/\xC3\xA9~"}});
  EXPECT_TRUE(credential.headers.empty());
  EXPECT_EQ(credential.query, "api%20key=a%26b%3Dc%2F%C3%A9~");
}

TEST(CredentialResolverTest, ApiKeyHeaderMustBeAHeaderName) {
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

TEST(CredentialResolverTest, WhatIsMissingIsNamedAndNothingIsSent) {
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

TEST(CredentialResolverTest, SeveralProofsTravelTogether) {
  plan::Upstream upstream;
  upstream.authentication = Bearer("{{env.TOKEN}}");
  for (const char* name : {"X-Key", "key", "sig"}) {
    Authentication key;
    key.scheme = AuthenticationScheme::kApiKey;
    key.key_name = name;
    key.secret = "{{env.KEY}}&";
    key.in_query = key.key_name != "X-Key";
    upstream.further_authentication.push_back(key);
  }
  const Credential credential =
      ResolveCredential(upstream, EnvironmentOf({{"TOKEN", "t"}, {"KEY", "k"}}));
  ASSERT_EQ(credential.headers.size(), 2u);
  EXPECT_EQ(credential.headers[0].value, "Bearer t");
  EXPECT_EQ(credential.headers[1].name, "X-Key");
  EXPECT_EQ(credential.headers[1].value, "k&");
  EXPECT_EQ(credential.query, "key=k%26&sig=k%26");
}

TEST(CredentialResolverTest, FixedHeadersAreFilledAndNamedWhenTheyCannotBe) {
  plan::Upstream upstream;
  upstream.headers = {{"X-Tenant", "t-{{env.TENANT}}"}, {"X-Version", "2"}};
  const Credential credential = ResolveCredential(upstream, EnvironmentOf({{"TENANT", "7"}}));
  ASSERT_EQ(credential.fixed_headers.size(), 2u);
  EXPECT_EQ(credential.fixed_headers[0].value, "t-7");
  const Credential missing = ResolveCredential(upstream, EnvironmentOf({}));
  EXPECT_EQ(missing.missing, std::vector<std::string>{"TENANT"});
  EXPECT_TRUE(missing.fixed_headers.empty());
}

TEST(CredentialResolverTest, ATokenIsAskedForWithTheSecretInAHeaderOrInTheForm) {
  Authentication authentication;
  authentication.scheme = AuthenticationScheme::kClientCredentials;
  authentication.token_url = "https://auth.example/token";
  authentication.username = "id:1";
  authentication.secret = "{{env.SECRET}}";
  authentication.scope = "a b";
  authentication.audience = "https://api.example";
  const Credential header = Resolve(authentication, {{"SECRET", "s&t"}});
  ASSERT_TRUE(header.token_request.has_value());
  EXPECT_EQ(header.token_request->form,
            "grant_type=client_credentials&scope=a%20b&audience=https%3A%2F%2Fapi.example");
  ASSERT_EQ(header.token_request->secrets.size(), 1u);
  EXPECT_EQ(header.token_request->secrets[0].value, "Basic aWQlM0ExOnMlMjZ0");  // id%3A1:s%26t
  authentication.secret_in_body = true;
  const Credential body = Resolve(authentication, {{"SECRET", "s&t"}});
  EXPECT_TRUE(body.token_request->secrets.empty());
  EXPECT_THAT(body.token_request->form, testing::EndsWith("&client_id=id%3A1&client_secret=s%26t"));
}

TEST(CredentialResolverTest, AFileThatCannotBeReadIsMissing) {
  Authentication authentication = Bearer("");
  authentication.secret_file = "/nonexistent/token";
  EXPECT_EQ(
      Resolve(authentication, {}).missing,
      std::vector<std::string>{"authentication.tokenFile /nonexistent/token (cannot be read)"});
}

}  // namespace
}  // namespace portico::upstream
