#include "core/plan/header_inputs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace portico::plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class HeaderInputsTest : public testing::Test {
 protected:
  void Add(const std::string& name, const std::string& value = "",
           AuthorizationInput authorization = AuthorizationInput::kPassed) {
    capability::InputParameter input;
    input.position = {3, "inputs[0]"};
    input.name = {name, 4};
    input.required = {true, 5};
    if (!value.empty()) input.value = {value, 6};
    HeaderInputs(authorization, &compiled_, &log_).Add(input, name);
  }

  std::string Finding() const { return findings_.empty() ? "" : ToString(findings_[0]); }

  capability::Findings findings_;
  capability::FindingLog findings_log_{"f.yaml", &findings_};
  InputLog log_{&findings_log_};
  CompiledInputs compiled_;
};

TEST_F(HeaderInputsTest, AFixedAuthorizationDoesNotStandBesideTheFilesOwn) {
  Add("Authorization", "Token a");
  EXPECT_EQ(compiled_.constant_headers.size() + compiled_.constants.size(), 1u);
  EXPECT_EQ(Finding(), "");
  for (const AuthorizationInput beside :
       {AuthorizationInput::kRefused, AuthorizationInput::kReplacing}) {
    findings_.clear();
    compiled_ = {};
    Add("authorization", "Token a", beside);
    EXPECT_THAT(compiled_.constant_headers, IsEmpty());
    EXPECT_THAT(compiled_.constants, IsEmpty());
    EXPECT_THAT(Finding(), testing::HasSubstr("is left out: the file's \"authentication\""));
  }
}

TEST_F(HeaderInputsTest, ACallersHeaderIsAParameter) {
  Add("X-Trace");
  ASSERT_EQ(compiled_.parameters.size(), 1u);
  EXPECT_EQ(compiled_.parameters[0].location, ParameterLocation::kHeader);
  EXPECT_TRUE(compiled_.parameters[0].required);
  EXPECT_THAT(compiled_.untaken, IsEmpty());
}

TEST_F(HeaderInputsTest, AValueOfTheFileIsAskedOfNobody) {
  Add("X-Version", "2");
  Add("X-Key", "{{env.KEY}}");
  EXPECT_THAT(compiled_.parameters, IsEmpty());
  EXPECT_EQ(compiled_.constant_headers.at(0).value, "2");
  EXPECT_EQ(compiled_.constants.at(0).text, "{{env.KEY}}");
  EXPECT_THAT(compiled_.untaken, ElementsAre("X-Version", "X-Key"));
}

TEST_F(HeaderInputsTest, BodiesAreSentAsJsonOnly) {
  Add("Content-Type", "application/json; charset=utf-8");
  EXPECT_EQ(Finding(), "");
  Add("Content-Type", "application/jsonp");
  EXPECT_EQ(Finding(),
            "f.yaml:6: error: inputs[0].value: bodies are sent as application/json only");
}

TEST_F(HeaderInputsTest, AConfiguredCredentialMakesAuthorizationOptional) {
  Add("Authorization", "", AuthorizationInput::kReplacing);
  ASSERT_EQ(compiled_.parameters.size(), 1u);
  EXPECT_FALSE(compiled_.parameters[0].required);
  EXPECT_TRUE(compiled_.parameters[0].replaces_credential);
}

TEST_F(HeaderInputsTest, AConfiguredCredentialMayLeaveAuthorizationOut) {
  Add("Authorization", "", AuthorizationInput::kRefused);
  EXPECT_THAT(compiled_.parameters, IsEmpty());
  EXPECT_THAT(compiled_.untaken, ElementsAre("Authorization"));
}

TEST_F(HeaderInputsTest, AcceptTellsOfEventStreams) {
  Add("Accept", "Text/Event-Stream");
  EXPECT_TRUE(compiled_.accepts_event_stream);
  EXPECT_THAT(compiled_.constant_headers, IsEmpty());
}

}  // namespace
}  // namespace portico::plan
