#include "core/openapi_import/rest_paths.h"

#include <gtest/gtest.h>

namespace portico::openapi_import {
namespace {

TEST(RestPathsTest, FoldsAsPublishedFilesDo) {
  EXPECT_EQ(FoldedPath("/v2/tasks/{taskId}"), "/v1/v2/tasks/{taskid}");
  EXPECT_EQ(FoldedPath("/v64.0/sObjects/{issue_number}/"), "/v1/v64-0/sobjects/{issue-number}");
  EXPECT_EQ(FoldedPath("/blogs/{blog_id}.json"), "/v1/blogs/blog-id-json");
  EXPECT_EQ(FoldedPath("/"), "/v1");
}

TEST(RestPathsTest, KeepsOnePathForOneUpstreamPath) {
  RestPaths paths;
  EXPECT_EQ(paths.Of("a", "/a_b"), "/v1/a-b");
  EXPECT_EQ(paths.Of("a", "/a_b"), "/v1/a-b");
}

TEST(RestPathsTest, TellsPathsApartThatFoldToOne) {
  RestPaths paths;
  EXPECT_EQ(paths.Of("a", "/a_b"), "/v1/a-b");
  EXPECT_EQ(paths.Of("a", "/a-b"), "/v1/a-b-2");
  EXPECT_EQ(paths.Of("b", "/a-b"), "/v1/a-b-3");
  EXPECT_EQ(paths.Of("a", "/x/{id}"), "/v1/x/{id}");
  EXPECT_EQ(paths.Of("a", "/x/{name}"), "/v1/x/{name}/2");
}

}  // namespace
}  // namespace portico::openapi_import
