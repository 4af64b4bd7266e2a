#include "core/plan/method_synthesizer.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/plan/compile_fixture.h"
#include "google/api/annotations.pb.h"
#include "portico/v1/annotations.pb.h"

namespace portico::plan {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::MethodOptions;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// An API `tasks` with `operations` (six spaces in), each of which a tool of its name exposes.
std::string File(const std::vector<std::string>& operations,
                 const std::vector<std::string>& tools) {
  std::string text = ApiHead();
  text += "    - path: /tasks/{taskId}\n      operations:\n";
  for (const std::string& operation : operations)
    absl::StrAppend(&text, "      - ", operation, "\n");
  text += "  exposes:\n  - type: mcp\n    tools:\n";
  for (const std::string& tool : tools) absl::StrAppend(&text, "    - ", tool, "\n");
  return text;
}

Compiled One(const std::string& inputs) {
  return CompileText(
      File({absl::StrCat("{name: get, method: GET, inputParameters: [", inputs, "]}")},
           {"{name: get-task, call: tasks.get}"}));
}

// "name type number json_name" of each field.
std::vector<std::string> FieldsOf(const Descriptor& message) {
  std::vector<std::string> fields;
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    fields.push_back(absl::StrCat(field.is_repeated()            ? "repeated "
                                  : field.has_optional_keyword() ? "optional "
                                                                 : "",
                                  field.type() == FieldDescriptor::TYPE_MESSAGE
                                      ? field.message_type()->name()
                                      : field.type_name(),
                                  " ", field.name(), " [", field.json_name(), "]"));
  }
  return fields;
}

TEST(MethodSynthesizerTest, AnApiWithoutAServiceGetsOne) {
  const Compiled compiled = One("");
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_EQ(compiled.plan->methods().size(), 1u);
  const Method& method = compiled.plan->methods()[0];
  EXPECT_EQ(method.path, "/tasks.v1.TasksService/GetTask");
  EXPECT_EQ(method.operation->id, "tasks.get");
  EXPECT_TRUE(method.synthesised);
  EXPECT_EQ(compiled.plan->FindMethod(method.path), &method);
  EXPECT_EQ(method.descriptor->file()->name(), "tasks/v1/tasks_service.proto");
  EXPECT_EQ(compiled.plan->descriptors().FindServiceByName("tasks.v1.TasksService"),
            method.descriptor->service());
  EXPECT_NE(compiled.plan->descriptors().FindFileByName("google/api/annotations.proto"), nullptr);
}

TEST(MethodSynthesizerTest, EachTypeOfParameterHasItsField) {
  const Compiled compiled =
      One("{name: s, in: query, type: string}, {name: i, in: query, type: integer}, "
          "{name: n, in: query, type: number}, {name: b, in: query, type: boolean}, "
          "{name: a, in: query, type: array}, {name: o, in: query, type: object}, "
          "{name: r, in: header, type: string, required: true}");
  const Method& method = compiled.plan->methods().at(0);
  EXPECT_THAT(FieldsOf(*method.descriptor->input_type()),
              ElementsAre("string task_id [taskId]", "optional string s [s]",
                          "optional int64 i [i]", "optional double n [n]", "optional bool b [b]",
                          "repeated string a [a]", "Struct o [o]", "optional string r [r]"));
  ASSERT_EQ(method.fields.size(), 8u);
  for (const FieldBinding& binding : method.fields) {
    EXPECT_EQ(method.operation->parameters[binding.parameter].name, binding.field->json_name());
  }
}

TEST(MethodSynthesizerTest, NamesThatNoFieldMayHaveStayTheJsonNames) {
  const Compiled compiled =
      One("{name: 'a[b]', in: query}, {name: $filter, in: query}, {name: 'a<', in: query}, "
          "{name: X-Api-Version, in: header}, {name: delete, in: query}, {name: body, in: query}, "
          "{name: '2fa', in: query}, {name: 'ü', in: query}");
  EXPECT_THAT(FieldsOf(*compiled.plan->methods().at(0).descriptor->input_type()),
              ElementsAre("string task_id [taskId]", "optional string a_b [a[b]]",
                          "optional string filter [$filter]", "optional string a [a<]",
                          "optional string x_api_version [X-Api-Version]",
                          "optional string delete_value [delete]",
                          "optional string body_value [body_value]",
                          "optional string field_2fa [2fa]", "optional string field [ü]"));
}

// Whatever stands together: Protobuf takes it, and each has its own field.
TEST(MethodSynthesizerTest, NamesThatCrowdTogetherAreToldApart) {
  const Compiled compiled = One(
      "{name: body, in: query}, {name: bodyValue, in: query}, {name: body_value, in: query}, "
      "{name: unmodeled_json, in: query}, {name: unmodeledJson, in: query}, "
      "{name: unmodeledjson, in: query}, {name: a_b, in: query}, {name: aB, in: query}, "
      "{name: ab, in: query}, {name: 'a[b]', in: query}, {name: '[a.b]', in: query}, "
      "{name: delete, in: query}, {name: delete_value, in: query}, {name: deleteValue, in: query}");
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(compiled.plan->methods().at(0).descriptor->input_type()->field_count(), 15);
}

TEST(MethodSynthesizerTest, TheBodyIsOneFieldOfAnyJson) {
  const Compiled compiled = CompileText(
      File({"{name: put, method: PUT, inputParameters: [{name: body, in: body, required: true}]}"},
           {"{name: put, call: tasks.put}"}));
  const Method& method = compiled.plan->methods().at(0);
  ASSERT_NE(method.body_field, nullptr);
  EXPECT_EQ(method.body_field->name(), "body");
  EXPECT_EQ(method.body_field->number(), 1);
  EXPECT_FALSE(method.rest_is_body);
  EXPECT_THAT(FieldsOf(*method.descriptor->input_type()),
              ElementsAre("string task_id [taskId]", "Value body [body]",
                          "string unmodeled_json [unmodeledJson]"));
}

TEST(MethodSynthesizerTest, DeclaredOutputsAreTypedFields) {
  const Compiled compiled = CompileText(
      File({"{name: get, method: GET}"},
           {"{name: get-task, call: tasks.get, outputParameters: [{type: object, properties: "
            "{title: {type: string, mapping: $.name}, size: {type: integer, mapping: $.n}, "
            "done: {type: boolean, mapping: $.done}, "
            "tags: {type: array, mapping: $.tags, items: {type: string}}}}]}",
            "{name: list-names, call: tasks.get, outputParameters: [{type: array, items: {type: "
            "string, mapping: $.name}}]}",
            "{name: whole, call: tasks.get, outputParameters: [{type: object, mapping: $.}]}"}));
  ASSERT_NE(compiled.plan, nullptr) << compiled.findings.at(0);
  std::map<std::string, std::vector<std::string>> fields;
  for (const Method& method : compiled.plan->methods()) {
    fields[method.path.substr(method.path.rfind('/') + 1)] =
        FieldsOf(*method.descriptor->output_type());
    const bool whole = method.path == "/tasks.v1.TasksService/Whole";
    EXPECT_EQ(method.wraps_answer, whole) << method.path;
  }
  EXPECT_THAT(fields["GetTask"],
              ElementsAre("optional string title [title]", "optional int64 size [size]",
                          "optional bool done [done]", "repeated string tags [tags]",
                          "string unmodeled_json [unmodeledJson]"));
  EXPECT_THAT(fields["ListNames"], ElementsAre("repeated string result [result]",
                                               "string unmodeled_json [unmodeledJson]"));
  EXPECT_THAT(fields["Whole"], testing::Contains("Value result [result]"));
}

TEST(MethodSynthesizerTest, OnlyWhatADoorServesIsServed) {
  const Compiled compiled =
      CompileText(File({"{name: get, method: GET}", "{name: remove, method: DELETE}"},
                       {"{name: get, call: tasks.get}"}));
  ASSERT_EQ(compiled.plan->methods().size(), 1u);
  EXPECT_EQ(compiled.plan->methods()[0].operation->name, "get");
}

// Numbers and names of all fields, by method and wire name.
std::map<std::string, std::string> Wire(const Compiled& compiled) {
  std::map<std::string, std::string> wire;
  for (const Method& method : compiled.plan->methods()) {
    wire[method.operation->id] = method.path;
    for (const FieldBinding& binding : method.fields) {
      wire[absl::StrCat(method.operation->id, " ",
                        method.operation->parameters[binding.parameter].name)] =
          absl::StrCat(binding.field->name(), " ", binding.field->number());
    }
  }
  return wire;
}

// Whether all of `before` is still so in `after`.
void ExpectKept(const std::map<std::string, std::string>& before,
                const std::map<std::string, std::string>& after) {
  for (const auto& [what, value] : before) {
    const auto found = after.find(what);
    ASSERT_NE(found, after.end()) << what;
    EXPECT_EQ(found->second, value) << what;
  }
}

TEST(MethodSynthesizerTest, AParameterMoreChangesNoOther) {
  const std::string a = "{name: a, in: query}", b = "{name: bB, in: query}";
  const std::string other = "{name: other, in: query, type: integer, required: true}";
  const auto before = Wire(One(a + "," + b));
  ASSERT_EQ(before.size(), 4u);
  ExpectKept(before, Wire(One(other + "," + a + "," + b)));
  ExpectKept(before, Wire(One(a + "," + other + "," + b)));
  ExpectKept(before, Wire(One(a + "," + b + "," + other)));
  ExpectKept(before, Wire(One(b + "," + a)));
}

TEST(MethodSynthesizerTest, AnOperationMoreChangesNoOther) {
  const std::string a = "{name: a, method: GET, inputParameters: [{name: x, in: query}]}";
  const std::string b = "{name: b, method: PUT, inputParameters: [{name: y, in: query}]}";
  const std::string c = "{name: c, method: POST, inputParameters: [{name: x, in: query}]}";
  const std::string ta = "{name: do-a, call: tasks.a}", tb = "{name: do-b, call: tasks.b}";
  const std::string tc = "{name: do-c, call: tasks.c}";
  const auto before = Wire(CompileText(File({a, b}, {ta, tb})));
  ExpectKept(before, Wire(CompileText(File({c, a, b}, {tc, ta, tb}))));
  ExpectKept(before, Wire(CompileText(File({a, c, b}, {ta, tc, tb}))));
  ExpectKept(before, Wire(CompileText(File({a, b, c}, {ta, tb, tc}))));
  ExpectKept(before, Wire(CompileText(File({b, a}, {tb, ta}))));
}

TEST(MethodSynthesizerTest, AnRpcWhoseNameCollidesTakesAnother) {
  const std::string a = "{name: a, method: GET}", b = "{name: b, method: PUT}";
  const std::string ta = "{name: do-it, call: tasks.a}", tb = "{name: do_it, call: tasks.b}";
  const auto before = Wire(CompileText(File({a}, {ta})));
  EXPECT_EQ(before.at("tasks.a"), "/tasks.v1.TasksService/DoIt");
  const auto after = Wire(CompileText(File({b, a}, {tb, ta})));
  ExpectKept(before, after);
  EXPECT_THAT(after.at("tasks.b"), HasSubstr("/DoIt"));
  EXPECT_NE(after.at("tasks.b"), after.at("tasks.a"));
  const Compiled compiled = CompileText(File({a, b}, {ta, tb}));
  EXPECT_EQ(after, Wire(compiled));
  EXPECT_THAT(compiled.findings, ElementsAre(HasSubstr("another of TasksService is called DoIt")));
}

TEST(MethodSynthesizerTest, OptionsSayWhatIsCalledAndHow) {
  const Compiled compiled = CompileText(ApiHead() +
                                        R"(    - path: /tasks/{taskId}
      operations:
      - name: put
        method: PUT
        description: Changes a task.
        inputParameters: [{name: body, in: body}]
  exposes:
  - type: rest
    resources:
    - path: /v1/tasks/{taskid}
      operations: [{name: put, method: PUT, call: tasks.put}]
    - path: /v1/tasks/{taskid}.json
      operations: [{name: put, method: PUT, call: tasks.put}]
  - type: mcp
    tools: [{name: put-task, call: tasks.put, hints: {idempotent: true}}]
)");
  EXPECT_THAT(compiled.findings, IsEmpty());
  const MethodDescriptor& method = *compiled.plan->methods().at(0).descriptor;
  EXPECT_EQ(method.options().idempotency_level(), MethodOptions::IDEMPOTENT);
  EXPECT_EQ(method.options().GetExtension(v1::operation).namespace_(), "tasks");
  EXPECT_EQ(method.options().GetExtension(v1::operation).name(), "put");
  const google::api::HttpRule& rule = method.options().GetExtension(google::api::http);
  EXPECT_EQ(rule.put(), "/v1/tasks/{task_id}");
  EXPECT_EQ(rule.body(), "body");
  EXPECT_EQ(rule.response_body(), "result");
  EXPECT_EQ(rule.additional_bindings_size(), 0);
  google::protobuf::SourceLocation source;
  ASSERT_TRUE(method.GetSourceLocation(&source));
  EXPECT_EQ(source.leading_comments, " Changes a task.\n");
}

TEST(MethodSynthesizerTest, AnEntryOfTypeGrpcNamesTheServiceAndItsProcedures) {
  const Compiled compiled = CompileText(ApiHead() +
                                        R"(    - path: /tasks/{taskId}
      operations:
      - {name: get, method: GET, inputParameters: [{name: full, in: query, type: boolean}]}
      - {name: put, method: PUT, inputParameters: [{name: body, in: body}]}
      - {name: remove, method: DELETE}
  exposes:
  - type: rest
    resources:
    - path: /v1/tasks/{taskid}
      operations: [{name: get, method: GET, call: tasks.get}]
  - type: mcp
    tools: [{name: remove-task, call: tasks.remove}]
  - type: grpc
    namespace: g
    package: acme.tasks.v2
    service: TaskApi
    description: Tasks of Acme.
    procedures:
    - {name: get-whole, call: tasks.get, with: {taskId: g.task, full: 'true'}}
    - {name: PutTask, description: Puts it., call: tasks.put, hints: {idempotent: true}}
)");
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_EQ(compiled.plan->methods().size(), 3u);
  const Method& get = compiled.plan->methods()[0];
  EXPECT_EQ(get.path, "/acme.tasks.v2.TaskApi/GetWhole");
  EXPECT_EQ(get.descriptor->file()->name(), "acme/tasks/v2/task_api.proto");
  EXPECT_THAT(FieldsOf(*get.descriptor->input_type()), ElementsAre("string task [task]"));
  EXPECT_THAT(Printed(get.constants), ElementsAre("='true'->full"));
  EXPECT_EQ(get.descriptor->options().GetExtension(google::api::http).get(), "/v1/tasks/{task}");
  const Method& put = compiled.plan->methods()[1];
  EXPECT_EQ(put.path, "/acme.tasks.v2.TaskApi/PutTask");
  EXPECT_NE(put.body_field, nullptr);
  EXPECT_EQ(put.descriptor->options().idempotency_level(), MethodOptions::IDEMPOTENT);
  EXPECT_EQ(compiled.plan->methods()[2].path, "/acme.tasks.v2.TaskApi/RemoveTask");
}

TEST(MethodSynthesizerTest, ServicesOfOnePackageMayNotMakeOneMessage) {
  const Compiled compiled = CompileText(ApiHead() +
                                        R"(    - path: /tasks
      operations: [{name: get, method: GET}]
  exposes:
  - {type: grpc, package: p, service: A, procedures: [{name: get, call: tasks.get}]}
  - {type: grpc, package: p, service: B, procedures: [{name: get, call: tasks.get}]}
)");
  EXPECT_EQ(compiled.plan, nullptr);
  ASSERT_EQ(compiled.findings.size(), 1u);
  EXPECT_THAT(compiled.findings[0], HasSubstr("no gRPC service can be made of it: p.GetRequest"));
}

TEST(MethodSynthesizerTest, AParameterInTwoPlacesIsOneField) {
  const Compiled compiled = One("{name: taskId, in: query, type: string}");
  const Method& method = compiled.plan->methods().at(0);
  EXPECT_EQ(method.descriptor->input_type()->field_count(), 1);
  ASSERT_EQ(method.fields.size(), 2u);
  EXPECT_EQ(method.fields[0].field, method.fields[1].field);
  EXPECT_NE(method.fields[0].parameter, method.fields[1].parameter);
}

TEST(MethodSynthesizerTest, ApisWhoseNamesFoldToOneHaveTheirOwnPackages) {
  const auto file = [](const std::string& space) {
    return absl::StrCat(
        "naftiko: 1\ncapability:\n  consumes:\n  - namespace: ", space,
        "\n    baseUri: http://x\n    resources:\n    - path: /a\n      operations:"
        " [{name: get, method: GET}]\n  exposes:\n  - type: mcp\n    tools: [{name: ",
        "get-", space, ", call: ", space, ".get}]\n");
  };
  const Compiled compiled = CompileTexts({{"a.yaml", file("a-b")}, {"b.yaml", file("a_b")}});
  ASSERT_EQ(compiled.plan->methods().size(), 2u);
  EXPECT_THAT(compiled.plan->methods()[0].path, testing::MatchesRegex("/a_b_[0-9]+.v1.*"));
  EXPECT_THAT(compiled.plan->methods()[1].path, testing::StartsWith("/a_b.v1.ABService/"));
}

}  // namespace
}  // namespace portico::plan
