// The acceptance of the codecs: JSON that went through the wire comes back as it
// was, whatever it is, whatever of it the message knows, and whoever touched the
// wire bytes on the way.
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "backstage/scaffolder/v1/tasks.pb.h"
#include "core/codec/json_tree.h"
#include "core/codec/message_codec.h"
#include "core/codec/random_json.h"
#include "core/codec/test_schema.h"
#include "core/codec/testdata/things.pb.h"
#include "northflank/jobs/v1/jobs.pb.h"
#include "render/workflows/v1/workflow_tasks.pb.h"

namespace portico::codec {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptorProto;

// A message type, and the field that a top-level array fills, or null.
struct Target {
  explicit Target(const Descriptor* type, const FieldDescriptor* array_field = nullptr)
      : type(type), array_field(array_field), codec(*MessageCodec::Compile(type, array_field)) {}

  const Descriptor* type;
  const FieldDescriptor* array_field;
  MessageCodec codec;
};

std::vector<std::string> RecordedAnswers() {
  std::vector<std::string> answers;
  for (const char* vendor : {"backstage", "northflank", "render"}) {
    std::ifstream file(absl::StrCat("core/codec/testdata/", vendor, ".jsonl"));
    for (std::string line; std::getline(file, line);) answers.push_back(line);
  }
  return answers;
}

void ExpectSame(absl::string_view expected, absl::string_view actual, MemberOrder order) {
  const auto expected_tree = ParseJsonTree(expected);
  const auto actual_tree = ParseJsonTree(actual);
  ASSERT_TRUE(expected_tree.has_value()) << expected;
  ASSERT_TRUE(actual_tree.has_value()) << actual;
  EXPECT_TRUE(SameJson(*expected_tree, *actual_tree, order))
      << "expected " << expected << "\nactual   " << actual;
}

void ExpectLossless(const TestSchema& schema, const Target& target, const std::string& json) {
  SCOPED_TRACE(absl::StrCat(target.type->full_name(), " of ", json));
  const MessageCodec& codec = target.codec;
  std::string wire, back;
  absl::Status status = codec.JsonToWire(json, &wire);
  ASSERT_TRUE(status.ok()) << status;
  status = codec.WireToJson(wire, &back);
  ASSERT_TRUE(status.ok()) << status;
  ExpectSame(json, back, MemberOrder::kRemainderLast);

  const auto message = schema.New(target.type);
  ASSERT_TRUE(message->ParseFromString(wire));
  const std::string again = message->SerializeAsString();
  back.clear();
  status = codec.WireToJson(again, &back);
  ASSERT_TRUE(status.ok()) << status;
  ExpectSame(json, back, MemberOrder::kAny);
}

std::vector<FileDescriptorProto> BackstageFiles() {
  return FilesOf({backstage::scaffolder::v1::Task::descriptor(),
                  backstage::scaffolder::v1::ListTasksResponse::descriptor()});
}
std::vector<FileDescriptorProto> RenderFiles() {
  return FilesOf({render::workflows::v1::TaskRun::descriptor(),
                  render::workflows::v1::ListTaskRunsResponse::descriptor()});
}

// Its first field takes an array, unless that field has been removed.
void AddArrayTarget(const Descriptor* type, std::vector<Target>* targets) {
  if (type->field(0)->is_repeated()) targets->emplace_back(type, type->field(0));
}

std::vector<Target> BackstageTargets(const TestSchema& schema) {
  const std::string package = "backstage.scaffolder.v1.";
  std::vector<Target> targets;
  for (const char* name : {"Task", "ListTasksResponse", "DryRunTaskResponse", "CancelTaskResponse",
                           "TaskEvent", "CreateTaskRequest"}) {
    targets.emplace_back(schema.Message(package + name));
  }
  // A response with one repeated field takes an array if the API sends one.
  AddArrayTarget(schema.Message(package + "GetTaskLogsResponse"), &targets);
  return targets;
}

std::vector<Target> RenderTargets(const TestSchema& schema) {
  const std::string package = "render.workflows.v1.";
  std::vector<Target> targets;
  for (const char* name : {"TaskRun", "TaskRunDetails", "Task", "RunTaskRequest"}) {
    targets.emplace_back(schema.Message(package + name));
  }
  for (const char* name : {"ListTaskRunsResponse", "ListTasksResponse"}) {
    AddArrayTarget(schema.Message(package + name), &targets);
  }
  return targets;
}

// Every recorded answer, into every message: most of them are of another kind.
void ExpectRecordedAnswersLossless(const TestSchema& schema, const std::vector<Target>& targets,
                                   const std::vector<std::string>& answers) {
  for (const Target& target : targets) {
    for (const std::string& json : answers) {
      const char wanted = target.array_field != nullptr ? '[' : '{';
      if (json[0] == wanted) ExpectLossless(schema, target, json);
    }
  }
}

TEST(Lossless, RecordedAnswersComeBack) {
  const std::vector<std::string> answers = RecordedAnswers();
  ASSERT_GT(answers.size(), 150u);
  const TestSchema backstage(BackstageFiles()), render(RenderFiles());
  ExpectRecordedAnswersLossless(backstage, BackstageTargets(backstage), answers);
  ExpectRecordedAnswersLossless(render, RenderTargets(render), answers);
}

// The largest answers, so that the test stays quick with one schema per field.
std::vector<std::string> SomeAnswers() {
  std::vector<std::string> answers;
  std::set<std::size_t> sizes;
  for (const std::string& answer : RecordedAnswers()) {
    if (sizes.insert(answer.size() / 1000).second) answers.push_back(answer);
  }
  return answers;
}

TEST(Lossless, RecordedAnswersComeBackWithoutAnyOneField) {
  const std::vector<std::string> answers = SomeAnswers();
  int schemas = 0;
  const auto try_all = [&](const std::vector<FileDescriptorProto>& files, auto targets) {
    for (std::size_t i = 0; i < files.size(); ++i) {
      for (const FileDescriptorProto& reduced : WithoutEachField(files[i])) {
        std::vector<FileDescriptorProto> all = files;
        all[i] = reduced;
        const TestSchema schema(all);
        ExpectRecordedAnswersLossless(schema, targets(schema), answers);
        ++schemas;
      }
    }
  };
  try_all(BackstageFiles(), BackstageTargets);
  try_all(RenderFiles(), RenderTargets);
  EXPECT_GT(schemas, 80);
}

TEST(Lossless, RandomJsonComesBack) {
  const TestSchema schema(FilesOf({test::Thing::descriptor()}));
  const Target thing(schema.Message("test.Thing"));
  const FieldDescriptor* items = schema.Message("test.Things")->FindFieldByName("items");
  const FieldDescriptor* words = schema.Message("test.Words")->FindFieldByName("words");
  const Target things(items->containing_type(), items), texts(words->containing_type(), words);
  for (std::uint64_t seed = 0; seed < 2500 && !testing::Test::HasFatalFailure(); ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    RandomJson random(seed, static_cast<int>(seed % 40));
    ExpectLossless(schema, thing, random.Object(*thing.type));
    if (seed % 4 == 0) {
      ExpectLossless(schema, things, random.Array(*items));
    }
    if (seed % 4 == 1) {
      ExpectLossless(schema, texts, random.Array(*words));
    }
  }
}

TEST(Lossless, RandomJsonComesBackWithoutAnyOneField) {
  const TestSchema full(FilesOf({test::Thing::descriptor()}));
  FileDescriptorProto file;
  full.Message("test.Thing")->file()->CopyTo(&file);
  for (const FileDescriptorProto& reduced : WithoutEachField(file)) {
    const TestSchema schema({reduced});
    const Target thing(schema.Message("test.Thing"));
    for (std::uint64_t seed = 0; seed < 25; ++seed) {
      RandomJson random(seed, 10);
      const std::string json = random.Object(*full.Message("test.Thing"));
      ExpectLossless(schema, thing, json);
    }
  }
}

TEST(Lossless, RandomJsonComesBackThroughTheRealMessages) {
  const TestSchema northflank(FilesOf({northflank::jobs::v1::Infrastructure::descriptor(),
                                       northflank::jobs::v1::BuildSettings::descriptor(),
                                       northflank::jobs::v1::Job::descriptor(),
                                       northflank::jobs::v1::ListJobsResponse::descriptor()}));
  const Target create(northflank.Message("northflank.jobs.v1.CreateJobRequest"));
  const TestSchema backstage(BackstageFiles());
  const Target task(backstage.Message("backstage.scaffolder.v1.Task"));
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    RandomJson random(seed, static_cast<int>(seed % 30));
    ExpectLossless(northflank, create, random.Object(*create.type));
    ExpectLossless(backstage, task, random.Object(*task.type));
  }
}

bool HasUnmodeled(const google::protobuf::Message& message) {
  const auto& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->number() == kUnmodeledJson) return true;
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    const int n = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < n; ++i) {
      if (HasUnmodeled(field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i)
                                            : reflection.GetMessage(message, field))) {
        return true;
      }
    }
  }
  return false;
}

// What fits entirely is what Protobuf's own JSON parser makes of it.
TEST(Lossless, AgreesWithProtobufsJsonParserOnWhatFits) {
  const TestSchema schema(FilesOf({test::Thing::descriptor()}));
  const Descriptor* thing = schema.Message("test.Thing");
  const auto codec = MessageCodec::Compile(thing);
  ASSERT_TRUE(codec.ok());
  int compared = 0;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    RandomJson random(seed, 0);
    const std::string json = random.Object(*thing);
    std::string wire;
    ASSERT_TRUE(codec->JsonToWire(json, &wire).ok());
    const auto ours = schema.New(thing);
    ASSERT_TRUE(ours->ParseFromString(wire));
    if (HasUnmodeled(*ours)) continue;
    const auto theirs = schema.New(thing);
    const auto status = google::protobuf::util::JsonStringToMessage(json, theirs.get());
    ASSERT_TRUE(status.ok()) << status << "\n" << json;
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*ours, *theirs))
        << json << "\n"
        << ours->ShortDebugString() << "\n"
        << theirs->ShortDebugString();
    ++compared;
  }
  EXPECT_GT(compared, 300);
}

}  // namespace
}  // namespace portico::codec
