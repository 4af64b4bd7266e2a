#include "gateway/openapi/code_samples.h"

#include <string>
#include <vector>

#include "gateway/openapi/openapi_fixture.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace portico::openapi {
namespace {

using testing::HasSubstr;

// The samples of one of the built-in operations, by their labels.
Json SamplesOf(const std::string& id, const Doors& doors = {}) {
  const auto plan = BuiltInPlan();
  for (const Face& face : FacesOf(*plan)) {
    if (face.id == id) return CodeSamplesOf(face, doors);
  }
  return Json();
}

std::string SourceOf(const Json& samples, std::size_t at) {
  return samples[at]["source"].get<std::string>();
}

TEST(CodeSamples, CallEveryDoor) {
  const Json samples = SamplesOf("scaffolder-tasks.listtasks");
  ASSERT_EQ(samples.size(), 3u);
  EXPECT_EQ(SourceOf(samples, 0), "curl 'http://127.0.0.1:8080/v1/v2/tasks?limit=1'");
  EXPECT_EQ(SourceOf(samples, 1),
            "grpcurl -plaintext -d '{\"limit\":1}' \\\n  127.0.0.1:50051 "
            "backstage.scaffolder.v1.TasksService/ListTasks");
  EXPECT_THAT(SourceOf(samples, 2), HasSubstr("\"name\":\"backstage-list-scaffolder-tasks\""));
  EXPECT_THAT(SourceOf(samples, 2), HasSubstr("\"arguments\":{\"limit\":1}"));
}

TEST(CodeSamples, LeaveClosedDoorsOut) {
  EXPECT_EQ(SamplesOf("scaffolder-tasks.listtasks", {"http://h:1", "", ""}).size(), 1u);
  EXPECT_TRUE(SamplesOf("scaffolder-tasks.listtasks", {"", "", ""}).empty());
}

TEST(CodeSamples, KnowUnixSockets) {
  const Json samples = SamplesOf("scaffolder-tasks.listtasks", {"", "unix:/run/portico", ""});
  EXPECT_THAT(SourceOf(samples, 0), HasSubstr("grpcurl -plaintext -unix -d "));
  EXPECT_THAT(SourceOf(samples, 0), HasSubstr(" /run/portico "));
}

TEST(CodeSamples, SendBodiesWhereTheyBelong) {
  const Json samples = SamplesOf("northflank-jobs.runjob");
  const std::string body = "{\"runtimeEnvironment\":{\"GREETING\":\"hello\"}}";
  EXPECT_THAT(SourceOf(samples, 0), HasSubstr("-d '" + body + "'"));
  EXPECT_THAT(SourceOf(samples, 1),
              HasSubstr("\"jobId\":\"nightly-report\",\"runtimeEnvironment\""));
  EXPECT_THAT(SourceOf(samples, 2), HasSubstr("\"body\":" + body));
}

TEST(CodeSamples, FollowStreamsAsTheyCome) {
  EXPECT_THAT(SourceOf(SamplesOf("scaffolder-tasks.gettaskeventstream"), 0), HasSubstr("curl -N "));
}

TEST(CodeSamples, QuoteForTheShell) {
  EXPECT_EQ(ShellQuoted("a b"), "'a b'");
  EXPECT_EQ(ShellQuoted("it's $HOME"), "'it'\\''s $HOME'");
}

}  // namespace
}  // namespace portico::openapi
