#include "core/plan/composition_compiler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/plan/compile_fixture.h"

namespace portico::plan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Answer = Composition::Answer;

constexpr char kApi[] = R"(ikanos: 1.0.0-beta5
capability:
  consumes:
  - namespace: yard
    baseUri: https://yard.example
    resources:
    - path: /ships/{imo_number}
      operations:
      - {name: get-ship, method: GET}
    - path: /ships
      operations:
      - {name: list-ships, method: GET, inputParameters: [{name: status, in: query}]}
      - {name: add-ship, method: POST, inputParameters: [{name: ship, in: body}]}
      - {name: watch, method: GET, description: answers text/event-stream}
      - {name: other, method: GET, outputRawFormat: json}
)";

// `tool`: one tool's lines in flow or block style, six spaces before each; the first is
// line 20 of the file.
Compiled CompileTool(const std::string& tool) {
  return CompileText(absl::StrCat(kApi,
                                  "  exposes:\n  - type: mcp\n    namespace: tools1\n    tools:\n"
                                  "    - name: t\n",
                                  tool));
}

const Operation& Only(const Compiled& compiled) { return *compiled.plan->tools().at(0).operation; }

std::vector<std::string> InputsOf(const Operation& operation) {
  std::vector<std::string> inputs;
  for (const Parameter& input : operation.parameters) {
    inputs.push_back(absl::StrCat(input.name, input.required ? "!" : ""));
  }
  return inputs;
}

TEST(CompositionCompilerTest, APlainCallStaysTheOperationThatItCalls) {
  const Compiled compiled = CompileTool(
      "      call: yard.get-ship\n      inputParameters: {imo: {type: string}}\n"
      "      with: {imo_number: '{{imo}}'}\n      outputParameters: [{type: object, mapping: "
      "$.}]\n");
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_THAT(compiled.findings, ElementsAre());
  EXPECT_EQ(Only(compiled).id, "yard.get-ship");
  EXPECT_EQ(Only(compiled).composition, nullptr);
  EXPECT_THAT(Printed(compiled.plan->tools()[0].bindings), ElementsAre("imo->imo_number"));
}

TEST(CompositionCompilerTest, AShapedCallTakesTheInputsOfWhatItCalls) {
  const Compiled compiled = CompileTool(
      "      call: yard.get-ship\n"
      "      outputParameters: [{type: object, properties: {id: {type: string, mapping: "
      "$.imo}}}]\n");
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_THAT(InputsOf(Only(compiled)), ElementsAre("imo_number!"));
  EXPECT_EQ(Only(compiled).composition->answer, Answer::kShaped);
  EXPECT_EQ(Only(compiled).output->properties.at(0).name, "id");
  EXPECT_TRUE(Only(compiled).hints.read_only);
  EXPECT_EQ(Only(compiled).http_method, "GET");
}

TEST(CompositionCompilerTest, InputsHaveTheTypesOfAPlainCallsInputs) {
  const Compiled compiled = CompileTool(
      "      inputParameters: {n: {type: INT}, f: {type: double}, x: {type: interger}}\n"
      "      outputParameters: {all: {type: string, value: '{{n}} {{f}} {{x}}'}}\n");
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(Only(compiled).parameters.at(0).type, ValueType::kInteger);
  EXPECT_EQ(Only(compiled).parameters.at(1).type, ValueType::kNumber);
  EXPECT_EQ(Only(compiled).parameters.at(2).type, ValueType::kString);
  EXPECT_THAT(compiled.findings,
              ElementsAre(HasSubstr("x.type: is not a known type; read as \"string\"; did you "
                                    "mean \"integer\"?")));
}

TEST(CompositionCompilerTest, ATextAroundAnInputMakesAComposition) {
  const Compiled compiled = CompileTool(
      "      call: yard.get-ship\n      inputParameters: {imo: {type: string}}\n"
      "      with: {imo_number: 'IMO-{{imo}}'}\n");
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_THAT(InputsOf(Only(compiled)), ElementsAre("imo!"));
  EXPECT_EQ(Only(compiled).composition->answer, Answer::kLastStep);
}

TEST(CompositionCompilerTest, StepsFeedOneAnotherAndTheAnswer) {
  const Compiled compiled = CompileTool(R"(      inputParameters:
        imo: {type: string}
        status: {type: string, required: false}
      steps:
        ship: {type: call, call: yard.get-ship, with: {imo_number: tools1.imo}}
        all: {type: call, call: yard.list-ships}
        owner: {type: lookup, index: all, match: id, lookupValue: $.ship.owner, outputParameters: [n]}
      mappings:
      - {target: name, value: $.ship.name}
      - {target: owner.name, value: '{{owner.n}}'}
      outputParameters:
        name: {type: string}
        owner: {type: object, properties: {name: {type: string}}}
)");
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_THAT(compiled.findings, ElementsAre());
  const Operation& operation = Only(compiled);
  EXPECT_EQ(operation.id, "tools1.t");
  EXPECT_THAT(InputsOf(operation), ElementsAre("imo!", "status"));
  const Composition& composition = *operation.composition;
  ASSERT_EQ(composition.steps.size(), 3u);
  EXPECT_EQ(composition.steps[1].arguments.at(0).value.pieces().at(0).index, 1u);
  EXPECT_EQ(composition.steps[2].lookup->index, 1u);
  EXPECT_EQ(composition.answer, Answer::kMapped);
  EXPECT_THAT(composition.mappings.at(1).target, ElementsAre("owner", "name"));
}

TEST(CompositionCompilerTest, AMappingCanFeedALaterStep) {
  const Compiled compiled = CompileTool(R"(      steps:
      - {name: all, call: yard.list-ships}
      - {name: ship, call: yard.get-ship}
      mappings:
      - {targetName: ship.imo_number, value: '$.all[0].imo'}
      - {targetName: ship, value: $.ship}
)");
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(Only(compiled).composition->steps[1].arguments.size(), 1u);
  EXPECT_EQ(Only(compiled).composition->mappings.size(), 1u);
}

TEST(CompositionCompilerTest, AMockCallsNothing) {
  const Compiled compiled = CompileTool(
      "      inputParameters: {imo: {type: string}}\n"
      "      outputParameters: {imo: {type: string, value: '{{imo}}'}, n: {type: number, value: "
      "5}}\n");
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(Only(compiled).upstream, kNoUpstream);
  EXPECT_EQ(compiled.plan->UpstreamOf(Only(compiled)).base_uri, "");
  EXPECT_EQ(Only(compiled).composition->answer, Answer::kMock);
  EXPECT_FALSE(Only(compiled).hints.open_world);
}

TEST(CompositionCompilerTest, DoorsShareTheOperationOfAFunction) {
  const Compiled compiled = CompileText(absl::StrCat(kApi, R"(  aggregates:
  - namespace: fleet
    functions:
    - name: hello
      semantics: {idempotent: false}
      inputParameters: [{name: name, type: string}]
      outputParameters: [{name: m, type: string, value: 'Hi {{fleet.name}}'}]
  exposes:
  - type: mcp
    tools:
    - {ref: fleet.hello}
    - {name: hi, ref: fleet.hello, with: {name: you}}
  - type: rest
    resources:
    - {path: '/hello/{name}', operations: [{method: GET, ref: fleet.hello}]}
    - path: /hello
      operations:
      - {method: POST, ref: fleet.hello, inputParameters: [{name: name, in: body}]}
)"));
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_THAT(compiled.findings, ElementsAre());
  const Operation* hello = compiled.plan->FindOperation("fleet.hello");
  ASSERT_NE(hello, nullptr);
  EXPECT_FALSE(hello->hints.idempotent);
  EXPECT_EQ(compiled.plan->tools().at(0).name, "hello");
  for (const Tool& tool : compiled.plan->tools()) EXPECT_EQ(tool.operation, hello);
  for (const Route& route : compiled.plan->routes()) EXPECT_EQ(route.operation, hello);
  EXPECT_THAT(Printed(compiled.plan->tools().at(1).bindings), ElementsAre("='you'->name"));
  EXPECT_THAT(Printed(compiled.plan->routes().at(0).bindings), ElementsAre("name->name"));
  EXPECT_THAT(Printed(compiled.plan->routes().at(1).bindings), ElementsAre("body->body"));
}

TEST(CompositionCompilerTest, TheBodyOfAShapedCallPassesThrough) {
  const Compiled compiled = CompileTool(
      "      call: yard.add-ship\n      outputParameters: [{type: string, mapping: $.id}]\n");
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_NE(Only(compiled).body, BodyUse::kNone);
  EXPECT_TRUE(Only(compiled).composition->steps.at(0).passes_body);
  EXPECT_FALSE(Only(compiled).hints.read_only);
}

TEST(CompositionCompilerTest, OperationsOfOneNameAreNumbered) {
  const Compiled compiled = CompileText(absl::StrCat(kApi, R"(  exposes:
  - type: mcp
    namespace: yard
    tools:
    - {name: get-ship, outputParameters: [{name: a, type: string, value: x}]}
)"));
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(Only(compiled).id, "yard.get-ship2");
}

struct Row {
  const char* name;
  const char* tool;
  const char* finding;
};

class CompositionProblemTest : public testing::TestWithParam<Row> {};

TEST_P(CompositionProblemTest, IsToldWithItsPlace) {
  const Compiled compiled = CompileTool(GetParam().tool);
  EXPECT_THAT(compiled.findings, ElementsAre(HasSubstr(GetParam().finding)));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, CompositionProblemTest,
    testing::Values(
        Row{"UnknownOperation", "      steps: [{name: a, call: yard.get-shop}]\n",
            "f.yaml:21: error: capability.exposes[0].tools[0].steps[0].call: names unknown "
            "operation \"yard.get-shop\"; did you mean \"yard.get-ship\"?"},
        Row{"UnknownStep",
            "      steps: [{name: ship, call: yard.list-ships}]\n"
            "      mappings: [{target: a, value: $.shop.x}]\n",
            "f.yaml:22: error: capability.exposes[0].tools[0].mappings[0].value: \"shop\" is "
            "neither an input nor a step before this; did you mean \"ship\"?"},
        Row{"LaterStep",
            "      steps:\n      - {name: a, call: yard.list-ships, with: {status: $.b.x}}\n"
            "      - {name: b, call: yard.list-ships}\n",
            "f.yaml:22: error: capability.exposes[0].tools[0].steps[0].with.status: \"b\" is "
            "neither"},
        Row{"UnknownInput",
            "      inputParameters: {imo: {type: string}}\n"
            "      steps: [{name: a, call: yard.get-ship, with: {imo_number: '{{imoo}}'}}]\n",
            "\"imoo\" is neither an input nor a step before this; did you mean \"imo\"?"},
        Row{"UnknownTarget",
            "      steps: [{name: a, call: yard.list-ships}]\n"
            "      mappings: [{target: nmae, value: $.a}]\n"
            "      outputParameters: {name: {type: string}}\n",
            "f.yaml:22: error: capability.exposes[0].tools[0].mappings[0].target: \"nmae\" is no "
            "output; an input of a step is STEP.INPUT; did you mean \"name\"?"},
        Row{"TargetTwice",
            "      steps: [{name: a, call: yard.list-ships}]\n"
            "      mappings: [{target: x, value: $.a}, {target: x.y, value: $.a}]\n",
            "is mapped to already, or a part of it is"},
        Row{"UnfedInput", "      steps: [{name: a, call: yard.get-ship}]\n",
            "f.yaml:21: error: capability.exposes[0].tools[0].steps[0].with: nothing feeds "
            "\"imo_number\", which yard.get-ship requires: name it here"},
        Row{"UnknownWith", "      steps: [{name: a, call: yard.list-ships, with: {staus: x}}]\n",
            "is not an input of yard.list-ships; did you mean \"status\"?"},
        Row{"UnknownIndex",
            "      steps:\n      - {name: all, call: yard.list-ships}\n"
            "      - {name: b, type: lookup, index: al, match: m, lookupValue: x}\n",
            "\"al\" is no step before this"},
        Row{"TwoStepsOfOneName",
            "      steps: [{name: a, call: yard.list-ships}, {name: a, call: yard.list-ships}]\n",
            "\"a\" is the name of an earlier step"},
        Row{"EventStream", "      steps: [{name: a, call: yard.watch}]\n",
            "yard.watch is an event stream, whose end may never come"},
        Row{"UnreadPath",
            "      call: yard.list-ships\n"
            "      outputParameters: [{type: string, mapping: '$.a[?(@.b)]'}]\n",
            "f.yaml:22: error: capability.exposes[0].tools[0].outputParameters[0].mapping: may "
            "hold"},
        Row{"UnknownType", "      outputParameters: {a: {type: strin, value: x}}\n",
            "warning: capability.exposes[0].tools[0].outputParameters.a.type: \"strin\" is no type "
            "of an output; it may be anything; did you mean \"string\"?"},
        Row{"UnusedInput",
            "      inputParameters: {x: {type: string}}\n"
            "      steps: [{name: a, call: yard.list-ships}]\n",
            "f.yaml:21: warning: capability.exposes[0].tools[0].inputParameters.x: \"x\" feeds "
            "nothing; name it in \"with\" as {{x}}"},
        Row{"TextLikeAnInput",
            "      inputParameters: {x: {type: string}}\n"
            "      steps: [{name: a, call: yard.list-ships, with: {status: x}}]\n",
            "is sent as the text \"x\"; write \"{{x}}\" for the input of that name"},
        Row{"UnknownFunction", "      ref: fleet.hello\n",
            "f.yaml:21: error: capability.exposes[0].tools[0].ref: names unknown function "
            "\"fleet.hello\""},
        Row{"CookieInput",
            "      inputParameters: {x: {type: string, in: cookie}}\n"
            "      outputParameters: {a: {type: string, value: '{{x}}'}}\n",
            "\"cookie\" is not served"}),
    [](const auto& info) { return info.param.name; });

TEST(CompositionCompilerTest, OnlyJsonCanBeLookedInto) {
  const std::string text = absl::StrCat(kApi,
                                        "  exposes:\n  - type: mcp\n    tools:\n"
                                        "    - {name: t, steps: [{name: a, call: yard.other}]}\n");
  EXPECT_THAT(
      CompileText(absl::StrReplaceAll(text, {{"outputRawFormat: json", "outputRawFormat: xml"}}))
          .findings,
      ElementsAre(HasSubstr("f.yaml:15: warning: capability.consumes[0].resources[1].operations[3]"
                            ".outputRawFormat: \"xml\" is not read"),
                  HasSubstr("yard.other answers in xml: only JSON can be looked into")));
}

}  // namespace
}  // namespace portico::plan
