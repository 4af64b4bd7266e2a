#include "core/access/access_control.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/plan/compile_fixture.h"

namespace portico::access {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class FakeCaller final : public Caller {
 public:
  std::map<std::string, std::string> fields;  // lower case
  std::map<std::string, std::string> query;

  std::optional<std::string> Field(absl::string_view name) const override {
    const auto found = fields.find(absl::AsciiStrToLower(name));
    return found == fields.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<std::string> Query(absl::string_view name) const override {
    const auto found = query.find(std::string(name));
    return found == query.end() ? std::nullopt : std::optional(found->second);
  }
};

FakeCaller Showing(const std::string& field, const std::string& value) {
  FakeCaller caller;
  caller.fields[field] = value;
  return caller;
}

class AccessControlTest : public testing::Test {
 protected:
  // A plan with one route whose door demands `authentication`, a YAML flow mapping.
  void Compile(const std::string& authentication) {
    compiled_ = plan::CompileText(absl::StrCat(plan::ApiHead(), R"(    - path: /a
      operations: [{name: a, method: GET}]
  exposes:
  - type: rest
    namespace: "my \"rest"
    authentication: )",
                                               authentication, R"(
    resources:
    - path: /a
      operations: [{method: GET, call: tasks.a}]
)"));
    ASSERT_NE(compiled_.plan, nullptr) << testing::PrintToString(compiled_.findings);
    control_.emplace(*compiled_.plan, [this](const std::string& name) {
      const auto found = environment_.find(name);
      return found == environment_.end() ? std::nullopt : std::optional(found->second);
    });
  }
  const plan::Access& access() const { return *compiled_.plan->routes().front().access; }
  bool Admits(const Caller& caller) const {
    return !control_->Refusal(access(), caller).has_value();
  }
  std::string ReasonFor(const Caller& caller) const {
    const auto refusal = control_->Refusal(access(), caller);
    return refusal.has_value() ? refusal->reason : "";
  }

  plan::Compiled compiled_;
  std::map<std::string, std::string> environment_;
  std::optional<AccessControl> control_;
};

TEST_F(AccessControlTest, ABearerTokenLetsIn) {
  environment_["TOKEN"] = "s3cret";
  Compile("{type: bearer, token: '{{env.TOKEN}}'}");
  EXPECT_TRUE(Admits(Showing("authorization", "Bearer s3cret")));
  EXPECT_TRUE(Admits(Showing("authorization", "bEARER s3cret")));
  for (const char* wrong : {"Bearer s3creT", "Bearer", "Bearer ", "s3cret", "Basic s3cret", "",
                            "Bearer s3cret ", "Bearers3cret", "Bearer s3cret,Bearer s3cret"}) {
    EXPECT_EQ(ReasonFor(Showing("authorization", wrong)), "UNAUTHENTICATED") << wrong;
  }
  EXPECT_EQ(ReasonFor(FakeCaller()), "UNAUTHENTICATED");
  EXPECT_EQ(control_->Challenge(access()), R"(Bearer realm="my \"rest")");
}

TEST_F(AccessControlTest, NameAndPasswordLetIn) {
  environment_["PASSWORD"] = "open sesame";
  Compile("{type: basic, username: Aladdin, password: '{{env.PASSWORD}}'}");
  // The example of RFC 7617, 2.
  EXPECT_TRUE(Admits(Showing("authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")));
  EXPECT_FALSE(Admits(Showing("authorization", "Basic QWxhZGRpbjo=")));
  EXPECT_FALSE(Admits(Showing("authorization", "Bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ==")));
  EXPECT_EQ(control_->Challenge(access()), R"(Basic realm="my \"rest", charset="UTF-8")");
}

TEST_F(AccessControlTest, AKeyInAHeaderLetsIn) {
  environment_["KEY"] = "k 1";
  Compile("{type: apikey, key: X-Key, value: '{{env.KEY}}', placement: header}");
  EXPECT_TRUE(Admits(Showing("x-key", "k 1")));
  EXPECT_FALSE(Admits(Showing("x-key", "k")));
  FakeCaller in_query;
  in_query.query["X-Key"] = "k 1";
  EXPECT_FALSE(Admits(in_query));
  EXPECT_EQ(control_->Challenge(access()), R"(ApiKey realm="my \"rest", header="X-Key")");
}

TEST_F(AccessControlTest, AKeyInTheQueryLetsIn) {
  environment_["KEY"] = "a/b&c";
  Compile("{type: apikey, key: api_key, value: '{{env.KEY}}', placement: query}");
  FakeCaller caller;
  caller.query["api_key"] = "a/b&c";
  EXPECT_TRUE(Admits(caller));
  caller.query["api_key"] = "a%2Fb%26c";
  EXPECT_FALSE(Admits(caller));
  EXPECT_FALSE(Admits(Showing("api_key", "a/b&c")));
}

TEST_F(AccessControlTest, AMissingVariableKeepsEverybodyOut) {
  for (const bool set : {true, false}) {
    environment_.clear();
    if (set) environment_["TOKEN"] = "";
    Compile("{type: bearer, token: '{{env.TOKEN}}'}");
    for (const char* shown : {"Bearer ", "Bearer {{env.TOKEN}}", "Bearer", ""}) {
      EXPECT_EQ(ReasonFor(Showing("authorization", shown)), "ACCESS_NOT_CONFIGURED") << shown;
    }
    EXPECT_THAT(control_->Missing(access()), ElementsAre("TOKEN"));
    EXPECT_THAT(control_->MissingOf(0), ElementsAre("TOKEN"));
    EXPECT_EQ(control_->Refusal(access(), FakeCaller())->metadata.at("variables"), "TOKEN");
  }
}

TEST_F(AccessControlTest, ACompositionOfSeveralApisIsClosedLikeAnyOther) {
  compiled_ = plan::CompileText(absl::StrCat(plan::ApiHead(), R"(    - path: /a
      operations: [{name: a, method: GET}]
  - type: http
    namespace: others
    baseUri: "http://127.0.0.1:2"
    resources:
    - path: /b
      operations: [{name: b, method: GET}]
  exposes:
  - type: mcp
    namespace: both
    authentication: {type: bearer, token: '{{env.TOKEN}}'}
    tools:
    - name: both
      description: asks two
      steps:
      - {type: call, name: first, call: tasks.a}
      - {type: call, name: second, call: others.b}
    - name: neither
      description: asks nobody
      outputParameters: [{name: x, type: string, value: y}]
)"));
  ASSERT_NE(compiled_.plan, nullptr) << testing::PrintToString(compiled_.findings);
  for (const plan::Tool& tool : compiled_.plan->tools()) {
    ASSERT_EQ(tool.operation->upstream, plan::kNoUpstream);
  }
  const AccessControl control(*compiled_.plan, [](const std::string&) { return std::nullopt; });
  EXPECT_THAT(control.MissingOf(0), ElementsAre("TOKEN"));
  EXPECT_THAT(control.MissingOf(1), ElementsAre("TOKEN"));
}

TEST_F(AccessControlTest, SaysWhatToShowAndNeverASecret) {
  environment_["TOKEN"] = "s3cret";
  Compile("{type: bearer, token: '{{env.TOKEN}}'}");
  EXPECT_THAT(control_->MissingOf(0), IsEmpty());
  const auto nothing = control_->Refusal(access(), FakeCaller());
  EXPECT_THAT(nothing->message, HasSubstr("have to show Authorization: Bearer TOKEN"));
  const auto wrong = control_->Refusal(access(), Showing("authorization", "Bearer gue55"));
  EXPECT_THAT(wrong->message, HasSubstr("not the right one"));
  EXPECT_THAT(wrong->message, Not(HasSubstr("s3cret")));
  EXPECT_THAT(wrong->message, Not(HasSubstr("gue55")));
}

}  // namespace
}  // namespace portico::access
