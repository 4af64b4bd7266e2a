#include "core/openapi_import/overlay_writer.h"

#include <gtest/gtest.h>

namespace portico::openapi_import {
namespace {

using Kind = ApiCredential::Kind;

Api OneOperation() {
  Api api;
  api.space = "pets";
  api.servers = {{"/", "https://pets.example", "https://pets.example"}};
  ApiOperation operation;
  operation.name = "add-pet";
  operation.method = "POST";
  operation.path = "/pets";
  operation.summary = "Add a pet";
  api.operations = {operation};
  return api;
}

TEST(OverlayWriterTest, IsNullWhenTheFileSaysEverything) {
  Api api = OneOperation();
  api.credentials = {{Kind::kBearer}};
  api.operations[0].body = ApiBody();
  EXPECT_TRUE(WriteOverlay(api).is_null());
}

TEST(OverlayWriterTest, SaysHowBodiesAndListsAreWritten) {
  Api api = OneOperation();
  api.operations[0].body = ApiBody();
  api.operations[0].body->encoding = "raw";
  api.operations[0].body->content_type = "text/csv";
  ApiParameter tags{"tags"};
  tags.array_style = "comma";
  api.operations[0].parameters = {tags, ApiParameter{"other"}};
  EXPECT_EQ(WriteOverlay(api)["overlay"]["pets"]["operations"]["add-pet"],
            Json({{"bodyEncoding", "raw"},
                  {"contentType", "text/csv"},
                  {"parameters", {{"tags", {{"arrayStyle", "comma"}}}}}}));
}

TEST(OverlayWriterTest, SaysWhichOfTwoParametersOfOneNameIsMeant) {
  Api api = OneOperation();
  ApiParameter tags{"tags"};
  tags.array_style = "comma";
  api.operations[0].parameters = {ApiParameter{"Tags", "header"}, tags};
  EXPECT_EQ(WriteOverlay(api)["overlay"]["pets"]["operations"]["add-pet"]["parameters"],
            Json({{"tags", {{"in", "query"}, {"arrayStyle", "comma"}}}}));
}

TEST(OverlayWriterTest, KeepsVariablesOfTheBaseUri) {
  Api api = OneOperation();
  api.servers[0].template_uri = "https://{region}.pets.example";
  api.servers[0].variables = {{"region", "eu"}};
  const Json overlay = WriteOverlay(api)["overlay"]["pets"];
  EXPECT_EQ(overlay["baseUri"], "https://{region}.pets.example");
  EXPECT_EQ(overlay["variables"]["region"], "eu");
}

TEST(OverlayWriterTest, HoldsSeveralCredentialsAndOauth) {
  Api api = OneOperation();
  ApiCredential oauth{Kind::kClientCredentials};
  oauth.token_url = "https://id.example/token";
  oauth.scopes = {"read"};
  api.credentials = {{Kind::kHeaderKey, "X-Key"}, oauth, {Kind::kCookie, "sid"}};
  const Json overlay = WriteOverlay(api)["overlay"]["pets"];
  EXPECT_EQ(overlay["headers"]["Cookie"], "sid={{env.PETS_SID}}");
  ASSERT_EQ(overlay["authentication"].size(), 2u);
  EXPECT_EQ(overlay["authentication"][0]["apiKey"]["header"], "X-Key");
  EXPECT_EQ(overlay["authentication"][1]["clientCredentials"]["scopes"], Json::array({"read"}));
}

TEST(OverlayWriterTest, UnsaysAStreamThatOnlyWordsMake) {
  Api api = OneOperation();
  api.operations[0].summary = "Not sent as server-sent events";
  EXPECT_EQ(WriteOverlay(api)["overlay"]["pets"]["operations"]["add-pet"]["stream"], false);
}

}  // namespace
}  // namespace portico::openapi_import
