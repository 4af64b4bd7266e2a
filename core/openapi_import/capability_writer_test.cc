#include "core/openapi_import/capability_writer.h"

#include <gtest/gtest.h>

namespace portico::openapi_import {
namespace {

using Kind = ApiCredential::Kind;

Api OneOperation() {
  Api api;
  api.space = "pets";
  api.title = "Pets";
  api.servers = {{"/", "https://pets.example", "https://pets.example"}};
  ApiOperation operation;
  operation.name = "get-pet";
  operation.method = "GET";
  operation.path = "/pets/{petId}";
  operation.summary = "Get a pet";
  operation.description = "Get a pet. All of it.";
  api.operations = {operation};
  return api;
}

const Json& ConsumeOf(const Json& file) { return file["capability"]["consumes"][0]; }
const Json& OperationOf(const Json& file) {
  return ConsumeOf(file)["resources"][0]["operations"][0];
}

TEST(CapabilityWriterTest, WritesOperationRouteAndTool) {
  const Json file = WriteCapability(OneOperation());
  EXPECT_EQ(file["naftiko"], "1.0.0-alpha2");
  EXPECT_EQ(ConsumeOf(file)["baseUri"], "https://pets.example");
  EXPECT_EQ(ConsumeOf(file)["resources"][0]["path"], "/pets/{petId}");
  EXPECT_EQ(OperationOf(file)["description"], "Get a pet");
  const Json& rest = file["capability"]["exposes"][0]["resources"][0];
  EXPECT_EQ(rest["path"], "/v1/pets/{petid}");
  EXPECT_EQ(rest["operations"][0]["call"], "pets.get-pet");
  const Json& tool = file["capability"]["exposes"][1]["tools"][0];
  EXPECT_EQ(tool["description"], "Get a pet. All of it.");
  EXPECT_EQ(tool["hints"]["readOnly"], true);
  EXPECT_FALSE(file.contains("binds"));
}

TEST(CapabilityWriterTest, ABodyMakesRoomForAParameterOfItsName) {
  Api api = OneOperation();
  api.operations[0].parameters = {ApiParameter{"body"}};
  api.operations[0].body = ApiBody();
  const Json inputs = OperationOf(WriteCapability(api))["inputParameters"];
  EXPECT_EQ(inputs[0]["name"], "body");
  EXPECT_EQ(inputs[1]["name"], "_body");
  EXPECT_EQ(inputs[1]["in"], "body");
}

TEST(CapabilityWriterTest, AStreamSaysSoByAccept) {
  Api api = OneOperation();
  api.operations[0].stream = true;
  EXPECT_EQ(OperationOf(WriteCapability(api))["inputParameters"][0]["description"],
            "Must be `text/event-stream`.");
}

TEST(CapabilityWriterTest, BindsTheVariablesOfTheCredential) {
  Api api = OneOperation();
  api.credentials = {{Kind::kBasic}};
  Json file = WriteCapability(api);
  EXPECT_EQ(ConsumeOf(file)["authentication"]["username"], "{{env.PETS_USERNAME}}");
  EXPECT_EQ(file["binds"][0]["keys"]["PETS_PASSWORD"], "PETS_PASSWORD");
  api.credentials = {{Kind::kQueryKey, "key"}};
  file = WriteCapability(api);
  EXPECT_EQ(ConsumeOf(file)["authentication"]["placement"], "query");
  EXPECT_EQ(ConsumeOf(file)["authentication"]["value"], "{{env.PETS_API_KEY}}");
  api.credentials = {{Kind::kCookie, "sid"}, {Kind::kHeaderKey, "X-Key"}};
  EXPECT_EQ(ConsumeOf(WriteCapability(api))["authentication"]["value"], "{{env.PETS_X_KEY}}");
}

}  // namespace
}  // namespace portico::openapi_import
