#include "core/plan/method_binder.h"

#include <gmock/gmock.h>
#include <google/protobuf/compiler/parser.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "core/plan/compile_fixture.h"
#include "google/api/annotations.pb.h"
#include "portico/v1/annotations.pb.h"

namespace portico::plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Ignored : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, int column, const std::string& message) override {
    ADD_FAILURE() << "s.proto:" << line + 1 << ":" << column + 1 << ": " << message;
  }
};

// The capability under test: list (query, array), get (path), create (body), watch (stream).
constexpr char kFile[] = R"(naftiko: 1
capability:
  consumes:
  - namespace: tasks
    baseUri: https://a
    resources:
    - path: /tasks
      operations:
      - name: list
        method: GET
        inputParameters:
        - {name: createdBy, in: query}
        - {name: ids, in: query, type: array, required: true}
      - name: create
        method: POST
        inputParameters: [{name: body, in: body, required: true}]
    - path: /tasks/{taskId}
      operations:
      - {name: get, method: GET}
      - {name: remove, method: DELETE}
    - path: /tasks/{taskId}/eventstream
      operations:
      - {name: watch, method: GET}
  exposes:
  - type: rest
    resources:
    - path: /v1/tasks
      operations:
      - {method: GET, call: tasks.list}
      - {method: POST, call: tasks.create}
    - path: /v1/tasks/{taskid}
      operations:
      - {method: GET, call: tasks.get}
      - {method: DELETE, call: tasks.remove}
    - path: /v1/tasks/{taskid}/eventstream
      operations:
      - {method: GET, call: tasks.watch}
)";

constexpr char kList[] = R"(
  rpc List(ListRequest) returns (ListResponse) {
    option idempotency_level = NO_SIDE_EFFECTS;
    option (google.api.http) = {get: "/v1/tasks" response_body: "tasks"};
    option (portico.v1.operation) = {namespace: "tasks" name: "list"};
  })";
constexpr char kCreate[] = R"(
  rpc Create(CreateRequest) returns (Task) {
    option (google.api.http) = {post: "/v1/tasks" body: "*"};
    option (portico.v1.operation) = {namespace: "tasks" name: "create"};
  })";
constexpr char kGet[] = R"(
  rpc Get(GetRequest) returns (Task) {
    option idempotency_level = NO_SIDE_EFFECTS;
    option (google.api.http) = {get: "/v1/tasks/{task_id}"};
    option (portico.v1.operation) = {namespace: "tasks" name: "get"};
  })";
constexpr char kRemove[] = R"(
  rpc Remove(GetRequest) returns (Task) {
    option idempotency_level = IDEMPOTENT;
    option (google.api.http) = {delete: "/v1/tasks/{task_id}"};
    option (portico.v1.operation) = {namespace: "tasks" name: "remove"};
  })";
constexpr char kWatch[] = R"(
  rpc Watch(GetRequest) returns (stream Task) {
    option idempotency_level = NO_SIDE_EFFECTS;
    option (google.api.http) = {get: "/v1/tasks/{task_id}/eventstream"};
    option (portico.v1.operation) = {namespace: "tasks" name: "watch"};
  })";
constexpr char kMessages[] = R"(
message ListRequest {
  repeated string created_by = 1;
  repeated string ids = 2 [(portico.v1.parameter) = {array_style: ARRAY_STYLE_COMMA}];
  optional int32 limit = 3;
  repeated int64 sizes = 4
      [(portico.v1.parameter) = {name: "size[]" array_style: ARRAY_STYLE_BRACKETS}];
  optional bool open = 5;
  optional double ratio = 6;
}
message ListResponse { repeated Task tasks = 1; Task one = 2; }
message CreateRequest { optional string name = 1; Task nested = 2; string unmodeled_json = 1000; }
message GetRequest { string task_id = 1; }
message Task { optional string id = 1; }
)";

std::string All() { return std::string(kList) + kCreate + kGet + kRemove + kWatch; }

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) {
    ADD_FAILURE() << from;
    return text;
  }
  return text.replace(at, from.size(), to);
}

class MethodBinderTest : public testing::Test {
 protected:
  MethodBinderTest() : pool_(google::protobuf::DescriptorPool::generated_pool()) {
    // Linked in, so that their options are known to the pool.
    EXPECT_EQ(google::api::http.number(), 72295728);
    EXPECT_EQ(v1::operation.number(), 50671);
  }

  // The service of `rpcs` and `messages`, as the file s.proto of package p. The
  // service's first line is 5.
  const google::protobuf::ServiceDescriptor* Service(const std::string& rpcs,
                                                     const std::string& messages = kMessages) {
    const std::string text =
        "syntax = \"proto3\"; package p;\nimport \"google/api/annotations.proto\";\n"
        "import \"portico/v1/annotations.proto\";\n\nservice S {" +
        rpcs + "\n}\n" + messages;
    google::protobuf::io::ArrayInputStream stream(text.data(), static_cast<int>(text.size()));
    Ignored errors;
    google::protobuf::io::Tokenizer tokenizer(&stream, &errors);
    google::protobuf::compiler::Parser parser;
    parser.RecordErrorsTo(&errors);
    google::protobuf::FileDescriptorProto file;
    EXPECT_TRUE(parser.Parse(&tokenizer, &file));
    file.set_name("s.proto");
    const google::protobuf::FileDescriptor* built = pool_.BuildFile(file);
    EXPECT_NE(built, nullptr);
    return built == nullptr ? nullptr : built->service(0);
  }

  Compiled Compile(const std::string& rpcs, const std::string& messages = kMessages,
                   const std::string& file = kFile) {
    CompileOptions options;
    options.services = {Service(rpcs, messages)};
    return CompileText(file, options);
  }

  google::protobuf::DescriptorPool pool_;
};

TEST_F(MethodBinderTest, BindsEveryRpcToItsOperation) {
  const Compiled compiled = Compile(All());
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  ASSERT_EQ(compiled.plan->methods().size(), 5u);
  const Method* get = compiled.plan->FindMethod("/p.S/Get");
  ASSERT_NE(get, nullptr);
  EXPECT_EQ(get->operation, compiled.plan->FindOperation("tasks.get"));
  EXPECT_EQ(get->descriptor->full_name(), "p.S.Get");
  ASSERT_EQ(get->fields.size(), 1u);
  EXPECT_EQ(get->fields[0].field->name(), "task_id");
  EXPECT_EQ(get->operation->parameters[get->fields[0].parameter].name, "taskId");
  EXPECT_FALSE(get->rest_is_body);
  EXPECT_EQ(get->array_field, nullptr);
}

TEST_F(MethodBinderTest, FieldsThatTheFileDoesNotDeclareBecomeVendorParameters) {
  const Compiled compiled = Compile(All());
  ASSERT_NE(compiled.plan, nullptr);
  const Method* list = compiled.plan->FindMethod("/p.S/List");
  ASSERT_NE(list, nullptr);
  const auto& parameters = list->operation->parameters;
  struct Row {
    const char* name;
    ParameterSource source;
    ArrayStyle style;
    ValueType type;
  };
  const std::vector<Row> rows = {
      {"createdBy", ParameterSource::kDeclared, ArrayStyle::kRepeat, ValueType::kArray},
      {"ids", ParameterSource::kDeclared, ArrayStyle::kComma, ValueType::kArray},
      {"limit", ParameterSource::kVendor, ArrayStyle::kRepeat, ValueType::kInteger},
      {"size[]", ParameterSource::kVendor, ArrayStyle::kBrackets, ValueType::kArray},
      {"open", ParameterSource::kVendor, ArrayStyle::kRepeat, ValueType::kBoolean},
      {"ratio", ParameterSource::kVendor, ArrayStyle::kRepeat, ValueType::kNumber},
  };
  ASSERT_EQ(parameters.size(), rows.size());
  ASSERT_EQ(list->fields.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(parameters[i].name, rows[i].name);
    EXPECT_EQ(parameters[i].source, rows[i].source) << rows[i].name;
    EXPECT_EQ(parameters[i].array_style, rows[i].style) << rows[i].name;
    EXPECT_EQ(parameters[i].type, rows[i].type) << rows[i].name;
    EXPECT_EQ(parameters[i].location, ParameterLocation::kQuery);
    EXPECT_FALSE(i > 1 && parameters[i].required);
    EXPECT_EQ(list->fields[i].parameter, i);
  }
  ASSERT_NE(list->array_field, nullptr);
  EXPECT_EQ(list->array_field->name(), "tasks");
}

TEST_F(MethodBinderTest, WithABodyTheRestOfTheFieldsIsTheBody) {
  const Compiled compiled = Compile(All());
  ASSERT_NE(compiled.plan, nullptr);
  const Method* create = compiled.plan->FindMethod("/p.S/Create");
  ASSERT_NE(create, nullptr);
  EXPECT_TRUE(create->rest_is_body);
  EXPECT_THAT(create->fields, IsEmpty());
  EXPECT_THAT(create->operation->parameters, IsEmpty());
}

TEST_F(MethodBinderTest, ABodyOfTheVendorAloneIsOptional) {
  const std::string file =
      Replaced(kFile, "        inputParameters: [{name: body, in: body, required: true}]\n", "");
  const Compiled compiled = Compile(All(), kMessages, file);
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(compiled.plan->FindOperation("tasks.create")->body, BodyUse::kOptional);
  EXPECT_THAT(Printed(compiled.plan->routes()[1].bindings), ElementsAre("body->body"));
}

TEST_F(MethodBinderTest, AFieldWithTheOptionIsNoMemberOfTheBody) {
  const std::string messages =
      Replaced(kMessages, "optional string name = 1;",
               "optional string name = 1 [(portico.v1.parameter) = {name: \"dry-run\"}];");
  const Compiled compiled = Compile(All(), messages);
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  const Method* create = compiled.plan->FindMethod("/p.S/Create");
  ASSERT_EQ(create->fields.size(), 1u);
  EXPECT_EQ(create->operation->parameters[0].name, "dry-run");
  EXPECT_EQ(create->operation->parameters[0].source, ParameterSource::kVendor);
}

TEST_F(MethodBinderTest, ServicesOfOtherNamespacesAreLeftOut) {
  const Compiled compiled = CompileText(
      "naftiko: 1\ncapability:\n  consumes:\n  - {namespace: jobs, baseUri: 'https://a', "
      "resources: []}\n",
      {{Service(All())}, {}});
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_THAT(compiled.plan->methods(), IsEmpty());
}

TEST_F(MethodBinderTest, AnOperationWithoutAnRpcIsAnErrorOfItsFile) {
  const Compiled compiled = Compile(std::string(kList) + kCreate + kGet + kRemove);
  EXPECT_THAT(compiled.findings, ElementsAre("f.yaml:23: error: tasks.watch: has no RPC in p.S"));
}

TEST_F(MethodBinderTest, APathOfTheAnnotationMayBeSpelledOtherwise) {
  const std::string file =
      Replaced(kFile, "path: /v1/tasks/{taskid}\n", "path: /v1/tasks/{task-id}\n");
  EXPECT_THAT(Compile(All(), kMessages, file).findings, IsEmpty());
}

TEST_F(MethodBinderTest, WithoutRoutesTheAnnotationIsNotNeeded) {
  std::string file(kFile);
  file = file.substr(0, file.find("  exposes:"));
  const std::string rpcs =
      Replaced(All(), "    option (google.api.http) = {get: \"/v1/tasks/{task_id}\"};\n", "");
  EXPECT_THAT(Compile(rpcs, kMessages, file).findings, IsEmpty());
}

struct Difference {
  const char* name;
  const char* from;  // in the RPCs or, where it is not in them, in the messages
  const char* to;
  std::vector<std::string> findings;
};

class MethodBinderDifferenceTest : public MethodBinderTest,
                                   public testing::WithParamInterface<Difference> {};

TEST_P(MethodBinderDifferenceTest, IsAnErrorInTheProto) {
  std::string rpcs = All();
  std::string messages = kMessages;
  std::string& text = rpcs.find(GetParam().from) != std::string::npos ? rpcs : messages;
  text = Replaced(text, GetParam().from, GetParam().to);
  EXPECT_THAT(Compile(rpcs, messages).findings, testing::ElementsAreArray(GetParam().findings));
}

INSTANTIATE_TEST_SUITE_P(
    All, MethodBinderDifferenceTest,
    testing::Values(
        Difference{"NoOption",
                   "    option (portico.v1.operation) = {namespace: \"tasks\" name: \"list\"};\n",
                   "",
                   {"f.yaml:9: error: tasks.list: has no RPC in p.S",
                    "s.proto:6: error: p.S.List: names no operation; it needs option "
                    "(portico.v1.operation)"}},
        Difference{"UnknownOperation",
                   "name: \"get\"}",
                   "name: \"gett\"}",
                   {"f.yaml:19: error: tasks.get: has no RPC in p.S",
                    "s.proto:15: error: p.S.Get: names unknown operation \"tasks.gett\"; did you "
                    "mean \"tasks.get\"?"}},
        Difference{"BoundTwice",
                   "name: \"remove\"}",
                   "name: \"get\"}",
                   {"f.yaml:20: error: tasks.remove: has no RPC in p.S",
                    "s.proto:20: error: p.S.Remove: tasks.get is already bound to Get"}},
        Difference{"ClientStreaming",
                   "Get(GetRequest)",
                   "Get(stream GetRequest)",
                   {"s.proto:15: error: p.S.Get: takes a stream, but an operation takes one "
                    "request"}},
        Difference{"NoStream",
                   "returns (stream Task)",
                   "returns (Task)",
                   {"s.proto:25: error: p.S.Watch: tasks.watch is an event stream; \"returns "
                    "(stream ...)\""}},
        Difference{"StreamOfNothing",
                   "rpc Get(GetRequest) returns (Task)",
                   "rpc Get(GetRequest) returns (stream Task)",
                   {"s.proto:15: error: p.S.Get: tasks.get is no event stream; \"returns (...)\""}},
        Difference{"Idempotency",
                   "    option idempotency_level = IDEMPOTENT;\n",
                   "",
                   {"s.proto:20: error: p.S.Remove: idempotency_level is IDEMPOTENCY_UNKNOWN, but "
                    "the hints of tasks.remove make it IDEMPOTENT"}},
        Difference{"IdempotencyOfAWrite",
                   "rpc Create(CreateRequest) returns (Task) {",
                   "rpc Create(CreateRequest) returns (Task) { option idempotency_level = "
                   "NO_SIDE_EFFECTS;",
                   {"s.proto:11: error: p.S.Create: idempotency_level is NO_SIDE_EFFECTS, but the "
                    "hints of tasks.create make it IDEMPOTENCY_UNKNOWN"}},
        Difference{"Verb",
                   "{get: \"/v1/tasks/{task_id}\"}",
                   "{put: \"/v1/tasks/{task_id}\"}",
                   {"s.proto:15: error: p.S.Get: google.api.http says PUT /v1/tasks/{task_id}, the "
                    "file GET /v1/tasks/{taskid} (f.yaml:33)"}},
        Difference{"Path",
                   "{get: \"/v1/tasks/{task_id}\"}",
                   "{get: \"/v1/task/{task_id}\"}",
                   {"s.proto:15: error: p.S.Get: google.api.http says GET /v1/task/{task_id}, the "
                    "file GET /v1/tasks/{taskid} (f.yaml:33)"}},
        Difference{"PathThatCannotBeRead",
                   "{get: \"/v1/tasks/{task_id}\"}",
                   "{get: \"/v1/tasks/{task_id\"}",
                   {"s.proto:15: error: p.S.Get: google.api.http has the path /v1/tasks/{task_id: "
                    "column 11: \"{\" is never closed"}},
        Difference{"PlaceholderWithoutField",
                   "{get: \"/v1/tasks/{task_id}\"}",
                   "{get: \"/v1/tasks/{taskid}\"}",
                   {"s.proto:15: error: p.S.Get: {taskid} in the path of google.api.http names no "
                    "field of p.GetRequest"}},
        Difference{"AdditionalBinding",
                   "{get: \"/v1/tasks/{task_id}\"}",
                   "{get: \"/v1/tasks/{task_id}\" additional_bindings {get: \"/v2/{task_id}\"}}",
                   {"s.proto:15: error: p.S.Get: google.api.http says GET /v2/{task_id}, the file "
                    "GET /v1/tasks/{taskid} (f.yaml:33)"}},
        Difference{
            "NoRule",
            "    option (google.api.http) = {get: \"/v1/tasks/{task_id}\"};\n",
            "",
            {"s.proto:15: error: p.S.Get: has no google.api.http, but the file has the route "
             "GET /v1/tasks/{taskid}"}},
        Difference{"NoBody",
                   " body: \"*\"",
                   "",
                   {"s.proto:11: error: p.S.Create: tasks.create requires a body; google.api.http "
                    "needs body: \"*\"",
                    "s.proto:42: error: p.CreateRequest.nested: cannot travel as a parameter; only "
                    "numbers, booleans, enums, strings and lists of them can",
                    "s.proto:42: error: p.CreateRequest.unmodeled_json: has no place without a "
                    "body; only body: \"*\" takes unmodeled members"}},
        Difference{"BodyOfOneField",
                   " body: \"*\"",
                   " body: \"nested\"",
                   {"s.proto:11: error: p.S.Create: google.api.http has body: \"nested\"; only "
                    "\"*\" is served",
                    "s.proto:42: error: p.CreateRequest.nested: cannot travel as a parameter; only "
                    "numbers, booleans, enums, strings and lists of them can",
                    "s.proto:42: error: p.CreateRequest.unmodeled_json: has no place without a "
                    "body; only body: \"*\" takes unmodeled members"}},
        Difference{"ResponseBody",
                   "response_body: \"tasks\"",
                   "response_body: \"one\"",
                   {"s.proto:6: error: p.S.List: response_body \"one\" must name a repeated field "
                    "of p.ListResponse"}},
        Difference{"RequiredParameterWithoutField",
                   "  repeated string ids = 2 [(portico.v1.parameter) = {array_style: "
                   "ARRAY_STYLE_COMMA}];\n",
                   "",
                   {"s.proto:6: error: p.S.List: p.ListRequest has no field for \"ids\", which "
                    "tasks.list requires"}},
        Difference{
            "OneValueForAnArray",
            "repeated string ids = 2",
            "string ids = 2",
            {"s.proto:34: error: p.ListRequest.ids: must be repeated: \"ids\" is an array in "
             "f.yaml"}},
        Difference{
            "ListInThePath",
            "message GetRequest { string",
            "message GetRequest { repeated string",
            {"s.proto:43: error: p.GetRequest.task_id: is repeated, but {taskId} in the path "
             "takes one value",
             "s.proto:43: error: p.GetRequest.task_id: is repeated, but {taskId} in the path "
             "takes one value",
             "s.proto:43: error: p.GetRequest.task_id: is repeated, but {taskId} in the path "
             "takes one value"}},
        Difference{"TwoFieldsForOneParameter",
                   "optional bool open = 5;",
                   "optional bool open = 5 [(portico.v1.parameter) = {name: \"limit\"}];",
                   {"s.proto:38: error: p.ListRequest.open: is the parameter \"limit\", and so is "
                    "limit"}},
        Difference{"BytesAsAParameter",
                   "optional bool open = 5;",
                   "bytes open = 5;",
                   {"s.proto:38: error: p.ListRequest.open: cannot travel as a parameter; only "
                    "numbers, booleans, enums, strings and lists of them can"}},
        Difference{"UnmodeledJsonOfAnotherNumber",
                   "string unmodeled_json = 1000;",
                   "string unmodeled_json = 99;",
                   {"s.proto:42: error: p.CreateRequest.unmodeled_json: must be \"string "
                    "unmodeled_json = 1000\""}}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace portico::plan
