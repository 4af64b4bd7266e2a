#include "server/public_doors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "core/plan/compile_fixture.h"

namespace portico::server {
namespace {

using testing::HasSubstr;

// A REST door, closed, beside an MCP door that is closed or not.
plan::Compiled Doors(const std::string& mcp) {
  const std::string key = "authentication: {type: bearer, token: a}";
  return plan::CompileText(absl::StrCat(
      plan::ApiHead(), "    - path: /a\n      operations: [{name: a, method: GET}]\n  exposes:\n",
      "  - {type: rest, ", key,
      ", resources: [{path: /a, operations: [{method: GET, call: tasks.a}]}]}\n",
      "  - {type: mcp, ", mcp, "tools: [{name: a, call: tasks.a}]}\n"));
}

TEST(PublicDoorsTest, AClosedDoorMayBePublic) {
  const plan::Compiled doors = Doors("authentication: {type: bearer, token: a}, ");
  EXPECT_TRUE(CheckPublicDoors(*doors.plan, {"0.0.0.0:1", "0.0.0.0:2", "0.0.0.0:3"}).ok());
}

TEST(PublicDoorsTest, AnOpenDoorMayNot) {
  const plan::Compiled doors = Doors("");
  EXPECT_TRUE(CheckPublicDoors(*doors.plan, {"off", "0.0.0.0:2", "127.0.0.1:3"}).ok());
  EXPECT_TRUE(CheckPublicDoors(*doors.plan, {"off", "0.0.0.0:2", "off"}).ok());
  const absl::Status status = CheckPublicDoors(*doors.plan, {"off", "off", "0.0.0.0:3"});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), HasSubstr("the tool a, which asks for no"));
}

TEST(PublicDoorsTest, AnOpenResourceIsAnOpenDoor) {
  const plan::Compiled doors = plan::CompileText(absl::StrCat(
      plan::ApiHead(), "    - path: /a\n      operations: [{name: a, method: GET}]\n  exposes:\n",
      "  - {type: mcp, resources: [{name: r, uri: 'a://r', call: tasks.a}]}\n"));
  const absl::Status status = CheckPublicDoors(*doors.plan, {"off", "off", "0.0.0.0:3"});
  EXPECT_THAT(std::string(status.message()), HasSubstr("the resource a://r"));
}

}  // namespace
}  // namespace portico::server
