#include "core/invoke/request_url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/invoke/call_check.h"
#include "core/invoke/call_fixture.h"

namespace portico::invoke {
namespace {

using plan::ArrayStyle;
using plan::ParameterLocation;
using testing::IsEmpty;

class RequestUrlTest : public CallFixture {
 protected:
  std::string Url() { return UrlOf(call_, upstream_, credential_); }
};

TEST_F(RequestUrlTest, EncodesPathValuesExactly) {
  Add("taskId", ParameterLocation::kPath, {"a/b c:é%"});
  EXPECT_EQ(Url(), "https://api.example/v1/tasks/a%2Fb%20c%3A%C3%A9%25");
}

TEST_F(RequestUrlTest, KeepsOneSlashBetweenBaseAndPath) {
  upstream_.base_uri = "https://api.example/v1/";
  Add("taskId", ParameterLocation::kPath, {"x"});
  EXPECT_EQ(Url(), "https://api.example/v1/tasks/x");
}

TEST_F(RequestUrlTest, WritesQueryParametersInOrderAndOnlyWhenSet) {
  SetPath("/tasks");
  Add("cursor", ParameterLocation::kQuery, {});
  Add("limit", ParameterLocation::kQuery, {"20"});
  Add("q", ParameterLocation::kQuery, {"a&b=c +"});
  EXPECT_EQ(Url(), "https://api.example/v1/tasks?limit=20&q=a%26b%3Dc%20%2B");
}

TEST_F(RequestUrlTest, SpellsArraysByTheirStyle) {
  SetPath("/tasks");
  Add("r", ParameterLocation::kQuery, {"1", "2"});
  Add("c", ParameterLocation::kQuery, {"1", "2,3"}, false, ArrayStyle::kComma);
  Add("b", ParameterLocation::kQuery, {"1", "2"}, false, ArrayStyle::kBrackets);
  EXPECT_EQ(Url(), "https://api.example/v1/tasks?r=1&r=2&c=1,2%2C3&b[]=1&b[]=2");
}

TEST_F(RequestUrlTest, AnEmptyValueIsSentAsOne) {
  SetPath("/tasks");
  Add("createdBy", ParameterLocation::kQuery, {""});
  EXPECT_THAT(CheckArguments(call_), IsEmpty());
  EXPECT_EQ(Url(), "https://api.example/v1/tasks?createdBy=");
}

TEST_F(RequestUrlTest, SpellsObjectsByTheirMembers) {
  SetPath("/tasks");
  Add("f", ParameterLocation::kQuery, {R"({"a":{"b":"x y"},"c":[1,2]})"});
  operation_.parameters[0].type = plan::ValueType::kObject;
  EXPECT_THAT(CheckArguments(call_), IsEmpty());
  EXPECT_EQ(Url(), "https://api.example/v1/tasks?f[a][b]=x%20y&f[c][0]=1&f[c][1]=2");
  call_.arguments.parameters[0] = {"x"};
  ASSERT_EQ(CheckArguments(call_).size(), 1u);
  EXPECT_EQ(CheckArguments(call_)[0].description, "must be a JSON object");
}

}  // namespace
}  // namespace portico::invoke
