#include "core/plan/access_compiler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/plan/compile_fixture.h"

namespace portico::plan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kBearer[] = "authentication: {type: bearer, token: '{{env.A}}'}";
constexpr char kKey[] = "authentication: {type: apikey, key: X-Key, value: '{{env.B}}'}";

// One operation behind a REST and an MCP door; `rest`, `mcp`: a line of theirs each.
std::string Doors(const std::string& rest, const std::string& mcp, const std::string& inputs = "") {
  return absl::StrReplaceAll(absl::StrCat(ApiHead(), R"(    - path: /a
      operations: [{name: a, method: GET, inputParameters: [INPUTS]}]
  exposes:
  - type: rest
    namespace: r
    REST
    resources:
    - path: /a
      operations: [{method: GET, call: tasks.a}]
  - type: mcp
    namespace: m
    MCP
    tools: [{name: a, call: tasks.a}]
)"),
                             {{"REST", rest.empty() ? "description: x" : rest},
                              {"MCP", mcp.empty() ? "description: x" : mcp},
                              {"INPUTS", inputs}});
}

std::string SchemesOf(const Access* access) {
  if (access == nullptr) return "open";
  std::string schemes;
  for (const Authentication& one : access->accepted) {
    schemes += one.scheme == AuthenticationScheme::kBearer  ? "bearer "
               : one.scheme == AuthenticationScheme::kBasic ? "basic "
                                                            : "key ";
  }
  return schemes;
}

TEST(AccessCompilerTest, ADoorWithoutAuthenticationIsOpen) {
  const Compiled compiled = CompileText(Doors("", "authentication: {type: none}"));
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(compiled.plan->routes().front().access, nullptr);
  EXPECT_EQ(compiled.plan->tools().front().access, nullptr);
  EXPECT_THAT(compiled.plan->accesses(), IsEmpty());
}

TEST(AccessCompilerTest, EachDoorClosesItsOwn) {
  const Compiled compiled = CompileText(Doors(kBearer, kKey));
  ASSERT_NE(compiled.plan, nullptr);
  const Access* const route = compiled.plan->routes().front().access;
  const Access* const tool = compiled.plan->tools().front().access;
  EXPECT_EQ(SchemesOf(route), "bearer ");
  EXPECT_EQ(route->space, "r");
  EXPECT_EQ(route->accepted.front().secret, "{{env.A}}");
  EXPECT_EQ(SchemesOf(tool), "key ");
  EXPECT_EQ(tool->accepted.front().key_name, "X-Key");
  EXPECT_EQ(compiled.plan->accesses().at(tool->index).get(), tool);
}

TEST(AccessCompilerTest, OneDoorMayBeOpenAndAnotherClosed) {
  const Compiled compiled = CompileText(Doors("", kBearer));
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(compiled.plan->routes().front().access, nullptr);
  EXPECT_EQ(SchemesOf(compiled.plan->tools().front().access), "bearer ");
}

TEST(AccessCompilerTest, ReadsTheBindsOfTheFile) {
  std::string text = Doors(kBearer, "");
  text = absl::StrReplaceAll(
      text, {{"capability:", "binds:\n- {namespace: env, keys: {A: B}}\ncapability:"}});
  const Compiled compiled = CompileText(text);
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_THAT(compiled.plan->routes().front().access->accepted.front().variables,
              ElementsAre(std::pair("env.A", "B"), std::pair("A", "B")));
}

struct Refused {
  const char* authentication;
  const char* finding;
};

TEST(AccessCompilerTest, WhatIsNotCheckedIsAnError) {
  for (const Refused& row : {
           Refused{"{type: digest, username: a, password: b}", "does not check callers by digest"},
           Refused{"{type: oauth2, authorizationServerUri: 'https://a', resource: 'https://b'}",
                   "does not check callers by oauth2"},
           Refused{"{type: barer, token: a}", "did you mean \"bearer\"?"},
           Refused{"{type: bearer}", "authentication.token: is missing"},
           Refused{"{type: basic, username: a}", "callers need more than a name"},
           Refused{"{type: apikey, key: traceparent, value: a}", "with another meaning"},
           Refused{"{type: apikey, key: 'X Key', value: a}", "is no name of a header"},
       }) {
    const Compiled compiled =
        CompileText(Doors(absl::StrCat("authentication: ", row.authentication), ""));
    EXPECT_EQ(compiled.plan, nullptr) << row.authentication;
    EXPECT_THAT(compiled.findings, testing::Contains(HasSubstr(row.finding)));
  }
}

TEST(AccessCompilerTest, ACallersCredentialIsNoInput) {
  const Compiled compiled =
      CompileText(Doors(kKey, kKey, "{name: x-key, in: header}, {name: q, in: query}"));
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_THAT(Printed(compiled.plan->routes().front().bindings), ElementsAre("q->q"));
  EXPECT_THAT(Printed(compiled.plan->tools().front().bindings),
              ElementsAre("x-key->x-key", "q->q"));
  EXPECT_THAT(compiled.findings,
              ElementsAre(HasSubstr("\"x-key\" is what callers show for themselves")));
}

TEST(AccessCompilerTest, AKeyInTheQueryIsNoInput) {
  const std::string key = "authentication: {type: apikey, key: q, value: a, placement: query}";
  const Compiled compiled = CompileText(Doors(key, "", "{name: q, in: query}"));
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_THAT(compiled.plan->routes().front().bindings, IsEmpty());
}

// One operation with its method, as a draft has it; the faces are added door by door.
class AccessOfMethods : public testing::Test {
 protected:
  AccessOfMethods() {
    auto drafted = std::make_unique<DraftOperation>();
    drafted->operation = std::make_unique<Operation>();
    operation_ = drafted->operation.get();
    draft_.operations.push_back(std::move(drafted));
    draft_.methods.emplace_back().operation = operation_;
  }

  // `scheme`: "bearer", "none", or "" for no authentication.
  void Close(const std::string& type, const std::string& scheme) {
    capability::Expose expose;
    expose.type = {type, 1};
    expose.space = {type, 1};
    if (!scheme.empty()) {
      expose.authentication.emplace();
      expose.authentication->type = {scheme, 1};
      for (capability::Text* text : {&expose.authentication->token, &expose.authentication->key,
                                     &expose.authentication->value}) {
        *text = {"a", 1};
      }
    }
    compiler_.Close(expose, {}, 0, &log_);
  }
  void Rest(const std::string& scheme) {
    draft_.routes.emplace_back().operation = operation_;
    Close("rest", scheme);
  }
  void Mcp(const std::string& scheme) {
    draft_.tools.emplace_back().operation = operation_;
    Close("mcp", scheme);
  }
  std::string OfMethod() {
    compiler_.Finish(&findings_);
    EXPECT_THAT(findings_, IsEmpty());
    return SchemesOf(draft_.methods.front().access);
  }

  PlanDraft draft_;
  Operation* operation_ = nullptr;
  capability::Findings findings_;
  capability::FindingLog log_{"f.yaml", &findings_};
  AccessCompiler compiler_{&draft_};
};

TEST_F(AccessOfMethods, AnOpenFileHasOpenMethods) {
  Rest("");
  Mcp("none");
  EXPECT_EQ(OfMethod(), "open");
}

TEST_F(AccessOfMethods, WhatOneDoorClosesIsNotOpenOverGrpc) {
  Rest("");
  Mcp("bearer");
  EXPECT_EQ(OfMethod(), "bearer ");
}

TEST_F(AccessOfMethods, WhateverOpensAClosedDoorOpensTheMethod) {
  Rest("bearer");
  Mcp("apikey");
  EXPECT_EQ(OfMethod(), "bearer key ");
}

TEST_F(AccessOfMethods, TheGrpcEntryHasTheLastWord) {
  Rest("bearer");
  Close("grpc", "apikey");
  EXPECT_EQ(OfMethod(), "key ");
}

TEST_F(AccessOfMethods, TheGrpcEntryOpensOnlyWhenItSaysSo) {
  Rest("bearer");
  Close("grpc", "");
  EXPECT_EQ(OfMethod(), "bearer ");
}

TEST_F(AccessOfMethods, TheGrpcEntryMayOpenWhatOthersClose) {
  Rest("bearer");
  Close("grpc", "none");
  EXPECT_EQ(OfMethod(), "open");
}

TEST_F(AccessOfMethods, AnOperationThatNoDoorServesGoesByItsFile) {
  Close("rest", "bearer");
  EXPECT_EQ(OfMethod(), "bearer ");
}

}  // namespace
}  // namespace portico::plan
