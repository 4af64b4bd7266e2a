#include "gateway/rest/route_table.h"

#include <gtest/gtest.h>

#include "absl/strings/str_join.h"
#include "gateway/rest/plan_of_routes.h"

namespace portico::rest {
namespace {

// "METHOD /path" of the route and its captures, or the allowed methods.
std::string Found(const std::vector<std::string>& routes, absl::string_view method,
                  absl::string_view path) {
  const auto plan = PlanOfRoutes(routes);
  const RouteMatch match = RouteTable(*plan).Find(method, path);
  if (!match.found) return "allowed: " + absl::StrJoin(match.allowed, ",");
  const plan::Route& route = plan->routes()[match.route];
  std::string text = route.http_method + " " + route.path.text();
  for (const std::string& capture : match.captures) text += " [" + capture + "]";
  return text;
}

TEST(RouteTableTest, LiteralBeatsPlaceholderWhateverTheOrder) {
  for (const std::vector<std::string>& routes :
       {std::vector<std::string>{"GET /v1/task-runs/events", "GET /v1/task-runs/{id}"},
        std::vector<std::string>{"GET /v1/task-runs/{id}", "GET /v1/task-runs/events"}}) {
    EXPECT_EQ(Found(routes, "GET", "/v1/task-runs/events"), "GET /v1/task-runs/events");
    EXPECT_EQ(Found(routes, "GET", "/v1/task-runs/event"), "GET /v1/task-runs/{id} [event]");
  }
}

TEST(RouteTableTest, TriesTheNextWhenTheRestFitsNothing) {
  const std::vector<std::string> routes = {"GET /issues/comments/{id}", "GET /issues/{n}/comments"};
  EXPECT_EQ(Found(routes, "GET", "/issues/comments/7"), "GET /issues/comments/{id} [7]");
  EXPECT_EQ(Found(routes, "GET", "/issues/7/comments"), "GET /issues/{n}/comments [7]");
  EXPECT_EQ(Found(routes, "GET", "/issues/comments/comments"),
            "GET /issues/comments/{id} [comments]");
  EXPECT_EQ(Found(routes, "GET", "/issues/comments/7/8"), "allowed: ");
}

TEST(RouteTableTest, TriesTheNextWhenTheMethodFitsNothing) {
  const std::vector<std::string> routes = {"GET /runs/events", "DELETE /runs/{id}"};
  EXPECT_EQ(Found(routes, "DELETE", "/runs/events"), "DELETE /runs/{id} [events]");
  EXPECT_EQ(Found(routes, "POST", "/runs/events"), "allowed: DELETE,GET,HEAD");
}

TEST(RouteTableTest, HeadIsServedFromGet) {
  EXPECT_EQ(Found({"GET /a"}, "HEAD", "/a"), "GET /a");
  EXPECT_EQ(Found({"POST /a"}, "HEAD", "/a"), "allowed: POST");
  EXPECT_EQ(Found({"GET /a", "HEAD /a"}, "HEAD", "/a"), "HEAD /a");
}

TEST(RouteTableTest, CapturesAreDecodedAndLiteralsComparedDecoded) {
  EXPECT_EQ(Found({"GET /t/{id}/x"}, "GET", "/t/a%2Fb%3Ac:d%C3%A9/x"),
            "GET /t/{id}/x [a/b:c:d\xC3\xA9]");
  EXPECT_EQ(Found({"GET /a:b/{id}"}, "GET", "/a%3Ab/1"), "GET /a:b/{id} [1]");
  EXPECT_EQ(Found({"GET /a%20b"}, "GET", "/a%20b"), "GET /a%20b");
  EXPECT_EQ(Found({"GET /tasks"}, "GET", "/%74asks"), "GET /tasks");
}

TEST(RouteTableTest, AnEscapedSlashSeparatesNothing) {
  EXPECT_EQ(Found({"GET /t/{id}/x"}, "GET", "/t%2F1/x"), "allowed: ");
}

TEST(RouteTableTest, TextAroundAPlaceholderBeatsAPlaceholderAlone) {
  const std::vector<std::string> routes = {"GET /f/{name}", "GET /f/{id}.json",
                                           "GET /f/{a}-x-{b}.zip"};
  EXPECT_EQ(Found(routes, "GET", "/f/7.json"), "GET /f/{id}.json [7]");
  EXPECT_EQ(Found(routes, "GET", "/f/1-x-2.zip"), "GET /f/{a}-x-{b}.zip [1] [2]");
  EXPECT_EQ(Found(routes, "GET", "/f/.json"), "GET /f/{name} [.json]");
}

TEST(RouteTableTest, AnEmptySegmentIsAnEmptyValue) {
  EXPECT_EQ(Found({"GET /t/{id}"}, "GET", "/t/"), "GET /t/{id} []");
  EXPECT_EQ(Found({"GET /t/{id}/x"}, "GET", "/t//x"), "GET /t/{id}/x []");
  EXPECT_EQ(Found({"GET /t"}, "GET", "/t/"), "allowed: ");
}

TEST(RouteTableTest, KnowsThePathThatIsNobodys) {
  EXPECT_EQ(Found({"GET /a"}, "GET", "/b"), "allowed: ");
  EXPECT_EQ(Found({"GET /a"}, "GET", "/a/b"), "allowed: ");
  EXPECT_EQ(Found({"GET /a"}, "GET", "/"), "allowed: ");
  EXPECT_EQ(Found({"GET /"}, "GET", "/"), "GET /");
}

}  // namespace
}  // namespace portico::rest
