#include "core/capability/capability_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace portico::capability {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> Printed(const Findings& findings) {
  std::vector<std::string> all;
  for (const Finding& finding : findings) all.push_back(ToString(finding));
  return all;
}

struct Parsed {
  std::optional<Capability> capability;
  std::vector<std::string> findings;
};

Parsed Parse(const std::string& text) {
  Findings findings;
  Parsed parsed;
  parsed.capability = ParseCapability("f.yaml", text, &findings);
  parsed.findings = Printed(findings);
  return parsed;
}

std::string ReadFile(const std::string& name) {
  std::ifstream stream(absl::StrCat("capabilities/", name));
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

TEST(CapabilityParserTest, ReadsTheBuiltInFilesWithoutAFinding) {
  struct Row {
    const char* file;
    std::size_t operations;
  };
  for (const Row& row : {Row{"scaffolder-tasks.yaml", 7}, Row{"render-workflow-tasks-beta.yaml", 7},
                         Row{"northflank-jobs.yaml", 3}}) {
    const Parsed parsed = Parse(ReadFile(row.file));
    EXPECT_THAT(parsed.findings, IsEmpty()) << row.file;
    ASSERT_TRUE(parsed.capability.has_value()) << row.file;
    ASSERT_EQ(parsed.capability->consumes.size(), 1u);
    ASSERT_EQ(parsed.capability->exposes.size(), 2u);
    std::size_t operations = 0;
    for (const ConsumedResource& resource : parsed.capability->consumes[0].resources) {
      operations += resource.operations.size();
    }
    EXPECT_EQ(operations, row.operations) << row.file;
    EXPECT_EQ(parsed.capability->exposes[1].tools.size(), row.operations) << row.file;
  }
}

TEST(CapabilityParserTest, KeepsEveryValueWithItsLine) {
  const Parsed parsed = Parse(ReadFile("northflank-jobs.yaml"));
  ASSERT_TRUE(parsed.capability.has_value());
  const Capability& file = *parsed.capability;
  EXPECT_EQ(file.file, "f.yaml");
  EXPECT_EQ(file.version.text, "1.0.0-alpha2");
  EXPECT_EQ(file.info.tags.size(), 2u);
  ASSERT_EQ(file.binds.size(), 1u);
  EXPECT_EQ(file.binds[0].space.text, "env");
  EXPECT_EQ(file.binds[0].keys[0].value.text, "NORTHFLANK_API_KEY");
  EXPECT_EQ(file.binds[0].keys[0].value.line, 14);
  const Consume& consume = file.consumes[0];
  EXPECT_EQ(consume.base_uri.text, "https://api.northflank.com/v1");
  ASSERT_TRUE(consume.authentication.has_value());
  EXPECT_EQ(consume.authentication->token.text, "{{env.NORTHFLANK_API_KEY}}");
  const ConsumedOperation& create = consume.resources[0].operations[1];
  EXPECT_EQ(create.position.key, "capability.consumes[0].resources[0].operations[1]");
  EXPECT_EQ(create.name.text, "createjob");
  EXPECT_EQ(create.name.line, 33);
  ASSERT_EQ(create.inputs.size(), 1u);
  EXPECT_EQ(create.inputs[0].location.text, "body");
  EXPECT_TRUE(create.inputs[0].required.value);
  EXPECT_EQ(create.outputs[0].mapping.text, "$.");
  const Expose& mcp = file.exposes[1];
  EXPECT_EQ(mcp.type.text, "mcp");
  EXPECT_EQ(mcp.port.text, "9090");
  EXPECT_TRUE(mcp.tools[0].hints.read_only.value);
  EXPECT_FALSE(mcp.tools[0].call.with.has_value());
  ASSERT_TRUE(mcp.tools[1].call.with.has_value());
  EXPECT_EQ((*mcp.tools[1].call.with)[0].value.text, "tools.body");
}

constexpr char kSmall[] = R"(ikanos: 1.0.0-alpha3
binds:
  env: {keys: {KEY: VARIABLE}}
capability:
  consumes:
    tasks:
      baseUri: ''
      resources:
        task:
          path: /tasks/{id}
          operations:
            get: {method: GET}
  exposes:
    tasks-mcp:
      type: mcp
      tools:
        get-task: {call: tasks.get}
)";

TEST(CapabilityParserTest, ReadsTheRootKeyAndKeyedMappingsOfAlpha3) {
  const Parsed parsed = Parse(kSmall);
  EXPECT_THAT(parsed.findings, IsEmpty());
  ASSERT_TRUE(parsed.capability.has_value());
  EXPECT_EQ(parsed.capability->version.text, "1.0.0-alpha3");
  EXPECT_EQ(parsed.capability->binds[0].space.text, "env");
  const Consume& consume = parsed.capability->consumes[0];
  EXPECT_EQ(consume.space.text, "tasks");
  EXPECT_TRUE(consume.base_uri.present());
  EXPECT_EQ(consume.resources[0].operations[0].name.text, "get");
  EXPECT_EQ(consume.resources[0].operations[0].name.line, 12);
  EXPECT_EQ(parsed.capability->exposes[0].tools[0].name.text, "get-task");
}

TEST(CapabilityParserTest, ReadsProceduresLikeTools) {
  const Parsed parsed = Parse(R"(naftiko: 1
capability:
  consumes: []
  exposes:
  - type: grpc
    namespace: tasks-grpc
    package: acme.tasks.v1
    service: TasksService
    procedures:
    - name: get-task
      description: One task.
      hints: {readOnly: true}
      call: tasks.get
      with: {id: tasks-grpc.task}
)");
  EXPECT_THAT(parsed.findings, IsEmpty());
  const Expose& grpc = parsed.capability->exposes.at(0);
  EXPECT_EQ(grpc.package.text, "acme.tasks.v1");
  EXPECT_EQ(grpc.service.text, "TasksService");
  ASSERT_EQ(grpc.procedures.size(), 1u);
  EXPECT_EQ(grpc.procedures[0].name.text, "get-task");
  EXPECT_EQ(grpc.procedures[0].call.operation.text, "tasks.get");
  EXPECT_TRUE(grpc.procedures[0].hints.read_only.value);
}

TEST(CapabilityParserTest, ReportsAllFindingsInTheOrderOfTheirLines) {
  const Parsed parsed = Parse(R"(naftiko: 1.0.0-alpha2
inof: {}
capability:
  consumes:
  - namespace: tasks
    baseURI: https://api.example
    resources:
    - operations:
      - name: get
        metod: GET
        inputParameters: none
  exposes:
  - type: rest
    port: http
    resources:
    - path: /v1
      operations:
      - method: GET
        call: [tasks.get]
        with: tasks
)");
  EXPECT_FALSE(parsed.capability.has_value());
  EXPECT_THAT(
      parsed.findings,
      ElementsAre(
          "f.yaml:2: warning: inof: is not a known key of a capability file and has no effect; did "
          "you mean \"info\"?",
          "f.yaml:6: warning: capability.consumes[0].baseURI: is not a known key of a consumed API "
          "and has no effect; did you mean \"baseUri\"?",
          "f.yaml:8: error: capability.consumes[0].resources[0].path: is missing; a consumed "
          "resource needs it",
          "f.yaml:9: error: capability.consumes[0].resources[0].operations[0].method: is missing; "
          "a consumed operation needs it",
          "f.yaml:10: warning: capability.consumes[0].resources[0].operations[0].metod: is not a "
          "known key of a consumed operation and has no effect; did you mean \"method\"?",
          "f.yaml:11: error: capability.consumes[0].resources[0].operations[0].inputParameters: "
          "must be a list, but is a text",
          "f.yaml:14: error: capability.exposes[0].port: must be a number from 0 to 65535",
          "f.yaml:19: error: capability.exposes[0].resources[0].operations[0].call: must be a "
          "text, but is a list",
          "f.yaml:20: error: capability.exposes[0].resources[0].operations[0].with: must be a "
          "mapping, but is a text"));
}

// What each text is told; all of them are errors unless they say warning.
TEST(CapabilityParserTest, NamesThePlaceOfEachError) {
  struct Row {
    const char* text;
    const char* finding;
  };
  for (const Row& row : {
           Row{"- a\n", "f.yaml:1: error: must be a mapping, but is a list"},
           Row{"capability: {consumes: []}\n",
               "f.yaml:1: error: naftiko: is missing; a capability file needs it"},
           Row{"\nnaftiko: 1\n",
               "f.yaml:2: error: capability: is missing; a capability file needs it"},
           Row{"naftiko: 1\ncapability: {}\n",
               "f.yaml:2: error: capability.consumes: is missing; a capability needs it"},
           Row{"naftiko: 1\ncapability:\n  consumes:\n  - baseUri: x\n    resources: []\n",
               "f.yaml:4: error: capability.consumes[0].namespace: is missing; a consumed API "
               "needs it"},
           Row{"naftiko: 1\ncapability:\n  consumes:\n  - namespace: x\n",
               "f.yaml:4: error: capability.consumes[0].resources: is missing; a consumed API "
               "needs it"},
           Row{"naftiko: 1\ncapability:\n  consumes:\n  - namespace: x\n    type: soap\n    "
               "resources: []\n",
               "f.yaml:5: error: capability.consumes[0].type: names a kind of API that is not "
               "served; only \"http\" is"},
           Row{"naftiko: 1\ncapability:\n  consumes:\n  - import: x\n    as: y\n",
               "f.yaml:4: error: capability.consumes[0].from: is missing; a consumed API needs it"},
           Row{"naftiko: 1\ncapability:\n  consumes:\n  - namespace: x\n    resources: []\n    "
               "authentication: {token: t}\n",
               "f.yaml:6: error: capability.consumes[0].authentication.type: is missing; the "
               "authentication of a consumed API needs it"},
           Row{"naftiko: 1\ncapability:\n  consumes: []\n  exposes:\n  - type: rset\n",
               "f.yaml:5: warning: capability.exposes[0].type: nothing is served for it; only "
               "\"rest\", \"mcp\" and \"grpc\" are read; did you mean \"rest\"?"},
           Row{"naftiko: 1\ncapability:\n  consumes: []\n  exposes:\n  - type: grpc\n    package: "
               "a.1b\n",
               "f.yaml:6: error: capability.exposes[0].package: must be a Protobuf package, for "
               "example \"acme.tasks.v1\""},
           Row{"naftiko: 1\ncapability:\n  consumes: []\n  exposes:\n  - type: grpc\n    service: "
               "a.B\n",
               "f.yaml:6: error: capability.exposes[0].service: must be the name of a Protobuf "
               "service, for example \"TasksService\""},
           Row{"naftiko: 1\ncapability:\n  consumes: []\n  exposes:\n  - type: mcp\n    tools:\n   "
               " - name: a\n      steps: []\n",
               "f.yaml:7: error: capability.exposes[0].tools[0].call: is missing; a tool needs it"},
           Row{"naftiko: 1\ncapability:\n  consumes: []\n  exposes:\n  - type: mcp\n    tools:\n   "
               " - name: a\n      call: b.c\n      hints: {readOnly: 1}\n",
               "f.yaml:9: error: capability.exposes[0].tools[0].hints.readOnly: must be true or "
               "false"},
           Row{"naftiko: 1\ncapability:\n  consumes: []\n  exposes:\n  - type: mcp\n    tools:\n   "
               " - name: a\n",
               "f.yaml:7: error: capability.exposes[0].tools[0].call: is missing; a tool needs it"},
           Row{"naftiko: 1\ninfo: x\ncapability: {consumes: []}\n",
               "f.yaml:2: error: info: must be a mapping, but is a text"},
           Row{"naftiko: 1\nbinds: [{keys: {}}]\ncapability: {consumes: []}\n",
               "f.yaml:2: error: binds[0].namespace: is missing; a bind needs it"},
           Row{"naftiko: 1\ncapability:\n  consumes: []\n  consumes: []\n",
               "f.yaml:4: error: consumes: the key stands twice in one mapping, first in line 3"},
       }) {
    const Parsed parsed = Parse(row.text);
    EXPECT_THAT(parsed.findings, ElementsAre(row.finding)) << row.text;
    const bool error =
        parsed.findings.empty() || parsed.findings[0].find(": error: ") != std::string::npos;
    EXPECT_EQ(parsed.capability.has_value(), !error) << row.text;
  }
}

TEST(CapabilityParserTest, RefusesRequestTemplatesThatWouldNotBeSent) {
  const Parsed parsed = Parse(
      "naftiko: 1\ncapability:\n  consumes:\n  - namespace: x\n    resources:\n    - path: /\n"
      "      operations:\n      - name: a\n        method: POST\n        body: {type: json}\n");
  EXPECT_THAT(parsed.findings,
              ElementsAre("f.yaml:10: error: capability.consumes[0].resources[0].operations[0]"
                          ".body: request templates are not served; take the body from the caller "
                          "with an input parameter that is \"in: body\""));
}

TEST(CapabilityParserTest, SurvivesATextMadeToOverwhelm) {
  std::string text = "naftiko: 1\ncapability:\n  consumes:\n";
  for (int i = 0; i < 100'000; ++i) text += "  - x\n";
  Findings findings;
  EXPECT_FALSE(ParseCapability("f.yaml", text, &findings).has_value());
  EXPECT_LT(findings.size(), 1100u);
  EXPECT_TRUE(HasErrors(findings));
}

// The file with one line's value replaced: every one by each kind of thing.
TEST(CapabilityParserTest, WrongTypesAnywhereAreFindingsAndNeverASilentDrop) {
  for (const char* file :
       {"scaffolder-tasks.yaml", "render-workflow-tasks-beta.yaml", "northflank-jobs.yaml"}) {
    const std::vector<std::string> lines = absl::StrSplit(ReadFile(file), '\n');
    for (std::size_t at = 0; at < lines.size(); ++at) {
      const std::size_t colon = lines[at].find(": ");
      if (colon == std::string::npos) continue;
      for (const char* wrong : {"[[1]]", "{a: {b: c}}", "", "!!binary x", "\"\\0\"", "*none"}) {
        std::vector<std::string> changed = lines;
        changed[at] = absl::StrCat(lines[at].substr(0, colon), ": ", wrong);
        const Parsed parsed = Parse(absl::StrJoin(changed, "\n"));
        if (!parsed.capability.has_value()) {
          EXPECT_FALSE(parsed.findings.empty()) << changed[at];
        }
        const bool nested = wrong[0] == '[' || wrong[0] == '{';
        if (nested) {
          EXPECT_FALSE(parsed.findings.empty()) << file << ":" << at + 1 << " " << changed[at];
        }
      }
    }
  }
}

TEST(CapabilityParserTest, AnEnormousFileIsOneFinding) {
  EXPECT_THAT(Parse("naftiko: x\ncapability:\n" + std::string(10 << 20, ' ')).findings,
              ElementsAre("f.yaml: error: is larger than 4 MiB"));
}

TEST(CapabilityParserTest, KeysThatStandTwiceAreErrorsAtAnyDepth) {
  EXPECT_THAT(
      Parse("naftiko: a\ninfo: {label: a, label: b}\ncapability: {consumes: []}\n").findings,
      testing::Contains("f.yaml:2: error: label: the key stands twice in one mapping, first "
                        "in line 2"));
}

}  // namespace
}  // namespace portico::capability
