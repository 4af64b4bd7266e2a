#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "core/capability/capability_parser.h"

namespace portico::capability {
namespace {

using testing::ElementsAre;

struct Parsed {
  std::optional<Capability> capability;
  std::vector<std::string> findings;
};

// `tool`: the lines of one tool, with six spaces before each.
Parsed ParseTool(const std::string& tool) {
  Findings findings;
  Parsed parsed;
  parsed.capability = ParseCapability("f.yaml",
                                      "ikanos: 1\ncapability:\n  exposes:\n  - type: mcp\n"
                                      "    tools:\n    - name: t\n" +
                                          tool,
                                      &findings);
  for (const Finding& finding : findings) parsed.findings.push_back(ToString(finding));
  return parsed;
}

const ExposedTool& Only(const Parsed& parsed) { return parsed.capability->exposes[0].tools[0]; }

TEST(RecipeReaderTest, ReadsStepsAsAListOrByName) {
  for (const char* steps :
       {"      steps:\n      - name: a\n        type: call\n        call: x.y\n"
        "      - {name: b, type: lookup, index: a, match: m, lookupValue: $.a.v,"
        " outputParameters: [f]}\n",
        "      steps:\n        a: {type: call, call: x.y}\n"
        "        b: {type: lookup, index: a, match: m, lookupValue: $.a.v,"
        " outputParameters: [f]}\n"}) {
    const Parsed parsed = ParseTool(steps);
    ASSERT_THAT(parsed.findings, ElementsAre());
    const std::vector<Step>& read = Only(parsed).steps;
    ASSERT_EQ(read.size(), 2u);
    EXPECT_EQ(read[0].name.text, "a");
    EXPECT_EQ(read[0].call.operation.text, "x.y");
    EXPECT_EQ(read[1].name.text, "b");
    EXPECT_EQ(read[1].lookup_value.text, "$.a.v");
    EXPECT_EQ(read[1].fields.at(0).text, "f");
  }
}

TEST(RecipeReaderTest, ReadsMappingsInBothSpellings) {
  const Parsed parsed = ParseTool(
      "      steps: [{name: a, call: x.y}]\n"
      "      mappings: [{target: p, value: $.a.p}, {targetName: q, value: $.a.q}]\n");
  ASSERT_THAT(parsed.findings, ElementsAre());
  EXPECT_EQ(Only(parsed).mappings[0].target.text, "p");
  EXPECT_EQ(Only(parsed).mappings[1].target.text, "q");
}

TEST(RecipeReaderTest, ReadsOutputsToAnyDepth) {
  const Parsed parsed = ParseTool(
      "      call: x.y\n"
      "      outputParameters:\n"
      "      - type: object\n"
      "        properties:\n"
      "          ship: {type: object, properties: {id: {type: number, mapping: $.i, const: "
      "1.50}}}\n"
      "          crew: {type: array, items: {type: string, mapping: $.n}}\n"
      "          cargo: {type: array, items: {type: {type: string}, kg: {type: number}}}\n"
      "          more: {type: array, items: [{name: a, type: string}]}\n");
  ASSERT_THAT(parsed.findings, ElementsAre());
  const std::vector<OutputParameter>& properties = Only(parsed).outputs.at(0).properties;
  ASSERT_EQ(properties.size(), 4u);
  EXPECT_EQ(properties[0].properties.at(0).name.text, "id");
  EXPECT_EQ(properties[0].properties.at(0).constant.text, "1.50");
  EXPECT_EQ(properties[1].items.at(0).name.text, "");
  EXPECT_EQ(properties[1].items.at(0).mapping.text, "$.n");
  ASSERT_EQ(properties[2].items.size(), 2u);
  EXPECT_EQ(properties[2].items[0].name.text, "type");
  EXPECT_EQ(properties[3].items.at(0).name.text, "a");
}

TEST(RecipeReaderTest, AnAnswerOfItsOwnNeedsNoCall) {
  const Parsed parsed = ParseTool("      outputParameters: {a: {type: string, value: hello}}\n");
  ASSERT_THAT(parsed.findings, ElementsAre());
  EXPECT_EQ(Only(parsed).outputs.at(0).value.text, "hello");
  EXPECT_FALSE(Only(parsed).call.operation.present());
}

TEST(RecipeReaderTest, SaysWhatIsNotServed) {
  EXPECT_THAT(ParseTool("      steps: [{name: a, type: script, file: x.js}]\n").findings,
              ElementsAre("f.yaml:7: error: capability.exposes[0].tools[0].steps[0].type: script "
                          "steps are not served: no code of a file is run"));
  EXPECT_THAT(ParseTool("      steps: [{name: a, type: lokup}]\n").findings,
              ElementsAre("f.yaml:7: error: capability.exposes[0].tools[0].steps[0].type: "
                          "\"lokup\" is no kind of step; \"call\" and \"lookup\" are; did you mean "
                          "\"lookup\"?"));
  EXPECT_THAT(ParseTool("      call: x.y\n      ref: a.b\n").findings,
              ElementsAre("f.yaml:7: error: capability.exposes[0].tools[0].call: stands beside "
                          "\"ref\": write one of the two"));
  EXPECT_THAT(
      ParseTool("      call: x.y\n      mappings: [{target: a, value: $.b}]\n").findings,
      ElementsAre("f.yaml:8: warning: capability.exposes[0].tools[0].mappings: has no effect "
                  "without \"steps\"; shape the answer of a call by \"mapping\" in "
                  "\"outputParameters\""));
}

TEST(RecipeReaderTest, ReadsFunctionsOfAggregates) {
  Findings findings;
  for (const char* key : {"functions", "flows"}) {
    const auto capability = ParseCapability(
        "f.yaml",
        std::string("ikanos: 1\ncapability:\n  aggregates:\n  - namespace: yard\n    ") + key +
            ":\n      hello:\n        semantics: {safe: true}\n        inputParameters:\n"
            "          name: {type: string, description: d}\n"
            "        outputParameters: {m: {type: string, value: 'Hi {{name}}'}}\n",
        &findings);
    ASSERT_TRUE(capability.has_value());
    const Function& function = capability->aggregates.at(0).functions.at(0);
    EXPECT_EQ(function.name.text, "hello");
    EXPECT_TRUE(function.safe.value);
    EXPECT_EQ(function.inputs.at(0).name.text, "name");
  }
  EXPECT_TRUE(findings.empty());
}

TEST(RecipeReaderTest, PartsAtTheRootAreThereToBeShared) {
  Findings findings;
  const auto capability = ParseCapability(
      "f.yaml", "ikanos: 1\nconsumes:\n- {namespace: x, baseUri: '', resources: []}\n", &findings);
  ASSERT_TRUE(capability.has_value());
  EXPECT_TRUE(capability->shared);
  EXPECT_EQ(capability->consumes.at(0).space.text, "x");
}

}  // namespace
}  // namespace portico::capability
