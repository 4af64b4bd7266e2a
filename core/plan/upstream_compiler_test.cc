#include "core/plan/upstream_compiler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "core/plan/compile_fixture.h"

namespace portico::plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

// An API without operations; `more` begins in line 7 (4 spaces), baseUri is line 5.
Compiled Compile(const std::string& base_uri, const std::string& more = "",
                 const CompileOptions& options = {}) {
  return CompileText("naftiko: 1\ncapability:\n  consumes:\n  - namespace: tasks\n    baseUri: '" +
                         base_uri + "'\n    resources: []\n" + more,
                     options);
}

TEST(UpstreamCompilerTest, KeepsTheBaseUriVerbatim) {
  for (const char* uri : {"https://api.example/v1", "https://api.example/v1/",
                          "https://localhost:7007/api/scaffolder", "http://[::1]:80/x"}) {
    const Compiled compiled = Compile(uri);
    EXPECT_THAT(compiled.findings, IsEmpty());
    ASSERT_NE(compiled.plan, nullptr);
    EXPECT_EQ(compiled.plan->upstreams()[0].base_uri, uri);
    EXPECT_EQ(compiled.plan->upstreams()[0].space, "tasks");
    EXPECT_EQ(compiled.plan->upstreams()[0].place.line, 4);
  }
}

TEST(UpstreamCompilerTest, AnEmptyBaseUriLoadsWithAWarning) {
  const Compiled compiled = Compile("");
  EXPECT_THAT(
      compiled.findings,
      ElementsAre("f.yaml:5: warning: capability.consumes[0].baseUri: is not given: calls "
                  "will be refused; set it with --upstream tasks=BASE_URI or in an overlay"));
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(compiled.plan->upstreams()[0].base_uri, "");
}

TEST(UpstreamCompilerTest, AnOpenPlaceholderCountsAsEmpty) {
  const Compiled compiled = Compile("https://{region}.api.example");
  EXPECT_THAT(compiled.findings,
              ElementsAre("f.yaml:5: warning: capability.consumes[0].baseUri: holds a placeholder "
                          "that only the operator can fill: calls will be refused; set it with "
                          "--upstream tasks=BASE_URI or in an overlay, or in the environment: "
                          "region"));
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(compiled.plan->upstreams()[0].base_uri, "");
}

CompileOptions WithRegion(const std::string& value) {
  CompileOptions options;
  options.environment = [value](const std::string& name) -> std::optional<std::string> {
    if (name != "SHOP_REGION") return std::nullopt;
    return value;
  };
  return options;
}
constexpr char kBinds[] = "  binds: [{namespace: env, keys: {region: SHOP_REGION}}]\n";

TEST(UpstreamCompilerTest, TheEnvironmentFillsAPlaceholderByItsBind) {
  for (const char* uri : {"https://{region}.api.example", "https://{{env.region}}.api.example",
                          "https://{{SHOP_REGION}}.api.example"}) {
    const Compiled compiled = Compile(uri, kBinds, WithRegion("eu"));
    EXPECT_THAT(compiled.findings, IsEmpty());
    ASSERT_NE(compiled.plan, nullptr);
    EXPECT_EQ(compiled.plan->upstreams()[0].base_uri, "https://eu.api.example");
  }
}

TEST(UpstreamCompilerTest, WhatTheOperatorSaysCountsBeforeTheEnvironment) {
  CompileOptions options = WithRegion("eu");
  options.base_uris = {{"tasks", "https://own.example"}};
  const Compiled compiled = Compile("https://{region}.api.example", kBinds, options);
  EXPECT_EQ(compiled.plan->upstreams()[0].base_uri, "https://own.example");
}

TEST(UpstreamCompilerTest, AnEnvironmentThatMakesNoUriIsAnError) {
  const Compiled compiled = Compile("https://{region}.api.example", kBinds, WithRegion("a@b"));
  EXPECT_EQ(compiled.plan, nullptr);
  EXPECT_THAT(compiled.findings,
              ElementsAre(testing::HasSubstr(
                  "baseUri: as the environment fills it, must hold no user name")));
}

TEST(UpstreamCompilerTest, RefusesBaseUrisThatCannotBeCalled) {
  struct Row {
    const char* uri;
    const char* problem;
  };
  for (const Row& row : {
           Row{"api.example", "must begin with https:// or http://"},
           Row{"ftp://api.example", "must begin with https:// or http://"},
           Row{"HTTPS://api.example", "must begin with https:// or http://"},
           Row{"https://", "names no host"},
           Row{"https:///v1", "names no host"},
           Row{"https://:80/v1", "names no host"},
           Row{"https://u:p@api.example",
               "must hold no user name or password; use \"authentication\""},
           Row{"https://api.example/?a=b", "must hold no query and no fragment"},
           Row{"https://api.example#x", "must hold no query and no fragment"},
           Row{"https://api.example/a b", "holds a character that may not stand in a URI"},
           Row{"https://api.example\\@x", "holds a character that may not stand in a URI"},
       }) {
    EXPECT_THAT(
        Compile(row.uri).findings,
        ElementsAre(std::string("f.yaml:5: error: capability.consumes[0].baseUri: ") + row.problem))
        << row.uri;
  }
}

TEST(UpstreamCompilerTest, TheOperatorsBaseUriReplacesTheFiles) {
  for (const char* uri : {"https://api.example", "", "https://{x}.example", "nonsense"}) {
    const Compiled compiled = Compile(uri, "", {{}, {{"tasks", "http://127.0.0.1:1/x"}}});
    EXPECT_THAT(compiled.findings, IsEmpty()) << uri;
    ASSERT_NE(compiled.plan, nullptr);
    EXPECT_EQ(compiled.plan->upstreams()[0].base_uri, "http://127.0.0.1:1/x");
  }
}

TEST(UpstreamCompilerTest, TheOperatorsBaseUriIsCheckedToo) {
  EXPECT_THAT(
      Compile("", "", {{}, {{"tasks", "x"}, {"task", "https://a"}, {"tasks", "https://{a}"}}})
          .findings,
      ElementsAre("--upstream: error: tasks: the base URI must begin with https:// or http://",
                  "--upstream: error: task: is no namespace of a consumed API; did you mean "
                  "\"tasks\"?",
                  "--upstream: error: tasks: the base URI must hold no placeholder"));
}

TEST(UpstreamCompilerTest, ReadsBearerBasicAndApiKey) {
  const auto compile = [](const char* text) {
    const Compiled compiled =
        Compile("https://a", std::string("    authentication: ") + text + "\n");
    EXPECT_THAT(compiled.findings, IsEmpty()) << text;
    return compiled.plan == nullptr ? Authentication{}
                                    : compiled.plan->upstreams()[0].authentication;
  };
  const Authentication bearer = compile("{type: bearer, token: '{{env.T}}'}");
  EXPECT_EQ(bearer.scheme, AuthenticationScheme::kBearer);
  EXPECT_EQ(bearer.secret, "{{env.T}}");
  const Authentication basic = compile("{type: basic, username: '{{U}}', password: '{{P}}'}");
  EXPECT_EQ(basic.scheme, AuthenticationScheme::kBasic);
  EXPECT_EQ(basic.username, "{{U}}");
  EXPECT_EQ(basic.secret, "{{P}}");
  const Authentication header = compile("{type: apikey, key: X-Key, value: '{{K}}'}");
  EXPECT_EQ(header.scheme, AuthenticationScheme::kApiKey);
  EXPECT_EQ(header.key_name, "X-Key");
  EXPECT_FALSE(header.in_query);
  EXPECT_TRUE(compile("{type: apiKey, key: k, value: v, placement: query}").in_query);
  EXPECT_TRUE(compile("{type: apikey, key: k, value: v, in: query}").in_query);
  EXPECT_EQ(compile("{type: none}").scheme, AuthenticationScheme::kNone);
}

TEST(UpstreamCompilerTest, NamesWhatAuthenticationLacks) {
  struct Row {
    const char* text;
    const char* finding;
  };
  for (const Row& row : {
           Row{"{type: bearer}", ".token: is missing; authentication of type bearer needs it"},
           Row{"{type: bearer, token: '{{env.A}'}",
               ".token: has \"{{\" without \"}}\"; a variable is written {{env.NAME}}"},
           Row{"{type: basic, username: a, password: 'x{{env.A}}{{'}",
               ".password: has \"{{\" without \"}}\"; a variable is written {{env.NAME}}"},
           Row{"{type: bearer, token: ''}",
               ".token: is missing; authentication of type bearer needs it"},
           Row{"{type: basic, password: p}",
               ".username: is missing; authentication of type basic needs it"},
           Row{"{type: apikey, value: v}",
               ".key: is missing; authentication of type apikey needs it"},
           Row{"{type: apikey, key: k}",
               ".value: is missing; authentication of type apikey needs it"},
           Row{"{type: apikey, key: k, value: v, placement: cookie}",
               ".placement: must be header or query"},
           Row{"{type: baerer, token: t}",
               ".type: \"baerer\" is not served; it is bearer, basic, apikey or none; did you mean "
               "\"bearer\"?"},
           Row{"{type: oauth2}",
               ".type: \"oauth2\" is not served; it is bearer, basic, apikey or none"},
       }) {
    EXPECT_THAT(
        Compile("https://a", std::string("    authentication: ") + row.text + "\n").findings,
        ElementsAre(std::string("f.yaml:7: error: capability.consumes[0].authentication") +
                    row.finding));
  }
}

TEST(UpstreamCompilerTest, BindsNameTheVariables) {
  const Compiled compiled = Compile("https://a",
                                    "    authentication: {type: bearer, token: '{{KEY}}'}\n"
                                    "binds:\n- namespace: env\n  keys: {KEY: TASKS_KEY}\n");
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_THAT(compiled.plan->upstreams()[0].authentication.variables,
              ElementsAre(Pair("env.KEY", "TASKS_KEY"), Pair("KEY", "TASKS_KEY")));
}

TEST(UpstreamCompilerTest, WarnsWhenASecretGoesOverHttp) {
  const char* authentication = "    authentication: {type: bearer, token: t}\n";
  EXPECT_THAT(Compile("http://api.example", authentication).findings,
              ElementsAre("f.yaml:5: warning: capability.consumes[0].baseUri: is http: the secret "
                          "of \"authentication\" goes over the network in clear text"));
  EXPECT_THAT(Compile("http://api.example").findings, IsEmpty());
  for (const char* uri : {"http://localhost:1/x", "http://127.0.0.1", "http://[::1]:2"}) {
    EXPECT_THAT(Compile(uri, authentication).findings, IsEmpty()) << uri;
  }
  EXPECT_EQ(Compile("http://127.api.example", authentication).findings.size(), 1u);
}

}  // namespace
}  // namespace portico::plan
