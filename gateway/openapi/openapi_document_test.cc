#include "gateway/openapi/openapi_document.h"

#include <set>
#include <string>
#include <thread>
#include <vector>

#include "gateway/openapi/openapi_fixture.h"
#include "gtest/gtest.h"

namespace portico::openapi {
namespace {

TEST(OpenApiDocument, IsMadeOnceForAllThreads) {
  const OpenApiDocument document(BuiltInPlan(), {});
  std::vector<const OpenApiDocument::Form*> seen(8);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    threads.emplace_back([&, i] { seen[i] = i % 2 == 0 ? &document.json() : &document.yaml(); });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t i = 0; i < seen.size(); ++i) {
    EXPECT_EQ(seen[i], i % 2 == 0 ? &document.json() : &document.yaml());
  }
  EXPECT_EQ(Json::parse(document.json().bytes), BuiltInDocument());
  EXPECT_EQ(document.yaml().bytes.rfind("openapi: \"3.1.0\"\n", 0), 0u);
}

TEST(OpenApiDocument, HasATagForEachContent) {
  const auto plan = BuiltInPlan();
  const OpenApiDocument one(plan, {});
  const OpenApiDocument same(plan, {});
  const OpenApiDocument other(plan, {"http://127.0.0.1:1", "", ""});
  EXPECT_EQ(one.json().etag, same.json().etag);
  EXPECT_NE(one.json().etag, other.json().etag);
  EXPECT_NE(one.json().etag, one.yaml().etag);
  EXPECT_EQ(one.json().etag.front(), '"');
  EXPECT_EQ(one.json().etag.back(), '"');
}

}  // namespace
}  // namespace portico::openapi
