#include "gateway/rest/route_inputs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/rest/plan_of_routes.h"

namespace portico::rest {
namespace {

constexpr char kInputs[] =
    "[{name: createdBy, in: query, type: string}, {name: owner, in: query, type: array},"
    " {name: X-Team, in: header, type: string}]";

class RouteInputsTest : public testing::Test {
 protected:
  invoke::Call Place(std::vector<QueryPair> query, std::vector<http::RequestField> fields = {}) {
    http::RequestHead head;
    head.fields = std::move(fields);
    invoke::Call call;
    inputs_.Place({"t/1"}, std::move(query), head, &call);
    return call;
  }
  std::vector<std::string> ValuesOf(const invoke::Call& call, const std::string& name) {
    for (std::size_t i = 0; i < call.operation->parameters.size(); ++i) {
      if (call.operation->parameters[i].name == name) return call.arguments.parameters[i];
    }
    return {"no such parameter"};
  }
  static std::string Shown(const invoke::Call& call) {
    std::string shown;
    for (const auto& violation : call.violations) {
      shown += violation.field + ": " + violation.description + "\n";
    }
    return shown;
  }

  std::shared_ptr<const plan::Plan> plan_ = PlanOfRoutes({"GET /tasks/{taskId}"}, kInputs);
  RouteInputs inputs_{plan_->routes()[0]};
};

using Values = std::vector<std::string>;

TEST_F(RouteInputsTest, PlacesPathQueryAndHeader) {
  const invoke::Call call = Place({{"createdBy", "user:a b"}}, {{"x-team", "red"}});
  EXPECT_EQ(Shown(call), "");
  EXPECT_EQ(ValuesOf(call, "taskId"), Values{"t/1"});
  EXPECT_EQ(ValuesOf(call, "createdBy"), Values{"user:a b"});
  EXPECT_EQ(ValuesOf(call, "X-Team"), Values{"red"});
  EXPECT_EQ(ValuesOf(call, "owner"), Values{});
}

TEST_F(RouteInputsTest, ArraysAcceptRepeats) {
  const invoke::Call call = Place({{"owner", "a"}, {"owner", "b,c"}});
  EXPECT_EQ(ValuesOf(call, "owner"), (Values{"a", "b,c"}));
  EXPECT_EQ(Shown(call), "");
}

TEST_F(RouteInputsTest, OtherParametersTakeOneValue) {
  EXPECT_EQ(Shown(Place({{"createdBy", "a"}, {"createdBy", "b"}})),
            "createdBy: takes one value, not 2\n");
}

TEST_F(RouteInputsTest, UnknownParametersAreAllNamedWithTheNearestKnown) {
  const std::string shown = Shown(Place({{"createdby", "a"}, {"zzz", "1"}}));
  EXPECT_THAT(shown, testing::HasSubstr("createdby: is not a query parameter of GET "
                                        "/tasks/{taskId}; did you mean \"createdBy\"?"));
  EXPECT_THAT(shown, testing::HasSubstr("zzz: is not"));
  EXPECT_THAT(shown, testing::HasSubstr("(it takes createdBy, owner)\n"));
}

TEST_F(RouteInputsTest, ARouteWithoutParametersSaysSo) {
  const auto plan = PlanOfRoutes({"GET /a"});
  invoke::Call call;
  RouteInputs(plan->routes()[0]).Place({}, {{"x", "1"}}, {}, &call);
  EXPECT_EQ(Shown(call), "x: is unknown: GET /a takes no query parameters\n");
}

TEST_F(RouteInputsTest, OnlyRoutesWithABodyTakeOne) {
  EXPECT_FALSE(inputs_.takes_body());
  const auto plan =
      PlanOfRoutes({"POST /a"}, "[{name: body, in: body, type: object, required: true}]");
  EXPECT_TRUE(RouteInputs(plan->routes()[0]).takes_body());
}

TEST_F(RouteInputsTest, ABodyThatTheRouteFixesIsNobodyElses) {
  const auto plan =
      PlanOfRoutes({"POST /a"}, "[{name: body, in: body, type: object, required: true}]");
  plan::Route route = plan->routes()[0];
  ASSERT_EQ(route.bindings.size(), 1u);
  route.bindings[0].caller_name.clear();
  route.bindings[0].constant = R"({"a":1})";
  const RouteInputs inputs(route);
  EXPECT_FALSE(inputs.takes_body());
  EXPECT_EQ(inputs.fixed_body(), R"({"a":1})");
}

TEST(RouteInputsOfObjectsTest, TakeOneTextOrAPairForEachMember) {
  const auto plan = PlanOfRoutes({"GET /tasks"}, "[{name: f, in: query, type: object}]");
  const RouteInputs inputs(plan->routes()[0]);
  const auto placed = [&](std::vector<QueryPair> query) {
    invoke::Call call;
    inputs.Place({}, std::move(query), http::RequestHead(), &call);
    for (const auto& violation : call.violations) return violation.field;
    return call.arguments.parameters[0].at(0);
  };
  EXPECT_EQ(placed({{"f", "{\"a\":1}"}}), "{\"a\":1}");
  EXPECT_EQ(placed({{"f[a]", "1"}, {"f[b][c]", "x"}}), R"({"a":"1","b":{"c":"x"}})");
  EXPECT_EQ(placed({{"g[a]", "1"}}), "g[a]");
  EXPECT_EQ(placed({{"f[a]", "1"}, {"f[a]", "2"}}), "f[a]");
}

}  // namespace
}  // namespace portico::rest
