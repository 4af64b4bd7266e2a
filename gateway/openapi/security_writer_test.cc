#include "gateway/openapi/security_writer.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "core/plan/compile_fixture.h"
#include "gateway/openapi/openapi_writer.h"

namespace portico::openapi {
namespace {

plan::Compiled Door(const std::string& authentication) {
  return plan::CompileText(absl::StrCat(
      plan::ApiHead(), "    - path: /a\n      operations: [{name: a, method: GET}]\n  exposes:\n",
      "  - {type: rest, namespace: 'my api', ", authentication,
      "resources: [{path: /a, operations: [{method: GET, call: tasks.a}]}]}\n"));
}

TEST(SecurityWriterTest, EachSchemeIsWrittenAsOpenApiHasIt) {
  struct Row {
    const char* authentication;
    const char* scheme;
  };
  for (const Row& row :
       {Row{"{type: bearer, token: a}", R"({"type":"http","scheme":"bearer"})"},
        Row{"{type: basic, username: a, password: b}", R"({"type":"http","scheme":"basic"})"},
        Row{"{type: apikey, key: X-K, value: a}",
            R"({"type":"apiKey","in":"header","name":"X-K"})"},
        Row{"{type: apikey, key: k, value: a, placement: query}",
            R"({"type":"apiKey","in":"query","name":"k"})"}}) {
    const plan::Compiled door = Door(absl::StrCat("authentication: ", row.authentication, ", "));
    SecurityWriter writer;
    const Json security = writer.Of(*door.plan->routes().front().access);
    EXPECT_EQ(security, Json::parse(R"([{"my-api":[]}])"));
    EXPECT_EQ(writer.schemes()["my-api"], Json::parse(row.scheme));
  }
}

TEST(SecurityWriterTest, TwoAccessesOfOneNameAreTwoSchemes) {
  const plan::Compiled one = Door("authentication: {type: bearer, token: a}, ");
  const plan::Compiled two = Door("authentication: {type: bearer, token: b}, ");
  SecurityWriter writer;
  writer.Of(*one.plan->routes().front().access);
  const Json security = writer.Of(*two.plan->routes().front().access);
  EXPECT_EQ(security, Json::parse(R"([{"my-api-2":[]}])"));
  EXPECT_EQ(writer.Of(*two.plan->routes().front().access), security);
}

TEST(SecurityWriterTest, ADocumentSaysWhatItsRoutesDemand) {
  const plan::Compiled closed = Door("authentication: {type: bearer, token: a}, ");
  const Json document = WriteOpenApi(*closed.plan);
  EXPECT_TRUE(document["components"]["securitySchemes"].contains("my-api"));
  const Json& operation = document["paths"]["/a"]["get"];
  EXPECT_EQ(operation["security"], Json::parse(R"([{"my-api":[]}])"));
  EXPECT_EQ(operation["responses"]["401"]["$ref"], "#/components/responses/Unauthenticated");
  const Json open = WriteOpenApi(*Door("").plan);
  EXPECT_FALSE(open["components"].contains("securitySchemes"));
  EXPECT_FALSE(open["paths"]["/a"]["get"].contains("security"));
}

}  // namespace
}  // namespace portico::openapi
