// The answers that Backstage gave, and those that Render's document and Northflank's
// client show, against the messages: every member has a typed field.
#include <string>

#include "backstage/scaffolder/v1/tasks.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "northflank/jobs/v1/jobs.pb.h"
#include "render/workflows/v1/workflow_tasks.pb.h"

namespace portico {
namespace {

// Fails on a member that no field takes: the fields' JSON names are the vendors'.
template <typename Message>
void ExpectFullyTyped(const std::string& json) {
  Message message;
  const auto status = google::protobuf::util::JsonStringToMessage(json, &message);
  EXPECT_TRUE(status.ok()) << status.ToString() << "\n" << json;
}

TEST(RecordedAnswers, AreFullyTyped) {
  ExpectFullyTyped<backstage::scaffolder::v1::Task>(
      R"({"id":"851c1d88","spec":{"apiVersion":"scaffolder.backstage.io/v1beta3","steps":[
      {"id":"pause","name":"Pause","action":"debug:wait","input":{"seconds":"${{ 2 }}"}}],
      "output":{"links":[{"title":"Result"}]},"parameters":{"seconds":2},
      "user":{"entity":{"metadata":{"name":"guest"}},"ref":"user:default/guest"},
      "templateInfo":{"entityRef":"template:default/quick","baseUrl":"file:///entities.yaml",
      "entity":{"metadata":{"name":"quick"}}}},"status":"open",
      "createdAt":"2026-11-21T22:39:20.000Z","lastHeartbeatAt":null,
      "createdBy":"user:default/guest"})");
  ExpectFullyTyped<backstage::scaffolder::v1::TaskEvent>(
      R"({"id":34,"isTaskRecoverable":false,"taskId":"cf3bd3a2","body":{"message":"Run completed",
      "stepId":"boom","status":"failed","output":{},"error":{"name":"Error","message":"no"}},
      "type":"completion","createdAt":"2026-11-21T22:39:24.000Z"})");
  ExpectFullyTyped<backstage::scaffolder::v1::DryRunTaskResponse>(
      R"({"log":[{"body":{"stepId":"render","status":"processing","message":"Beginning"}}],
      "directoryContents":[{"path":"README.md","executable":false,"base64Content":"IyBh"}],
      "output":{"links":[]},"steps":[{"id":"step-2","name":"debug:log","action":"debug:log"}]})");
  ExpectFullyTyped<backstage::scaffolder::v1::ListTasksResponse>(R"({"tasks":[],"totalTasks":0})");
  ExpectFullyTyped<render::workflows::v1::TaskRunDetails>(
      R"({"id":"trn-1","taskId":"tsk-1","status":"pending","results":[null],"error":"no",
      "startedAt":"2019-08-24T14:15:22Z","completedAt":"2019-08-24T14:15:22Z","input":[null],
      "parentTaskRunId":"p","rootTaskRunId":"r","retries":0,"attempts":[{"status":"pending",
      "enqueuedAt":"2019-08-24T14:15:22Z","startedAt":"2019-08-24T14:15:22Z",
      "completedAt":"2019-08-24T14:15:22Z","error":"no","results":[null]}]})");
  ExpectFullyTyped<render::workflows::v1::TaskWithCursor>(
      R"({"task":{"id":"t","name":"n","createdAt":"2019-08-24T14:15:22Z","workflowId":"w",
      "workflowVersionId":"v"},"cursor":"c"})");
  ExpectFullyTyped<northflank::jobs::v1::ListJobsResponse>(
      R"({"data":{"jobs":[{"id":"j","projectId":"p","appId":"/u/p/j","name":"J","tags":["t"],
      "description":"d","jobType":"cron","disabledCI":false,"disabledCD":true,
      "suspended":false}]},"pagination":{"hasNextPage":true,"cursor":"c","count":1}})");
  ExpectFullyTyped<northflank::jobs::v1::CreateJobRequest>(
      R"({"name":"job","billing":{"deploymentPlan":"nf-compute-10","buildPlan":"b",
      "gpu":{"enabled":true,"configuration":{"gpuType":"t","gpuCount":1,"timesliced":false}}},
      "deployment":{"external":{"imagePath":"alpine:3"},"internal":{"buildSHA":"latest"},
      "storage":{"useHdbStorage":true,"usePdSsdStorage":true,"shmSize":64}},"disabledCI":true,
      "buildConfiguration":{"ciIgnoreFlagsEnabled":true,"enableGitLfs":true},
      "buildSettings":{"dockerfile":{"dockerFilePath":"/Dockerfile","dockerWorkDir":"/"}}})");
  ExpectFullyTyped<northflank::jobs::v1::RunJobResponse>(
      R"({"data":{"id":"d34582a4","runName":"example-job-5fcf67bc"}})");
}

}  // namespace
}  // namespace portico
