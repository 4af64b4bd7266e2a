#include "core/invoke/call_check.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/invoke/call_fixture.h"

namespace portico::invoke {
namespace {

using plan::ParameterLocation;

using CallCheckTest = CallFixture;

TEST_F(CallCheckTest, RefusesPathValuesThatWouldReachAnotherResource) {
  for (const char* value : {"", ".", ".."}) {
    operation_.parameters.clear();
    call_.arguments.parameters.clear();
    Add("taskId", ParameterLocation::kPath, {value});
    const std::vector<FieldViolation> violations = CheckArguments(call_);
    ASSERT_EQ(violations.size(), 1u) << "value: " << value;
    EXPECT_EQ(violations[0].field, "taskId");
  }
}

TEST_F(CallCheckTest, RefusesControlBytesInAnyParameter) {
  for (ParameterLocation location :
       {ParameterLocation::kPath, ParameterLocation::kQuery, ParameterLocation::kHeader}) {
    for (const std::string& value :
         {std::string("a\rb"), std::string("a\nb"), std::string("a\0b", 3)}) {
      operation_.parameters.clear();
      call_.arguments.parameters.clear();
      Add("p", location, {value});
      EXPECT_EQ(CheckArguments(call_).size(), 1u);
    }
  }
}

TEST_F(CallCheckTest, NamesEveryViolationAtOnce) {
  Add("taskId", ParameterLocation::kPath, {});
  Add("ids", ParameterLocation::kQuery, {}, /*required=*/true);
  const std::vector<FieldViolation> violations = CheckArguments(call_);
  ASSERT_EQ(violations.size(), 2u);
  EXPECT_EQ(violations[0].field, "taskId");
  EXPECT_EQ(violations[0].description, "is required: it is part of the path");
  EXPECT_EQ(violations[1].field, "ids");
  EXPECT_EQ(violations[1].description, "is required");
}

TEST_F(CallCheckTest, ABodyThatIsSentIsNotEmpty) {
  call_.arguments.send_body = true;
  ASSERT_EQ(CheckArguments(call_).size(), 1u);
  EXPECT_EQ(CheckArguments(call_)[0].description, "is required, as JSON");
  call_.arguments.body_stream.emplace();  // what comes is not known yet
  EXPECT_TRUE(CheckArguments(call_).empty());
}

TEST_F(CallCheckTest, VariablesLeadToNoOtherPath) {
  operation_.constants = {{"taskId", ParameterLocation::kPath, "{{env.A}}"}};
  credential_.variables["env.A"] = {"..", ""};
  ASSERT_EQ(MissingVariables(operation_, credential_).size(), 1u);
}

}  // namespace
}  // namespace portico::invoke
