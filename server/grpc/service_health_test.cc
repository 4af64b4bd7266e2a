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
  ServiceHealth health(*compiled.plan, board);
  health.Begin();
  EXPECT_EQ(board->Find("both.v1.BothService"), std::nullopt) << "nothing is known yet";
  health.SetServing(0, true);
  health.SetServing(1, false);
  EXPECT_EQ(board->Find("both.v1.BothService"), false);
  health.SetServing(0, true);
  EXPECT_EQ(board->Find("both.v1.BothService"), false);
  health.SetServing(1, true);
  EXPECT_EQ(board->Find("both.v1.BothService"), true);
  health.SetServing(0, false);
  EXPECT_EQ(board->Find("both.v1.BothService"), false);
}

}  // namespace
}  // namespace portico::server
