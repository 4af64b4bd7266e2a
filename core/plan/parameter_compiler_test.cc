#include "core/plan/parameter_compiler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/plan/compile_fixture.h"

namespace portico::plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// One operation "op" of /x/{taskId}; `inputs` are flow mappings, the first one in line 12.
Compiled Compile(const std::vector<std::string>& inputs, const std::string& more = "") {
  std::string text = ApiHead() +
                     "    - path: /x/{taskId}\n      operations:\n      - name: op\n"
                     "        method: POST\n        inputParameters:\n";
  for (const std::string& input : inputs) text += "        - {" + input + "}\n";
  return CompileText(text + more);
}

const Operation& OnlyOperation(const Compiled& compiled) {
  return *compiled.plan->operations().at(0);
}

// "location name" with "!" for required and "?" for implicit, of each parameter.
std::vector<std::string> Parameters(const Compiled& compiled) {
  std::vector<std::string> all;
  for (const Parameter& parameter : OnlyOperation(compiled).parameters) {
    const char* location = parameter.location == ParameterLocation::kPath    ? "path "
                           : parameter.location == ParameterLocation::kQuery ? "query "
                                                                             : "header ";
    all.push_back(absl::StrCat(location, parameter.name, parameter.required ? "!" : "",
                               parameter.source == ParameterSource::kImplicit ? "?" : ""));
  }
  return all;
}

// What stands after "f.yaml:12: warning: ...inputParameters[0]".
std::string OnlyFinding(const Compiled& compiled, const std::string& severity) {
  if (compiled.findings.size() != 1) {
    return absl::StrCat(compiled.findings.size(), " findings");
  }
  const std::string prefix =
      absl::StrCat("f.yaml:12: ", severity,
                   ": capability.consumes[0].resources[0].operations[0].inputParameters[0]");
  const std::string& finding = compiled.findings[0];
  return finding.substr(0, prefix.size()) == prefix ? finding.substr(prefix.size()) : finding;
}

TEST(ParameterCompilerTest, PlaceholdersAreInputsEvenIfUndeclared) {
  const Compiled compiled = Compile({"name: q, in: query"});
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_THAT(Parameters(compiled), ElementsAre("path taskId!?", "query q"));
}

TEST(ParameterCompilerTest, DeclaredInputsKeepTheirOrderSpellingTypeAndDescription) {
  const Compiled compiled =
      Compile({"name: b, in: query, type: integer, description: how many",
               "name: taskId, in: path, type: string", "name: X-Trace-ID, in: header",
               "name: 'a[]', in: query, type: array, required: true"});
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_THAT(Parameters(compiled),
              ElementsAre("query b", "path taskId!", "header X-Trace-ID", "query a[]!"));
  const auto& parameters = OnlyOperation(compiled).parameters;
  EXPECT_EQ(parameters[0].type, ValueType::kInteger);
  EXPECT_EQ(parameters[0].description, "how many");
  EXPECT_EQ(parameters[0].array_style, ArrayStyle::kRepeat);
  EXPECT_EQ(parameters[1].source, ParameterSource::kDeclared);
  EXPECT_EQ(parameters[3].type, ValueType::kArray);
}

TEST(ParameterCompilerTest, APathInputIsThePlaceholderItFoldsTo) {
  const Compiled compiled = Compile({"name: task_id, in: path"});
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_THAT(Parameters(compiled), ElementsAre("path taskId!"));
}

TEST(ParameterCompilerTest, APathInputWithoutAPlaceholderHasNoEffect) {
  const Compiled compiled = Compile({"name: taskIds, in: path"});
  EXPECT_EQ(OnlyFinding(compiled, "warning"),
            ".name: \"taskIds\" names no placeholder of the path /x/{taskId} and has no effect; "
            "did you mean \"taskId\"?");
}

TEST(ParameterCompilerTest, OneNameMayStandInTwoPlaces) {
  const Compiled compiled = Compile({"name: taskId, in: path", "name: taskId, in: query"});
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_THAT(Parameters(compiled), ElementsAre("path taskId!", "query taskId"));
}

TEST(ParameterCompilerTest, TheFirstOfTwoCountsWithAWarning) {
  const Compiled compiled =
      Compile({"name: q, in: query, type: integer", "name: q, in: query, type: string"});
  EXPECT_THAT(compiled.findings,
              ElementsAre("f.yaml:13: warning: capability.consumes[0].resources[0].operations[0]"
                          ".inputParameters[1].name: \"q\" stands twice in one list; the first one "
                          "counts"));
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(OnlyOperation(compiled).parameters.at(1).type, ValueType::kInteger);
}

TEST(ParameterCompilerTest, InputsOfTheApiReachEveryOperationUnlessItHasItsOwn) {
  const Compiled compiled = Compile({"name: q, in: query, type: integer"},
                                    "    inputParameters:\n    - {name: q, in: query}\n"
                                    "    - {name: X-Tenant, in: header}\n"
                                    "    - {name: X-Version, in: header, value: '2'}\n");
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_THAT(Parameters(compiled), ElementsAre("path taskId!?", "query q", "header X-Tenant"));
  EXPECT_EQ(OnlyOperation(compiled).parameters[1].type, ValueType::kInteger);
  ASSERT_EQ(OnlyOperation(compiled).constant_headers.size(), 1u);
  EXPECT_EQ(OnlyOperation(compiled).constant_headers[0].name, "X-Version");
  EXPECT_EQ(OnlyOperation(compiled).constant_headers[0].value, "2");
}

TEST(ParameterCompilerTest, TheBodyIsNoParameter) {
  struct Row {
    const char* input;
    BodyUse body;
  };
  for (const Row& row :
       {Row{"name: body, in: body, type: object, required: true", BodyUse::kRequired},
        Row{"name: _body, in: body, type: string", BodyUse::kOptional},
        Row{"name: q, in: query", BodyUse::kNone}}) {
    const Compiled compiled = Compile({row.input});
    EXPECT_THAT(compiled.findings, IsEmpty());
    ASSERT_NE(compiled.plan, nullptr);
    EXPECT_EQ(OnlyOperation(compiled).body, row.body) << row.input;
  }
}

TEST(ParameterCompilerTest, ARequestHasOneBody) {
  const Compiled compiled = Compile({"name: a, in: body", "name: b, in: body"});
  EXPECT_THAT(compiled.findings,
              ElementsAre("f.yaml:13: error: capability.consumes[0].resources[0].operations[0]"
                          ".inputParameters[1].name: a request has one body, and \"a\" is it"));
}

TEST(ParameterCompilerTest, AMissingPlaceIsGuessedWithAWarning) {
  EXPECT_EQ(OnlyFinding(Compile({"name: task_id"}), "warning"),
            ".in: is not given; read as \"path\"");
  EXPECT_EQ(OnlyFinding(Compile({"name: body"}), "warning"), ".in: is not given; read as \"body\"");
  EXPECT_EQ(OnlyFinding(Compile({"name: q"}), "warning"), ".in: is not given; read as \"query\"");
}

TEST(ParameterCompilerTest, PlacesThatAreNotServedAreErrorsUnlessOptionalAndKnown) {
  EXPECT_EQ(OnlyFinding(Compile({"name: a, in: querry"}), "error"),
            ".in: \"querry\" is not served; it is path, query, header or body; did you mean "
            "\"query\"?");
  EXPECT_EQ(OnlyFinding(Compile({"name: a, in: cookie, required: true"}), "error"),
            ".in: \"cookie\" is not served; it is path, query, header or body");
  EXPECT_EQ(OnlyFinding(Compile({"name: a, in: cookie"}), "warning"),
            ".in: \"cookie\" is not served; it is path, query, header or body; the input is left "
            "out");
}

TEST(ParameterCompilerTest, UnknownTypesReadAsText) {
  EXPECT_EQ(OnlyFinding(Compile({"name: a, in: query, type: interger"}), "warning"),
            ".type: is not a known type; read as \"string\"; did you mean \"integer\"?");
}

TEST(ParameterCompilerTest, TheWireNameEndsAtWhiteSpace) {
  const Compiled compiled = Compile({"name: \"limit\\n the page\", in: query"});
  EXPECT_EQ(OnlyFinding(compiled, "warning"),
            ".name: holds white space; \"limit\" is the name that is sent");
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_THAT(Parameters(compiled), ElementsAre("path taskId!?", "query limit"));
  EXPECT_EQ(OnlyFinding(Compile({"name: ' ', in: query"}), "error"), ".name: is blank");
}

TEST(ParameterCompilerTest, HeadersOfTheConnectionAreNeverTaken) {
  for (const char* name : {"Host", "content-length", "Transfer-Encoding"}) {
    const Compiled compiled = Compile({absl::StrCat("name: ", name, ", in: header")});
    EXPECT_EQ(OnlyFinding(compiled, "warning")
                  .find(absl::StrCat(".name: \"", name, "\" is never sent as given: ")),
              0u);
    ASSERT_NE(compiled.plan, nullptr);
    EXPECT_THAT(Parameters(compiled), ElementsAre("path taskId!?"));
  }
}

TEST(ParameterCompilerTest, HeaderNamesAreTokens) {
  EXPECT_EQ(OnlyFinding(Compile({"name: 'X:Y', in: header"}), "error"),
            ".name: \"X:Y\" cannot be a header's name");
}

TEST(ParameterCompilerTest, AcceptIsNeverAsked) {
  const Compiled compiled = Compile({"name: Accept, in: header, required: true"});
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_THAT(Parameters(compiled), ElementsAre("path taskId!?"));
  EXPECT_THAT(OnlyOperation(compiled).constant_headers, IsEmpty());
  EXPECT_FALSE(OnlyOperation(compiled).stream);
}

TEST(ParameterCompilerTest, AcceptOfAnEventStreamIsSent) {
  for (const char* input : {"name: Accept, in: header, description: Must be `text/event-stream`.",
                            "name: accept, in: header, value: text/event-stream"}) {
    const Compiled compiled = Compile({input});
    EXPECT_THAT(compiled.findings, IsEmpty());
    ASSERT_NE(compiled.plan, nullptr);
    EXPECT_TRUE(OnlyOperation(compiled).stream);
    ASSERT_EQ(OnlyOperation(compiled).constant_headers.size(), 1u);
    EXPECT_EQ(OnlyOperation(compiled).constant_headers[0].name, "Accept");
    EXPECT_EQ(OnlyOperation(compiled).constant_headers[0].value, "text/event-stream");
  }
}

TEST(ParameterCompilerTest, AnotherAcceptIsSentWhenTheFileFixesIt) {
  const Compiled compiled = Compile({"name: Accept, in: header, value: application/vnd.x+json"});
  ASSERT_NE(compiled.plan, nullptr);
  ASSERT_EQ(OnlyOperation(compiled).constant_headers.size(), 1u);
  EXPECT_EQ(OnlyOperation(compiled).constant_headers[0].value, "application/vnd.x+json");
}

TEST(ParameterCompilerTest, ContentTypeIsJson) {
  EXPECT_THAT(Compile({"name: Content-Type, in: header, value: application/json"}).findings,
              IsEmpty());
  EXPECT_EQ(OnlyFinding(Compile({"name: content-type, in: header, value: text/xml"}), "error"),
            ".value: bodies are sent as application/json only");
  EXPECT_EQ(OnlyFinding(Compile({"name: Content-Type, in: header"}), "warning"),
            ".name: \"Content-Type\" is never sent as given: bodies are JSON");
}

TEST(ParameterCompilerTest, AuthorizationIsTakenOnlyWhereTheFileHasNone) {
  const std::string authentication = "    authentication: {type: bearer, token: t}\n";
  EXPECT_EQ(OnlyFinding(Compile({"name: Authorization, in: header"}, authentication), "warning"),
            ".name: is not taken from callers: the file's \"authentication\" is sent; "
            "--allow-caller-authorization lets a caller's replace it");
  const Compiled open = Compile({"name: Authorization, in: header"});
  EXPECT_THAT(open.findings, IsEmpty());
  ASSERT_NE(open.plan, nullptr);
  EXPECT_THAT(Parameters(open), ElementsAre("path taskId!?", "header Authorization"));
}

TEST(ParameterCompilerTest, ConstantsOfEveryPlaceAreKeptAndAskedOfNobody) {
  const Compiled compiled =
      Compile({"name: taskId, in: path, value: '7'", "name: q, in: query, value: 'a {{env.Q}}'",
               "name: X, in: header, value: '{{ns.KEY}}'", "name: Y, in: header, value: y",
               "name: body, in: body, value: '{}'"});
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_THAT(Parameters(compiled), IsEmpty());
  const Operation& operation = OnlyOperation(compiled);
  ASSERT_EQ(operation.constants.size(), 3u);
  EXPECT_EQ(operation.constants[0].location, ParameterLocation::kPath);
  EXPECT_EQ(operation.constants[0].text, "7");
  EXPECT_EQ(operation.constants[1].text, "a {{env.Q}}");
  EXPECT_EQ(operation.constants[2].location, ParameterLocation::kHeader);
  ASSERT_EQ(operation.constant_headers.size(), 1u);
  EXPECT_EQ(operation.constant_headers[0].name, "Y");
  EXPECT_EQ(operation.constant_body, "{}");
  EXPECT_EQ(operation.body, BodyUse::kNone);
  EXPECT_THAT(compiled.plan->upstreams()[0].variables, ElementsAre("env.Q", "ns.KEY"));
}

TEST(ParameterCompilerTest, ConstantsAreSafeTexts) {
  EXPECT_EQ(OnlyFinding(Compile({"name: X, in: header, value: \"a\\r\\nb: c\""}), "error"),
            ".value: holds a character that may not stand in a header");
  EXPECT_EQ(OnlyFinding(Compile({"name: q, in: query, value: \"a\\nb\""}), "error"),
            ".value: holds a control character");
  EXPECT_EQ(OnlyFinding(Compile({"name: taskId, in: path, value: ''"}), "error"),
            ".value: must not be empty: the path would name another resource");
  EXPECT_EQ(OnlyFinding(Compile({"name: taskId, in: path, value: .."}), "error"),
            ".value: must not be \".\" or \"..\": the path would name another resource");
}

TEST(ParameterCompilerTest, TheOperatorMayLetCallersReplaceTheCredential) {
  CompileOptions options;
  options.allow_caller_authorization = true;
  const Compiled compiled = CompileText(
      ApiHead() +
          "    - path: /x\n      operations:\n      - name: op\n        method: GET\n"
          "        inputParameters: [{name: Authorization, in: header, required: true}]\n"
          "    authentication: {type: bearer, token: t}\n",
      options);
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_THAT(Parameters(compiled), ElementsAre("header Authorization"));
  EXPECT_TRUE(OnlyOperation(compiled).parameters[0].replaces_credential);
}

TEST(ParameterCompilerTest, InputsAreBounded) {
  std::vector<std::string> inputs;
  for (std::size_t i = 0; i <= kMaxInputs; ++i) {
    inputs.push_back(absl::StrCat("name: p", i, ", in: query"));
  }
  EXPECT_THAT(Compile(inputs).findings,
              ElementsAre("f.yaml:9: error: capability.consumes[0].resources[0].operations[0]"
                          ".inputParameters: an operation takes at most 256 inputs"));
  inputs.pop_back();
  EXPECT_THAT(Compile(inputs).findings, IsEmpty());
}

}  // namespace
}  // namespace portico::plan
