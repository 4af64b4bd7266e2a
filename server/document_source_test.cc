#include "server/document_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "tests/fakes/scripted_upstream.h"

namespace portico::server {
namespace {

using fakes::Script;
using fakes::ScriptedUpstream;
using testing::HasSubstr;

TEST(DocumentSourceTest, ReadsAFile) {
  const std::string path = absl::StrCat(testing::TempDir(), "/document.yaml");
  std::ofstream(path) << "openapi: 3.0.0\n";
  EXPECT_EQ(ReadSource(path, {}).value(), "openapi: 3.0.0\n");
  EXPECT_THAT(ReadSource(path + "x", {}).status().message(), HasSubstr("cannot be read"));
  EXPECT_FALSE(ReadSource(testing::TempDir(), {}).ok());
}

TEST(DocumentSourceTest, FetchesAUrl) {
  ScriptedUpstream upstream;
  upstream.On("GET /openapi.json", Script::Respond(200, "{}"));
  EXPECT_EQ(ReadSource(upstream.base_uri() + "/openapi.json", {}).value(), "{}");
}

TEST(DocumentSourceTest, SaysWhatAnotherStatusMeans) {
  ScriptedUpstream upstream;
  upstream.On("GET /moved", Script::Respond(302, "", "Location: https://x.example/y\r\n"));
  EXPECT_EQ(ReadSource(upstream.base_uri() + "/moved", {}).status().message(),
            "answered 302; the document moved to https://x.example/y");
  EXPECT_EQ(ReadSource(upstream.base_uri() + "/no", {}).status().message(), "answered 404");
}

TEST(DocumentSourceTest, SaysWhyNothingCame) {
  ScriptedUpstream upstream;
  const std::string url = upstream.base_uri() + "/x";
  upstream.StopListening();
  EXPECT_THAT(ReadSource(url, {}).status().message(), HasSubstr("cannot be fetched"));
}

}  // namespace
}  // namespace portico::server
