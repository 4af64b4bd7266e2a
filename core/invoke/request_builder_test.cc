#include "core/invoke/request_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::invoke {
namespace {

using plan::ArrayStyle;
using plan::ParameterLocation;
using testing::IsEmpty;

class RequestBuilderTest : public testing::Test {
 protected:
  RequestBuilderTest() {
    upstream_.space = "tasks";
    upstream_.base_uri = "https://api.example/v1";
    operation_.http_method = "GET";
    operation_.id = "tasks.get";
    SetPath("/tasks/{taskId}");
    call_.operation = &operation_;
  }

  void SetPath(const char* text) { operation_.path = plan::PathTemplate::Parse(text).value(); }

  void Add(const char* name, ParameterLocation location, std::vector<std::string> values,
           bool required = false, ArrayStyle style = ArrayStyle::kRepeat) {
    plan::Parameter parameter;
    parameter.name = name;
    parameter.location = location;
    parameter.required = required;
    parameter.array_style = style;
    operation_.parameters.push_back(parameter);
    call_.arguments.parameters.push_back(std::move(values));
  }

  upstream::UpstreamRequest Build() { return BuildRequest(call_, upstream_, credential_); }

  plan::Upstream upstream_;
  plan::Operation operation_;
  upstream::Credential credential_;
  Call call_;
};

TEST_F(RequestBuilderTest, EncodesPathValuesExactly) {
  Add("taskId", ParameterLocation::kPath, {"a/b c:é%"});
  EXPECT_EQ(Build().url, "https://api.example/v1/tasks/a%2Fb%20c%3A%C3%A9%25");
}

TEST_F(RequestBuilderTest, KeepsOneSlashBetweenBaseAndPath) {
  upstream_.base_uri = "https://api.example/v1/";
  Add("taskId", ParameterLocation::kPath, {"x"});
  EXPECT_EQ(Build().url, "https://api.example/v1/tasks/x");
}

TEST_F(RequestBuilderTest, WritesQueryParametersInOrderAndOnlyWhenSet) {
  SetPath("/tasks");
  Add("cursor", ParameterLocation::kQuery, {});
  Add("limit", ParameterLocation::kQuery, {"20"});
  Add("q", ParameterLocation::kQuery, {"a&b=c +"});
  EXPECT_EQ(Build().url, "https://api.example/v1/tasks?limit=20&q=a%26b%3Dc%20%2B");
}

TEST_F(RequestBuilderTest, SpellsArraysByTheirStyle) {
  SetPath("/tasks");
  Add("r", ParameterLocation::kQuery, {"1", "2"});
  Add("c", ParameterLocation::kQuery, {"1", "2,3"}, false, ArrayStyle::kComma);
  Add("b", ParameterLocation::kQuery, {"1", "2"}, false, ArrayStyle::kBrackets);
  EXPECT_EQ(Build().url, "https://api.example/v1/tasks?r=1&r=2&c=1,2%2C3&b[]=1&b[]=2");
}

TEST_F(RequestBuilderTest, AnEmptyValueIsSentAsOne) {
  SetPath("/tasks");
  Add("createdBy", ParameterLocation::kQuery, {""});
  EXPECT_THAT(CheckArguments(call_), IsEmpty());
  EXPECT_EQ(Build().url, "https://api.example/v1/tasks?createdBy=");
}

TEST_F(RequestBuilderTest, CredentialsTravelApartFromOtherHeaders) {
  SetPath("/tasks");
  credential_.headers = {{"Authorization", "Bearer s3cret"}};
  credential_.query = "key=s3cret";
  const upstream::UpstreamRequest request = Build();
  EXPECT_THAT(request.headers, IsEmpty());
  ASSERT_EQ(request.secrets.size(), 1u);
  EXPECT_EQ(request.secrets[0].value, "Bearer s3cret");
  EXPECT_EQ(request.url, "https://api.example/v1/tasks?key=s3cret");
}

TEST_F(RequestBuilderTest, HeadersKeepTheirSpelling) {
  SetPath("/tasks");
  operation_.constant_headers = {{"Accept", "text/event-stream"}};
  Add("X-Trace-ID", ParameterLocation::kHeader, {"t1"});
  call_.headers = {{"traceparent", "00-1"}};
  const upstream::UpstreamRequest request = Build();
  ASSERT_EQ(request.headers.size(), 3u);
  EXPECT_EQ(request.headers[0].name, "Accept");
  EXPECT_EQ(request.headers[1].name, "X-Trace-ID");
  EXPECT_EQ(request.headers[2].value, "00-1");
}

TEST_F(RequestBuilderTest, SendsNoBodyUnlessToldTo) {
  SetPath("/tasks");
  EXPECT_FALSE(Build().body.has_value());
  call_.arguments.send_body = true;
  call_.arguments.body = "{}";
  const upstream::UpstreamRequest request = Build();
  EXPECT_EQ(request.body, "{}");
  EXPECT_EQ(request.headers.back().value, "application/json");
}

TEST_F(RequestBuilderTest, RefusesPathValuesThatWouldReachAnotherResource) {
  for (const char* value : {"", ".", ".."}) {
    operation_.parameters.clear();
    call_.arguments.parameters.clear();
    Add("taskId", ParameterLocation::kPath, {value});
    const std::vector<FieldViolation> violations = CheckArguments(call_);
    ASSERT_EQ(violations.size(), 1u) << "value: " << value;
    EXPECT_EQ(violations[0].field, "taskId");
  }
}

TEST_F(RequestBuilderTest, RefusesControlBytesInAnyParameter) {
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

TEST_F(RequestBuilderTest, NamesEveryViolationAtOnce) {
  Add("taskId", ParameterLocation::kPath, {});
  Add("ids", ParameterLocation::kQuery, {}, /*required=*/true);
  const std::vector<FieldViolation> violations = CheckArguments(call_);
  ASSERT_EQ(violations.size(), 2u);
  EXPECT_EQ(violations[0].field, "taskId");
  EXPECT_EQ(violations[1].field, "ids");
  EXPECT_EQ(violations[1].description, "is required");
}

TEST_F(RequestBuilderTest, SpellsObjectsByTheirMembers) {
  SetPath("/tasks");
  Add("f", ParameterLocation::kQuery, {R"({"a":{"b":"x y"},"c":[1,2]})"});
  operation_.parameters[0].type = plan::ValueType::kObject;
  EXPECT_THAT(CheckArguments(call_), IsEmpty());
  EXPECT_EQ(Build().url, "https://api.example/v1/tasks?f[a][b]=x%20y&f[c][0]=1&f[c][1]=2");
  call_.arguments.parameters[0] = {"x"};
  ASSERT_EQ(CheckArguments(call_).size(), 1u);
  EXPECT_EQ(CheckArguments(call_)[0].description, "must be a JSON object");
}

TEST_F(RequestBuilderTest, SendsConstantsWithTheirVariables) {
  SetPath("/tasks/{taskId}?fixed");
  operation_.constants = {{"taskId", ParameterLocation::kPath, "a{{env.A}}"},
                          {"q", ParameterLocation::kQuery, "{{env.A}}&"},
                          {"X", ParameterLocation::kHeader, "x {{env.A}}"}};
  operation_.constant_body = R"({"a":"{{env.A}}"})";
  EXPECT_THAT(MissingVariables(operation_, credential_),
              testing::ElementsAre("env.A", "env.A", "env.A", "env.A"));
  credential_.variables["env.A"] = {"1\"/", ""};
  EXPECT_THAT(MissingVariables(operation_, credential_), IsEmpty());
  const upstream::UpstreamRequest request = Build();
  EXPECT_EQ(request.url, "https://api.example/v1/tasks/a1%22%2F?fixed&q=1%22%2F%26");
  ASSERT_EQ(request.secrets.size(), 1u);
  EXPECT_EQ(request.secrets[0].value, "x 1\"/");
  EXPECT_EQ(request.body, R"({"a":"1\"/"})");
}

TEST_F(RequestBuilderTest, AnOverlaysHeaderStandsBackForAConstant) {
  SetPath("/tasks");
  operation_.constants = {{"X-Client", ParameterLocation::kHeader, "{{env.A}}"}};
  credential_.variables["env.A"] = {"a", ""};
  credential_.fixed_headers = {{"x-client", "b"}, {"X-Other", "c"}};
  const upstream::UpstreamRequest request = Build();
  ASSERT_EQ(request.secrets.size(), 2u);
  EXPECT_EQ(request.secrets[0].value, "a");
  EXPECT_EQ(request.secrets[1].name, "X-Other");
}

TEST_F(RequestBuilderTest, VariablesLeadToNoOtherPath) {
  operation_.constants = {{"taskId", ParameterLocation::kPath, "{{env.A}}"}};
  credential_.variables["env.A"] = {"..", ""};
  ASSERT_EQ(MissingVariables(operation_, credential_).size(), 1u);
}

TEST_F(RequestBuilderTest, TheCallersAuthorizationReplacesTheCredential) {
  SetPath("/tasks");
  Add("Authorization", ParameterLocation::kHeader, {});
  operation_.parameters[0].replaces_credential = true;
  credential_.headers = {{"X-Key", "k"}};
  credential_.query = "key=k";
  EXPECT_FALSE(ReplacesCredential(call_));
  EXPECT_EQ(Build().url, "https://api.example/v1/tasks?key=k");
  call_.arguments.parameters[0] = {"Bearer mine"};
  EXPECT_TRUE(ReplacesCredential(call_));
  const upstream::UpstreamRequest request = Build();
  EXPECT_EQ(request.url, "https://api.example/v1/tasks");
  ASSERT_EQ(request.secrets.size(), 1u);
  EXPECT_EQ(request.secrets[0].value, "Bearer mine");
}

}  // namespace
}  // namespace portico::invoke
