#include "gateway/http/problem.h"

#include <gtest/gtest.h>

namespace portico::http {
namespace {

Problem NoSuchRoute() {
  Problem problem;
  problem.status = 404;
  problem.reason = "NO_SUCH_ROUTE";
  problem.title = "No such route";
  problem.detail = "No operation is at /v3.";
  return problem;
}

TEST(ProblemTest, WritesTheMembersOfRfc9457WithATypeMadeOfTheReason) {
  EXPECT_EQ(ToJson(NoSuchRoute()),
            R"({"type":"urn:portico:problem:no-such-route","title":"No such route","status":404,)"
            R"("detail":"No operation is at /v3.","reason":"NO_SUCH_ROUTE"})");
}

TEST(ProblemTest, ListsViolationsAndMetadata) {
  Problem problem = NoSuchRoute();
  problem.violations = {{"page", "is no number"}, {"pageSize", "is missing"}};
  problem.metadata = {{"operation", "tasks/list"}, {"status", "never this"}};
  const std::string json = ToJson(problem);
  EXPECT_NE(json.find(R"("status":404)"), std::string::npos) << json;
  EXPECT_EQ(json.find("never this"), std::string::npos) << json;
  EXPECT_NE(json.find(R"("errors":[{"field":"page","description":"is no number"},)"
                      R"({"field":"pageSize","description":"is missing"}])"),
            std::string::npos)
      << json;
  EXPECT_NE(json.find(R"("operation":"tasks/list")"), std::string::npos) << json;
}

TEST(ProblemTest, SurvivesBytesThatAreNoUtf8) {
  Problem problem = NoSuchRoute();
  problem.detail = "at \xff";
  EXPECT_NE(ToJson(problem).find("at \xef\xbf\xbd"), std::string::npos);
}

TEST(ProblemTest, SaysInTheHeadWhoSpeaks) {
  const ResponseHead head = HeadOf(NoSuchRoute());
  EXPECT_EQ(head.status(), 404);
  EXPECT_EQ(head.fields(), "Content-Type: application/problem+json\r\nPortico-Source: portico\r\n");
}

}  // namespace
}  // namespace portico::http
