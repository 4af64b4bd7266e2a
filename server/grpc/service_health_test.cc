#include "server/grpc/service_health.h"

#include <gtest/gtest.h>

#include "core/plan/compile_fixture.h"

namespace portico::server {
namespace {

// An API of its own, and a service that calls two.
constexpr char kText[] = R"(naftiko: 1
capability:
  consumes:
  - namespace: a
    baseUri: http://a
    resources: [{path: /x, operations: [{name: get, method: GET}, {name: put, method: PUT}]}]
  - namespace: b
    baseUri: http://b
    resources: [{path: /x, operations: [{name: get, method: GET}]}]
  exposes:
  - type: grpc
    package: both.v1
    service: BothService
    procedures: [{name: a, call: a.get}, {name: b, call: b.get}]
)";

TEST(ServiceHealthTest, AServiceServesWhenAllThatItCallsDoes) {
  const plan::Compiled compiled = plan::CompileText(kText);
  ASSERT_NE(compiled.plan, nullptr);
  auto board = std::make_shared<HealthBoard>();
  ServiceHealth health(UpstreamsOf(*compiled.plan), board);
  health.Begin({true, false});
  EXPECT_EQ(board->Find("both.v1.BothService"), false);
  health.SetServing(0, true);
  EXPECT_EQ(board->Find("both.v1.BothService"), false);
  health.SetServing(1, true);
  EXPECT_EQ(board->Find("both.v1.BothService"), true);
  health.SetServing(0, false);
  EXPECT_EQ(board->Find("both.v1.BothService"), false);
}

TEST(ServiceHealthTest, AServiceThatCallsNothingServes) {
  auto board = std::make_shared<HealthBoard>();
  ServiceHealth health({{"stated.v1.StatedService", {}}}, board);
  health.Begin({false});
  EXPECT_EQ(board->Find("stated.v1.StatedService"), true);
}

}  // namespace
}  // namespace portico::server
