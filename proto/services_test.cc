// Holds the services to the rules that the codec, the plan and their readers rely
// on. Works on descriptors with source information, as protoc writes them.
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/api/annotations.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"
#include "gtest/gtest.h"
#include "portico/v1/annotations.pb.h"

namespace portico {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::MethodOptions;
using google::protobuf::ServiceDescriptor;

constexpr int kUnmodeledJson = 1000;

const char* const kServices[] = {"backstage.scaffolder.v1.TasksService",
                                 "render.workflows.v1.WorkflowTasksService",
                                 "northflank.jobs.v1.JobsService"};

class ServicesTest : public testing::Test {
 protected:
  void SetUp() override {
    std::ifstream file("proto/services.binpb", std::ios::binary);
    google::protobuf::FileDescriptorSet set;
    ASSERT_TRUE(set.ParseFromIstream(&file)) << "proto/services.binpb";
    for (const auto& proto : set.file()) {
      ASSERT_NE(pool_.BuildFile(proto), nullptr) << proto.name();
      const FileDescriptor* built = pool_.FindFileByName(proto.name());
      if (proto.package().rfind("google.", 0) != 0) files_.push_back(built);
    }
    for (const char* name : kServices) {
      const ServiceDescriptor* service = pool_.FindServiceByName(name);
      ASSERT_NE(service, nullptr) << name;
      for (int i = 0; i < service->method_count(); ++i) methods_.push_back(service->method(i));
    }
  }

  std::vector<const Descriptor*> OwnMessages() const {
    std::vector<const Descriptor*> messages;
    for (const FileDescriptor* file : files_) {
      if (file->package() == "portico.v1") continue;
      for (int i = 0; i < file->message_type_count(); ++i)
        messages.push_back(file->message_type(i));
    }
    return messages;
  }

  DescriptorPool pool_;
  std::vector<const FileDescriptor*> files_;
  std::vector<const MethodDescriptor*> methods_;
};

// `google.protobuf.Struct` and its like are values, not messages of ours.
bool IsModelled(const FieldDescriptor* field) {
  return field->message_type() != nullptr && !field->is_map() &&
         field->message_type()->file()->package() != "google.protobuf";
}

void CollectModelled(const Descriptor* message, std::set<const Descriptor*>* found) {
  if (!found->insert(message).second) return;
  for (int i = 0; i < message->field_count(); ++i) {
    if (IsModelled(message->field(i))) CollectModelled(message->field(i)->message_type(), found);
  }
}

const google::api::HttpRule& HttpRuleOf(const MethodDescriptor* method) {
  return method->options().GetExtension(google::api::http);
}

// The names in the braces of an RPC's path.
std::set<std::string> PathFields(const MethodDescriptor* method) {
  const google::api::HttpRule& rule = HttpRuleOf(method);
  const std::string path = rule.get() + rule.post() + rule.delete_();
  std::set<std::string> names;
  for (size_t open = path.find('{'); open != std::string::npos; open = path.find('{', open + 1)) {
    names.insert(path.substr(open + 1, path.find('}', open) - open - 1));
  }
  return names;
}

template <typename Element>
bool IsDocumented(const Element* element) {
  google::protobuf::SourceLocation location;
  return element->GetSourceLocation(&location) && location.leading_comments.size() > 10;
}

// One line per RPC: its face towards gRPC, the capability file and REST.
std::string Face(const MethodDescriptor* method) {
  const auto& operation = method->options().GetExtension(portico::v1::operation);
  const google::api::HttpRule& rule = HttpRuleOf(method);
  std::ostringstream line;
  line << method->service()->name() << "." << method->name()
       << (method->server_streaming() ? " stream" : "") << " = " << operation.namespace_() << "."
       << operation.name() << " = ";
  if (!rule.get().empty()) line << "GET " << rule.get();
  if (!rule.post().empty()) line << "POST " << rule.post();
  if (!rule.delete_().empty()) line << "DELETE " << rule.delete_();
  if (!rule.body().empty()) line << " body=" << rule.body();
  if (!rule.response_body().empty()) line << " array=" << rule.response_body();
  if (method->options().idempotency_level() != MethodOptions::IDEMPOTENCY_UNKNOWN) {
    line << " " << MethodOptions::IdempotencyLevel_Name(method->options().idempotency_level());
  }
  return line.str();
}

TEST_F(ServicesTest, EveryRpcStatesItsOperationItsRouteAndItsIdempotency) {
  std::vector<std::string> faces;
  for (const MethodDescriptor* method : methods_) faces.push_back(Face(method));
  EXPECT_THAT(
      faces,
      testing::ElementsAre(
          "TasksService.DryRunTask = scaffolder-tasks.dryruntask = POST /v1/v2/dry-run body=*",
          "TasksService.ListTasks = scaffolder-tasks.listtasks = GET /v1/v2/tasks NO_SIDE_EFFECTS",
          "TasksService.CreateTask = scaffolder-tasks.createtask = POST /v1/v2/tasks body=*",
          "TasksService.GetTask = scaffolder-tasks.gettask = GET /v1/v2/tasks/{task_id} "
          "NO_SIDE_EFFECTS",
          "TasksService.CancelTask = scaffolder-tasks.canceltask = POST "
          "/v1/v2/tasks/{task_id}/cancel",
          "TasksService.GetTaskEventStream stream = scaffolder-tasks.gettaskeventstream = GET "
          "/v1/v2/tasks/{task_id}/eventstream NO_SIDE_EFFECTS",
          "TasksService.GetTaskLogs = scaffolder-tasks.gettasklogs = GET "
          "/v1/v2/tasks/{task_id}/logs array=entries NO_SIDE_EFFECTS",
          "WorkflowTasksService.ListTaskRuns = render-workflow-tasks-beta.listtaskruns = GET "
          "/v1/task-runs array=task_runs NO_SIDE_EFFECTS",
          "WorkflowTasksService.RunTask = render-workflow-tasks-beta.createtask = POST "
          "/v1/task-runs body=*",
          "WorkflowTasksService.StreamTaskRunEvents stream = "
          "render-workflow-tasks-beta.streamtaskrunsevents = GET /v1/task-runs/events "
          "NO_SIDE_EFFECTS",
          "WorkflowTasksService.GetTaskRun = render-workflow-tasks-beta.gettaskrun = GET "
          "/v1/task-runs/{task_run_id} NO_SIDE_EFFECTS",
          "WorkflowTasksService.CancelTaskRun = render-workflow-tasks-beta.canceltaskrun = DELETE "
          "/v1/task-runs/{task_run_id} IDEMPOTENT",
          "WorkflowTasksService.ListTasks = render-workflow-tasks-beta.listtasks = GET /v1/tasks "
          "array=tasks NO_SIDE_EFFECTS",
          "WorkflowTasksService.GetTask = render-workflow-tasks-beta.gettask = GET "
          "/v1/tasks/{task_id} NO_SIDE_EFFECTS",
          "JobsService.ListJobs = northflank-jobs.listjobs = GET /v1/projects/{project_id}/jobs "
          "NO_SIDE_EFFECTS",
          "JobsService.CreateJob = northflank-jobs.createjob = POST "
          "/v1/projects/{project_id}/jobs body=*",
          "JobsService.RunJob = northflank-jobs.runjob = POST "
          "/v1/projects/{project_id}/jobs/{job_id}/run body=*"));
}

TEST_F(ServicesTest, EveryElementIsDocumented) {
  for (const MethodDescriptor* method : methods_) {
    EXPECT_TRUE(IsDocumented(method->service())) << method->service()->full_name();
    EXPECT_TRUE(IsDocumented(method)) << method->full_name();
  }
  for (const Descriptor* message : OwnMessages()) {
    EXPECT_TRUE(IsDocumented(message)) << message->full_name();
    for (int i = 0; i < message->field_count(); ++i) {
      EXPECT_TRUE(IsDocumented(message->field(i))) << message->field(i)->full_name();
    }
  }
}

TEST_F(ServicesTest, EveryModelledMessageKeepsARemainder) {
  std::set<const Descriptor*> modelled;
  for (const MethodDescriptor* method : methods_) {
    if (method->server_streaming()) {
      CollectModelled(method->output_type()->FindFieldByNumber(5)->message_type(), &modelled);
    } else {
      CollectModelled(method->output_type(), &modelled);
    }
    if (!HttpRuleOf(method).body().empty()) CollectModelled(method->input_type(), &modelled);
  }
  EXPECT_GT(modelled.size(), 50u);
  for (const Descriptor* message : modelled) {
    const FieldDescriptor* field = message->FindFieldByNumber(kUnmodeledJson);
    ASSERT_NE(field, nullptr) << message->full_name();
    EXPECT_EQ(field->name(), "unmodeled_json") << message->full_name();
    EXPECT_EQ(field->type(), FieldDescriptor::TYPE_STRING) << message->full_name();
    EXPECT_FALSE(field->has_presence()) << message->full_name();
  }
  for (const Descriptor* message : OwnMessages()) {
    EXPECT_EQ(modelled.count(message) > 0, message->FindFieldByNumber(kUnmodeledJson) != nullptr)
        << message->full_name();
  }
}

TEST_F(ServicesTest, EveryEventMessageHasTheSameShape) {
  int streams = 0;
  for (const MethodDescriptor* method : methods_) {
    EXPECT_FALSE(method->client_streaming()) << method->full_name();
    if (!method->server_streaming()) continue;
    ++streams;
    const Descriptor* event = method->output_type();
    std::vector<std::string> fields;
    for (int i = 0; i < 4; ++i) {
      const FieldDescriptor* field = event->field(i);
      EXPECT_TRUE(field->has_optional_keyword()) << field->full_name();
      fields.push_back(std::string(field->type_name()) + " " + field->name() + " " +
                       std::to_string(field->number()));
    }
    EXPECT_THAT(fields, testing::ElementsAre("string id 1", "string event 2", "string data 3",
                                             "uint32 retry_ms 4"));
    ASSERT_EQ(event->field_count(), 5) << event->full_name();
    EXPECT_TRUE(IsModelled(event->field(4))) << event->full_name();
    EXPECT_FALSE(event->field(4)->is_repeated()) << event->full_name();
  }
  EXPECT_EQ(streams, 2);
}

TEST_F(ServicesTest, EveryPathFieldIsAPlainStringAndEveryOtherScalarKeepsPresence) {
  std::set<const FieldDescriptor*> path_fields;
  for (const MethodDescriptor* method : methods_) {
    for (const std::string& name : PathFields(method)) {
      const FieldDescriptor* field = method->input_type()->FindFieldByName(name);
      ASSERT_NE(field, nullptr) << method->full_name() << " {" << name << "}";
      EXPECT_EQ(field->type(), FieldDescriptor::TYPE_STRING) << field->full_name();
      path_fields.insert(field);
    }
  }
  for (const Descriptor* message : OwnMessages()) {
    for (int i = 0; i < message->field_count(); ++i) {
      const FieldDescriptor* field = message->field(i);
      if (field->is_repeated() || field->message_type() != nullptr) continue;
      if (field->number() == kUnmodeledJson) continue;
      EXPECT_EQ(field->has_presence(), path_fields.count(field) == 0) << field->full_name();
    }
  }
}

TEST_F(ServicesTest, EveryRequestFieldWithoutABodyIsAParameter) {
  for (const MethodDescriptor* method : methods_) {
    if (!HttpRuleOf(method).body().empty()) continue;
    for (int i = 0; i < method->input_type()->field_count(); ++i) {
      const FieldDescriptor* field = method->input_type()->field(i);
      EXPECT_EQ(field->message_type(), nullptr) << field->full_name();
      EXPECT_NE(field->number(), kUnmodeledJson) << field->full_name();
    }
  }
}

TEST_F(ServicesTest, EveryFieldTypeIsOneThatJsonHoldsWithoutLoss) {
  const std::set<std::string> scalars = {"string", "bool",   "int32", "int64",
                                         "uint32", "uint64", "double"};
  const std::set<std::string> values = {"google.protobuf.Struct", "google.protobuf.Value",
                                        "google.protobuf.ListValue"};
  for (const Descriptor* message : OwnMessages()) {
    EXPECT_EQ(message->real_oneof_decl_count(), 0) << message->full_name();
    EXPECT_EQ(message->enum_type_count(), 0) << message->full_name();
    for (int i = 0; i < message->field_count(); ++i) {
      const FieldDescriptor* field = message->field(i);
      if (IsModelled(field)) continue;
      if (field->is_map()) {
        EXPECT_EQ(field->message_type()->map_key()->type(), FieldDescriptor::TYPE_STRING);
        EXPECT_EQ(field->message_type()->map_value()->type(), FieldDescriptor::TYPE_STRING);
      } else if (field->message_type() != nullptr) {
        EXPECT_TRUE(values.count(field->message_type()->full_name())) << field->full_name();
      } else {
        EXPECT_TRUE(scalars.count(field->type_name())) << field->full_name();
      }
    }
  }
}

TEST_F(ServicesTest, ArraysGoCommaJoinedOnlyWhereTheVendorAsksForIt) {
  std::set<std::string> comma_joined;
  for (const Descriptor* message : OwnMessages()) {
    for (int i = 0; i < message->field_count(); ++i) {
      const auto& options = message->field(i)->options();
      if (!options.HasExtension(portico::v1::parameter)) continue;
      EXPECT_EQ(options.GetExtension(portico::v1::parameter).array_style(),
                portico::v1::ARRAY_STYLE_COMMA);
      comma_joined.insert(message->name() + "." + message->field(i)->json_name());
    }
  }
  EXPECT_THAT(comma_joined,
              testing::ElementsAre("ListTaskRunsRequest.ownerId", "ListTasksRequest.ownerId",
                                   "StreamTaskRunEventsRequest.taskRunIds"));
}

TEST(LinkedServices, AreInTheGeneratedPool) {
  for (const char* name : kServices) {
    EXPECT_NE(DescriptorPool::generated_pool()->FindServiceByName(name), nullptr) << name;
  }
}

}  // namespace
}  // namespace portico
