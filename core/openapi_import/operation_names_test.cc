#include "core/openapi_import/operation_names.h"

#include <gtest/gtest.h>

namespace portico::openapi_import {
namespace {

TEST(OperationNamesTest, SplitsIdsIntoWords) {
  EXPECT_EQ(Dashed("listTaskRuns"), "list-task-runs");
  EXPECT_EQ(Dashed("getHTTPServer_v2"), "get-http-server-v2");
  EXPECT_EQ(Dashed("repos/list-commits"), "repos-list-commits");
  EXPECT_EQ(Dashed("Pet Store (Beta)"), "pet-store-beta");
  EXPECT_EQ(Dashed("_"), "");
}

TEST(OperationNamesTest, MakesAMissingIdFromMethodAndPath) {
  OperationNames names;
  EXPECT_EQ(names.Take("", "get", "/tasks/{taskId}/runs"), "get-tasks-by-task-id-runs");
  EXPECT_EQ(names.Take("", "get", "/"), "get");
}

TEST(OperationNamesTest, NumbersARepeatedName) {
  OperationNames names;
  EXPECT_EQ(names.Take("getTask", "get", "/a"), "get-task");
  EXPECT_EQ(names.Take("get_task", "get", "/b"), "get-task-2");
  EXPECT_EQ(names.Take("GetTask", "get", "/c"), "get-task-3");
}

TEST(OperationNamesTest, CutsAfterAWordAndKeepsTheNumberWithin) {
  OperationNames names;
  const std::string id = "listTheVeryManyThingsThatAnOrganisationHasInAllOfItsProjects";
  const std::string first = names.Take(id, "get", "/a");
  EXPECT_EQ(first, "list-the-very-many-things-that-an-organisation");
  const std::string second = names.Take(id, "get", "/b");
  EXPECT_EQ(second, first + "-2");
  EXPECT_LE(second.size(), OperationNames::kMaxName);
  EXPECT_EQ(names.Take(std::string(60, 'x'), "get", "/c"), std::string(48, 'x'));
}

TEST(OperationNamesTest, BeginsWithALetter) {
  OperationNames names;
  EXPECT_EQ(names.Take("2faEnable", "post", "/a"), "call-2fa-enable");
}

}  // namespace
}  // namespace portico::openapi_import
