#include "gateway/openapi/openapi_writer.h"

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/openapi/examples.h"
#include "gateway/openapi/openapi_fixture.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace portico::openapi {
namespace {

using testing::ElementsAre;

// A capability whose upstream and routes are given.
std::string Capability(const std::string& resources, const std::string& routes) {
  return absl::StrCat(
      "naftiko: 1.0.0-alpha2\n"
      "capability:\n"
      "  consumes:\n"
      "  - {namespace: shop, baseUri: 'https://api.example', resources: [",
      resources,
      "]}\n"
      "  exposes:\n"
      "  - {type: rest, namespace: shop-rest, port: 8080, resources: [",
      routes, "]}\n");
}

// By operationId.
std::map<std::string, Json> Operations(const Json& document) {
  std::map<std::string, Json> operations;
  for (const auto& path : document["paths"].items()) {
    for (const auto& verb : path.value().items()) {
      Json operation = verb.value();
      operation["route"] = absl::StrCat(verb.key(), " ", path.key());
      operations[operation["operationId"].get<std::string>()] = operation;
    }
  }
  return operations;
}

Json BuiltIn(const std::string& id) { return Operations(BuiltInDocument())[id]; }

std::vector<std::string> NamesOf(const Json& parameters) {
  std::vector<std::string> names;
  for (const Json& parameter : parameters) {
    names.push_back(absl::StrCat(parameter["in"].get<std::string>(), " ",
                                 parameter["name"].get<std::string>(),
                                 parameter.value("required", false) ? " required" : ""));
  }
  return names;
}

Json Schema(const std::string& name) { return BuiltInDocument()["components"]["schemas"][name]; }

TEST(OpenApiWriter, HasEveryRouteOfThePlan) {
  const auto plan = BuiltInPlan();
  std::set<std::string> routes;
  for (const plan::Route& route : plan->routes()) routes.insert(route.path.text());
  std::set<std::string> paths;
  for (const auto& path : BuiltInDocument()["paths"].items()) paths.insert(path.key());
  EXPECT_EQ(paths, routes);
  EXPECT_EQ(Operations(BuiltInDocument()).size(), 17u);
}

TEST(OpenApiWriter, CallsPathParametersAsTheRouteDoes) {
  const Json operation = BuiltIn("northflank-jobs.runjob");
  EXPECT_EQ(operation["route"], "post /v1/projects/{projectid}/jobs/{jobid}/run");
  EXPECT_THAT(NamesOf(operation["parameters"]),
              ElementsAre("path projectid required", "path jobid required"));
}

TEST(OpenApiWriter, KnowsTheVendorsParameters) {
  const Json parameters = BuiltIn("scaffolder-tasks.listtasks")["parameters"];
  EXPECT_THAT(NamesOf(parameters), ElementsAre("query createdBy", "query status", "query order",
                                               "query limit", "query offset"));
  EXPECT_EQ(parameters[0]["schema"]["type"], "array")
      << "the file has one text, Backstage takes any";
  EXPECT_EQ(parameters[0]["style"], "form");
  EXPECT_EQ(parameters[0]["explode"], true);
  EXPECT_EQ(parameters[3]["schema"]["type"], "integer");
}

TEST(OpenApiWriter, NeverAsksForAccept) {
  EXPECT_THAT(NamesOf(BuiltIn("render-workflow-tasks-beta.streamtaskrunsevents")["parameters"]),
              ElementsAre("query taskRunIds required"));
}

TEST(OpenApiWriter, PutsIntoTheBodyWhatIsNoParameter) {
  const Json body = BuiltIn("northflank-jobs.runjob")["requestBody"];
  EXPECT_EQ(body["required"], false);
  EXPECT_EQ(body["content"]["application/json"]["schema"]["$ref"],
            "#/components/schemas/northflank.jobs.v1.RunJobRequest");
  const Json schema = Schema("northflank.jobs.v1.RunJobRequest");
  EXPECT_TRUE(schema["properties"].contains("runtimeEnvironment"));
  EXPECT_FALSE(schema["properties"].contains("jobId"));
}

TEST(OpenApiWriter, SaysWhatTheUpstreamDemands) {
  EXPECT_EQ(Schema("backstage.scaffolder.v1.CreateTaskRequest")["required"],
            Json({"templateRef", "values"}));
  EXPECT_EQ(Schema("backstage.scaffolder.v1.Task")["properties"]["lastHeartbeatAt"]["type"],
            Json({"string", "null"}));
}

TEST(OpenApiWriter, SaysWhichStatusTheUpstreamAnswers) {
  EXPECT_TRUE(BuiltIn("scaffolder-tasks.createtask")["responses"].contains("201"));
  EXPECT_TRUE(BuiltIn("scaffolder-tasks.canceltask")["responses"].contains("200"));
  EXPECT_TRUE(BuiltIn("render-workflow-tasks-beta.createtask")["responses"].contains("202"));
  const Json canceled = BuiltIn("render-workflow-tasks-beta.canceltaskrun")["responses"]["204"];
  EXPECT_FALSE(canceled.contains("content"));
  EXPECT_TRUE(canceled["headers"].contains("Portico-Source"));
}

TEST(OpenApiWriter, KnowsTopLevelArrays) {
  const Json answer = BuiltIn("render-workflow-tasks-beta.listtasks")["responses"]["200"];
  EXPECT_EQ(answer["content"]["application/json"]["schema"],
            Json::parse(R"({"type": "array", "items": {"$ref":
                "#/components/schemas/render.workflows.v1.TaskWithCursor"}})"));
}

TEST(OpenApiWriter, OffersStreamsAsEventsAndAsLines) {
  const Json content =
      BuiltIn("scaffolder-tasks.gettaskeventstream")["responses"]["200"]["content"];
  EXPECT_EQ(content["text/event-stream"]["schema"]["type"], "string");
  EXPECT_FALSE(content.contains("application/json"));
  const Json line = Schema("backstage.scaffolder.v1.GetTaskEventStreamResponse");
  EXPECT_EQ(line["properties"]["data"]["$ref"],
            "#/components/schemas/backstage.scaffolder.v1.TaskEvent");
}

TEST(OpenApiWriter, HasTheVendorsErrorsAndPorticos) {
  const Json& components = BuiltInDocument()["components"];
  const Json content = components["responses"]["scaffolder-tasks.400"]["content"];
  EXPECT_EQ(content["application/json"]["schema"]["anyOf"].size(), 2u);
  EXPECT_EQ(content["application/problem+json"]["schema"]["$ref"], "#/components/schemas/Problem");
  EXPECT_EQ(BuiltIn("northflank-jobs.listjobs")["responses"]["4XX"]["$ref"],
            "#/components/responses/northflank-jobs.4XX");
}

TEST(OpenApiWriter, KeepsQuietAboutWhatIsOfGrpcAlone) {
  EXPECT_EQ(BuiltInDocument().dump().find("unmodeled"), std::string::npos);
}

TEST(OpenApiWriter, TakesEveryExample) {
  const std::string text = BuiltInDocument().dump();
  const auto operations = Operations(BuiltInDocument());
  for (const ExampleFile& file : ExampleFiles()) {
    const std::string name(file.name);
    if (absl::EndsWith(name, ".errors")) continue;
    EXPECT_EQ(operations.count(name), 1u) << name << " is of no operation";
    EXPECT_FALSE(ExampleOf(name).value("from", "").empty()) << name << " must say where it is from";
  }
  EXPECT_EQ(ExampleOf("no.such"), Json::object());
}

TEST(OpenApiWriter, DescribesFilesWithoutTypedServices) {
  const Json document = DocumentOf(Capability(
      "{name: a, path: '/carts/{id}', operations: [{name: put, method: PUT, description: Puts it., "
      "inputParameters: [{name: body, in: body, type: object, required: true, "
      "description: 'Members: name.'}, "
      "{name: X-Tag, in: header, type: string}, {name: tags, in: query, type: array}]}]}",
      "{name: a, path: '/v1/carts/{id}', operations: [{name: put, method: PUT, call: shop.put}]}"));
  const Json put = document["paths"]["/v1/carts/{id}"]["put"];
  EXPECT_EQ(put["operationId"], "shop.put");
  EXPECT_EQ(put["summary"], "Puts it.");
  EXPECT_THAT(NamesOf(put["parameters"]),
              ElementsAre("path id required", "header X-Tag", "query tags"));
  EXPECT_EQ(put["requestBody"]["content"]["application/json"]["schema"], Json::object());
  EXPECT_EQ(put["requestBody"]["description"], "Members: name.");
  EXPECT_EQ(put["responses"]["200"]["content"]["application/json"]["schema"], Json::object());
  EXPECT_TRUE(put["responses"].contains("4XX"));
}

TEST(OpenApiWriter, TakesPathsThatDifferInPlaceholdersForOne) {
  const Json document = DocumentOf(Capability(
      "{name: a, path: '/carts/{id}', operations: [{name: get, method: GET}, "
      "{name: del, method: DELETE}]}",
      "{name: a, path: '/v1/carts/{id}', operations: [{name: get, method: GET, call: shop.get}]}, "
      "{name: b, path: '/v1/carts/{Id}', operations: [{name: del, method: DELETE, call: "
      "shop.del}]}"));
  EXPECT_EQ(document["paths"].size(), 1u);
  const Json path = document["paths"]["/v1/carts/{id}"];
  EXPECT_THAT(NamesOf(path["delete"]["parameters"]), ElementsAre("path id required"));
}

TEST(OpenApiWriter, NumbersTheRoutesOfOneOperation) {
  const Json document = DocumentOf(Capability(
      "{name: a, path: '/carts', operations: [{name: get, method: GET}]}",
      "{name: a, path: '/v1/carts', operations: [{name: get, method: GET, call: shop.get}]}, "
      "{name: b, path: '/v2/carts', operations: [{name: get, method: GET, call: shop.get}]}"));
  EXPECT_EQ(document["paths"]["/v1/carts"]["get"]["operationId"], "shop.get");
  EXPECT_EQ(document["paths"]["/v2/carts"]["get"]["operationId"], "shop.get-2");
}

}  // namespace
}  // namespace portico::openapi
