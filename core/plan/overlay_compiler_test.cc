#include "core/plan/overlay_compiler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "core/overlay/overlay_parser.h"
#include "core/plan/compile_fixture.h"

namespace portico::plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kFile[] = R"(naftiko: 1.0.0-alpha2
binds:
- namespace: env
  keys: {KEY: TASKS_KEY}
capability:
  consumes:
  - namespace: tasks
    baseUri: https://{host}/v1
    authentication: {type: bearer, token: '{{env.KEY}}'}
    resources:
    - path: /tasks/{taskId}/logs
      operations:
      - name: logs
        method: GET
        inputParameters:
        - {name: X-Version, in: header, required: true}
        - {name: after, in: query, type: integer}
        - {name: ids, in: query, type: array}
    - path: /tasks
      operations: [{name: create, method: POST}]
  exposes:
  - type: rest
    resources:
    - path: /v1/tasks/{taskid}/logs
      operations: [{method: GET, call: tasks.logs, with: {taskId: rest.taskId, X-Version: rest.X-Version}}]
)";

// `lines` of the overlay of `tasks`, which begins in line 3.
Compiled CompileWithAll(const std::vector<std::string>& overlays) {
  CompileOptions options;
  for (const std::string& lines : overlays) {
    capability::Findings findings;
    auto overlay = overlay::ParseOverlay("o.yaml", "overlay:\n  tasks:\n" + lines, &findings);
    for (const auto& finding : findings) ADD_FAILURE() << ToString(finding);
    if (overlay.has_value()) options.overlays.push_back(*std::move(overlay));
  }
  return CompileText(kFile, options);
}

Compiled CompileWith(const std::string& lines) { return CompileWithAll({lines}); }

// An operation, and `lines` of its overlay, which begin in line 5.
Compiled CompileFixed(const std::string& lines) {
  constexpr char kFixed[] = R"(naftiko: 1.0.0-alpha2
capability:
  consumes:
  - namespace: tasks
    baseUri: https://a.example
    resources:
    - path: /{version}/jobs
      operations:
      - name: run
        method: POST
        inputParameters:
        - {name: version, in: path, value: v2}
        - {name: key, in: query, value: k}
        - {name: X-Client, in: header, value: portico}
        - {name: filter, in: query, type: object}
        - {name: body, in: body, type: object, value: '{}'}
  exposes:
  - type: mcp
    tools: [{name: run, call: tasks.run}]
)";
  CompileOptions options;
  capability::Findings findings;
  options.overlays.push_back(*overlay::ParseOverlay(
      "o.yaml", "overlay:\n  tasks:\n    operations:\n      run:\n" + lines, &findings));
  return CompileText(kFixed, options);
}

// With a base URI that can be called, so that only what a test is about is found.
Compiled CompileOperation(const std::string& lines) {
  return CompileWith("    variables: {host: a.example}\n    operations:\n      logs:\n" + lines);
}

const Operation& LogsOf(const Compiled& compiled) {
  return *compiled.plan->FindOperation("tasks.logs");
}

const Parameter& ParameterOf(const Compiled& compiled, const std::string& name) {
  for (const Parameter& parameter : LogsOf(compiled).parameters) {
    if (parameter.name == name) return parameter;
  }
  ADD_FAILURE() << "no parameter " << name;
  return LogsOf(compiled).parameters.front();
}

TEST(OverlayCompilerTest, FillsTheVariablesOfTheFilesBaseUri) {
  const Compiled compiled = CompileWith("    variables: {host: a.example}\n");
  EXPECT_THAT(compiled.findings, IsEmpty());
  EXPECT_EQ(compiled.plan->upstreams()[0].base_uri, "https://a.example/v1");
}

TEST(OverlayCompilerTest, ReplacesTheBaseUriWithVariablesOfItsOwn) {
  const Compiled compiled = CompileWith(
      "    baseUri: 'http://127.0.0.1:{port}/{{path}}'\n    variables: {port: '81', path: x}\n");
  EXPECT_THAT(compiled.findings, IsEmpty());
  EXPECT_EQ(compiled.plan->upstreams()[0].base_uri, "http://127.0.0.1:81/x");
}

TEST(OverlayCompilerTest, TheLaterOverlayCountsElementByElement) {
  const Compiled compiled =
      CompileWithAll({"    variables: {host: a.example}\n    headers: {X-A: '1', X-B: '1'}\n",
                      "    variables: {host: b.example}\n    headers: {x-b: '2'}\n"});
  EXPECT_THAT(compiled.findings, IsEmpty());
  EXPECT_EQ(compiled.plan->upstreams()[0].base_uri, "https://b.example/v1");
  const std::vector<Header>& headers = compiled.plan->upstreams()[0].headers;
  ASSERT_EQ(headers.size(), 2u);
  EXPECT_EQ(headers[0].value, "1");
  EXPECT_EQ(headers[1].value, "2");
}

TEST(OverlayCompilerTest, TheCommandLineComesLast) {
  CompileOptions options;
  capability::Findings findings;
  options.overlays.push_back(*overlay::ParseOverlay(
      "o.yaml", "overlay: {tasks: {baseUri: 'https://a.example'}}", &findings));
  options.base_uris = {{"tasks", "https://b.example"}};
  EXPECT_EQ(CompileText(kFile, options).plan->upstreams()[0].base_uri, "https://b.example");
}

TEST(OverlayCompilerTest, ReplacesTheFilesAuthenticationBySeveralProofs) {
  const Compiled compiled = CompileWith(
      "    variables: {host: a.example}\n"
      "    authentication:\n"
      "    - apiKey: {header: X-Key, value: '{{env.KEY}}'}\n"
      "    - apiKey: {query: key, valueFile: /run/key}\n"
      "    - basic: {username: u, password: p}\n");
  EXPECT_THAT(compiled.findings, IsEmpty());
  const Upstream& upstream = compiled.plan->upstreams()[0];
  EXPECT_EQ(upstream.authentication.scheme, AuthenticationScheme::kApiKey);
  EXPECT_EQ(upstream.authentication.key_name, "X-Key");
  EXPECT_EQ(upstream.authentication.variables.back().second, "TASKS_KEY");
  ASSERT_EQ(upstream.further_authentication.size(), 2u);
  EXPECT_TRUE(upstream.further_authentication[0].in_query);
  EXPECT_EQ(upstream.further_authentication[0].secret_file, "/run/key");
  EXPECT_EQ(upstream.further_authentication[1].scheme, AuthenticationScheme::kBasic);
}

TEST(OverlayCompilerTest, CorrectsThePathButNotTheRoute) {
  const Compiled compiled =
      CompileOperation("        path: /tasks/{taskId}/events/{kind}\n        method: post\n");
  EXPECT_THAT(compiled.findings, IsEmpty());
  EXPECT_EQ(LogsOf(compiled).path.text(), "/tasks/{taskId}/events/{kind}");
  EXPECT_EQ(LogsOf(compiled).http_method, "POST");
  EXPECT_FALSE(LogsOf(compiled).hints.read_only);
  EXPECT_TRUE(ParameterOf(compiled, "kind").required);
  const Route& route = compiled.plan->routes()[0];
  EXPECT_EQ(route.path.text(), "/v1/tasks/{taskid}/logs");
  EXPECT_EQ(route.http_method, "GET");
  EXPECT_THAT(Printed(route.bindings), testing::Contains("kind->kind"));
}

TEST(OverlayCompilerTest, TurnsStreamsOnAndOff) {
  const Compiled on = CompileOperation("        stream: true\n");
  EXPECT_TRUE(LogsOf(on).stream);
  ASSERT_EQ(LogsOf(on).constant_headers.size(), 1u);
  EXPECT_EQ(LogsOf(on).constant_headers[0].value, "text/event-stream");
  const Compiled off = CompileOperation("        stream: false\n");
  EXPECT_FALSE(LogsOf(off).stream);
  EXPECT_THAT(LogsOf(off).constant_headers, IsEmpty());
}

TEST(OverlayCompilerTest, ChangesParametersAndAddsOthers) {
  const Compiled compiled = CompileOperation(
      "        parameters:\n"
      "          zulu: {in: query, type: array, arrayStyle: brackets, required: true}\n"
      "          ids: {arrayStyle: comma, description: Which.}\n"
      "          after: {required: true}\n"
      "          X-Trace: {in: header}\n");
  EXPECT_EQ(ParameterOf(compiled, "ids").array_style, ArrayStyle::kComma);
  EXPECT_EQ(ParameterOf(compiled, "ids").description, "Which.");
  EXPECT_TRUE(ParameterOf(compiled, "after").required);
  const std::vector<Parameter>& parameters = LogsOf(compiled).parameters;
  ASSERT_EQ(parameters.size(), 6u);
  EXPECT_EQ(parameters[4].name, "zulu");  // as the file has them, not by name
  EXPECT_EQ(parameters[4].source, ParameterSource::kOverlay);
  EXPECT_EQ(parameters[4].array_style, ArrayStyle::kBrackets);
  EXPECT_EQ(parameters[5].name, "X-Trace");
  // A route whose `with` cannot mention them takes them all the same.
  EXPECT_THAT(Printed(compiled.plan->routes()[0].bindings), testing::Contains("X-Trace->X-Trace"));
}

TEST(OverlayCompilerTest, AHeaderOfTheOverlayIsNotAskedOfCallers) {
  const Compiled compiled =
      CompileWith("    variables: {host: a.example}\n    headers: {x-version: '2'}\n");
  EXPECT_FALSE(ParameterOf(compiled, "X-Version").required);
}

TEST(OverlayCompilerTest, AnOperationsTimeoutsGoBeforeItsApis) {
  const Compiled compiled = CompileWith(
      "    variables: {host: a.example}\n"
      "    timeouts: {connect: 1s, total: 2s}\n"
      "    operations: {logs: {timeouts: {total: 5s, idle: 7s}}}\n");
  EXPECT_EQ(LogsOf(compiled).timeouts.connect, absl::Seconds(1));
  EXPECT_EQ(LogsOf(compiled).timeouts.total, absl::Seconds(5));
  EXPECT_EQ(LogsOf(compiled).timeouts.idle, absl::Seconds(7));
  EXPECT_EQ(compiled.plan->FindOperation("tasks.create")->timeouts.total, absl::Seconds(2));
}

TEST(OverlayCompilerTest, AnEncodingGivesAnOperationABody) {
  const Compiled compiled = CompileWith(
      "    variables: {host: a.example}\n"
      "    operations: {create: {bodyEncoding: form, formArrayStyle: brackets}}\n");
  const Operation& create = *compiled.plan->FindOperation("tasks.create");
  EXPECT_EQ(create.body_encoding, BodyEncoding::kForm);
  EXPECT_EQ(create.form_array_style, ArrayStyle::kBrackets);
  EXPECT_EQ(create.body, BodyUse::kOptional);
}

struct WrongRow {
  const char* name;
  const char* yaml;     // from line 3 on
  const char* finding;  // the only one, after "o.yaml:"
};

class WrongOverlayTest : public testing::TestWithParam<WrongRow> {};

TEST_P(WrongOverlayTest, IsAnErrorWithFileLineAndKey) {
  const Compiled compiled = CompileWith(GetParam().yaml);
  EXPECT_EQ(compiled.plan, nullptr);
  EXPECT_THAT(compiled.findings, ElementsAre(absl::StrCat("o.yaml:", GetParam().finding)));
}

#define HOST "    variables: {host: a.example}\n"
#define LOGS HOST "    operations:\n      logs:\n"

INSTANTIATE_TEST_SUITE_P(
    Rows, WrongOverlayTest,
    testing::Values(
        WrongRow{"UnusedVariable", "    variables:\n      host: a.example\n      hots: b\n",
                 "5: error: overlay.tasks.variables.hots: is no variable of the base URI "
                 "\"https://{host}/v1\""},
        WrongRow{"MissingVariable", "    baseUri: https://{hosts}\n",
                 "3: error: overlay.tasks.baseUri: leaves {hosts} of the base URI "
                 "\"https://{hosts}\" without a value; give it under \"variables\""},
        WrongRow{"BadUri", "    baseUri: ftp://a.example\n",
                 "3: error: overlay.tasks.baseUri: makes the base URI \"ftp://a.example\", which "
                 "must begin with https:// or http://"},
        WrongRow{"BadHeader", HOST "    headers:\n      X-A: 'a'\n      Host: b\n",
                 "6: error: overlay.tasks.headers.Host: is never sent as given: it comes from "
                 "baseUri"},
        WrongRow{"AuthorizationHeader", HOST "    headers: {authorization: x}\n",
                 "4: error: overlay.tasks.headers.authorization: belongs under "
                 "\"authentication\", so that it is kept out of texts and checked"},
        WrongRow{"TwoTokens", HOST "    authentication:\n    - bearer: {token: a, tokenFile: b}\n",
                 "5: error: overlay.tasks.authentication[0].bearer: needs only one of token and "
                 "tokenFile"},
        WrongRow{"NoToken", HOST "    authentication:\n    - bearer: {}\n",
                 "5: error: overlay.tasks.authentication[0].bearer: needs token or tokenFile"},
        WrongRow{"NoKind", HOST "    authentication:\n    - {}\n",
                 "5: error: overlay.tasks.authentication[0]: names no kind: bearer, basic, "
                 "apiKey, clientCredentials or none"},
        WrongRow{"EmptyList", HOST "    authentication: []\n",
                 "4: error: overlay.tasks.authentication: is empty; to send no proof say \"- "
                 "none: {}\""},
        WrongRow{"SameHeaderTwice",
                 HOST "    authentication:\n    - bearer: {token: a}\n    - basic: {username: b}\n",
                 "6: error: overlay.tasks.authentication[1]: is sent as authorization, and so is "
                 "item [0] of the list"},
        WrongRow{"TokenUrlInClear",
                 HOST
                 "    authentication:\n    - clientCredentials:\n"
                 "        {tokenUrl: 'http://a.example/token', clientId: a, clientSecret: b}\n",
                 "6: error: overlay.tasks.authentication[0].clientCredentials.tokenUrl: must be "
                 "https://: the client's secret would go in clear text"},
        WrongRow{"CertificateWithoutKey", HOST "    tls: {certificateFile: c.pem}\n",
                 "4: error: overlay.tasks.tls: needs both certificateFile and keyFile, or neither"},
        WrongRow{"UnknownOperation", HOST "    operations:\n      log: {stream: true}\n",
                 "5: error: overlay.tasks.operations.log: is no operation of this API; did you "
                 "mean \"logs\"?"},
        WrongRow{"BadPath", LOGS "        path: tasks\n",
                 "6: error: overlay.tasks.operations.logs.path: column 1: a path begins with "
                 "\"/\""},
        WrongRow{"BadMethod", LOGS "        method: PSOT\n",
                 "6: error: overlay.tasks.operations.logs.method: \"PSOT\" is not an HTTP method "
                 "that is served; did you mean \"POST\"?"},
        WrongRow{"RawWithoutType", LOGS "        bodyEncoding: raw\n",
                 "6: error: overlay.tasks.operations.logs.bodyEncoding: needs \"contentType\" "
                 "beside it"},
        WrongRow{"UnknownParameter", LOGS "        parameters: {aftr: {required: true}}\n",
                 "6: error: overlay.tasks.operations.logs.parameters.aftr: is no parameter of "
                 "tasks.logs (to add it say where it travels, e.g. \"in: query\"); did you mean "
                 "\"after\"?"},
        WrongRow{"MovedParameter", LOGS "        parameters: {after: {in: header}}\n",
                 "6: error: overlay.tasks.operations.logs.parameters.after.in: is not where the "
                 "parameter travels; it cannot be moved"},
        WrongRow{"StyleOfAScalar", LOGS "        parameters: {after: {arrayStyle: comma}}\n",
                 "6: error: overlay.tasks.operations.logs.parameters.after.arrayStyle: is for "
                 "lists and objects; say \"type: array\" or \"type: object\" as well"},
        WrongRow{"OptionalPathParameter", LOGS "        parameters: {taskId: {required: false}}\n",
                 "6: error: overlay.tasks.operations.logs.parameters.taskId.required: must be "
                 "true: the path cannot be made without it"}),
    [](const auto& row) { return row.param.name; });

#undef LOGS
#undef HOST

TEST(OverlayCompilerTest, APathKeepsWhatTheFileFixes) {
  const Compiled compiled = CompileFixed("        path: /jobs/{version}/{kind}\n");
  EXPECT_THAT(compiled.findings, IsEmpty());
  const Operation& run = *compiled.plan->FindOperation("tasks.run");
  ASSERT_EQ(run.parameters.size(), 2u);
  EXPECT_EQ(run.parameters[0].name, "kind");
  EXPECT_EQ(run.parameters[1].name, "filter");
}

TEST(OverlayCompilerTest, WhatTheFileFixesIsNotAskedOfCallers) {
  for (const char* parameter : {"key: {in: query}", "x-client: {in: header}"}) {
    EXPECT_THAT(
        CompileFixed(absl::StrCat("        parameters:\n          ", parameter, "\n")).findings,
        ElementsAre(testing::HasSubstr("is fixed by the capability file")));
  }
  EXPECT_THAT(CompileFixed("        bodyEncoding: form\n").findings,
              ElementsAre("o.yaml:5: error: overlay.tasks.operations.run.bodyEncoding: must be "
                          "json: the capability file states the body, which is sent as it is"));
}

TEST(OverlayCompilerTest, AnObjectHasOneStyle) {
  EXPECT_THAT(CompileFixed("        parameters: {filter: {arrayStyle: deepObject}}\n").findings,
              IsEmpty());
  EXPECT_THAT(CompileFixed("        parameters: {filter: {arrayStyle: comma}}\n").findings,
              ElementsAre("o.yaml:5: error: overlay.tasks.operations.run.parameters.filter."
                          "arrayStyle: of an object can only be deepObject"));
}

TEST(OverlayCompilerTest, OfSeveralWithOneNameInTellsWhich) {
  CompileOptions options;
  capability::Findings findings;
  options.overlays.push_back(*overlay::ParseOverlay(
      "o.yaml",
      "overlay: {tasks: {operations: {get: {parameters: {id: {in: query, arrayStyle: comma}}}}}}",
      &findings));
  const Compiled compiled = CompileText(
      ApiHead() +
          "    - path: /tasks/{id}\n      operations:\n      - name: get\n        method: GET\n"
          "        inputParameters: [{name: id, in: query, type: array}]\n",
      options);
  ASSERT_NE(compiled.plan, nullptr) << testing::PrintToString(compiled.findings);
  const auto& parameters = compiled.plan->FindOperation("tasks.get")->parameters;
  ASSERT_EQ(parameters.size(), 2u);
  EXPECT_EQ(parameters[0].location, ParameterLocation::kPath);
  EXPECT_EQ(parameters[1].array_style, ArrayStyle::kComma);
}

TEST(OverlayCompilerTest, AnUnknownNamespaceIsAnError) {
  CompileOptions options;
  capability::Findings findings;
  options.overlays.push_back(*overlay::ParseOverlay("o.yaml", "overlay:\n  task: {}\n", &findings));
  const Compiled compiled = CompileText(kFile, options);
  EXPECT_EQ(compiled.plan, nullptr);
  EXPECT_EQ(compiled.findings.back(),
            "o.yaml:2: error: overlay.task: is no namespace of a consumed API; did you mean "
            "\"tasks\"?");
}

TEST(OverlayCompilerTest, WarnsOfSecretsInClearText) {
  const Compiled compiled = CompileWith("    baseUri: http://a.example\n");
  EXPECT_THAT(compiled.findings,
              ElementsAre("o.yaml:3: warning: overlay.tasks.baseUri: is http: secrets go over the "
                          "network in clear text"));
}

}  // namespace
}  // namespace portico::plan
