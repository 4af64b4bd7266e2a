#include "gateway/mcp/resource_set.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace portico::mcp {
namespace {

using nlohmann::json;

class ResourceSetTest : public testing::Test {
 protected:
  ResourceSetTest() {
    files_.name = "docs";
    files_.uri = "docs://d";
    files_.files = {{"docs://d/a.md", "text/markdown", "# A"},
                    {"docs://d/b.png", "image/png", std::string("\x89P\0", 3)}};
    operation_.id = "api.get";
    one_.name = "one";
    one_.uri = "api://one/{id}";
    one_.path = *plan::PathTemplate::Parse("/one/{id}");
    one_.call.emplace();
    one_.call->operation = &operation_;
  }

  plan::Operation operation_;
  plan::Resource files_;
  plan::Resource one_;
};

TEST_F(ResourceSetTest, ListsFilesAndTemplatesApart) {
  const ResourceSet set({&files_, &one_});
  ASSERT_EQ(set.listed().size(), 2u);
  EXPECT_EQ(json::parse(set.listed().at(0)),
            json::parse(R"({"uri":"docs://d/a.md","name":"docs/a.md","mimeType":"text/markdown",
                            "size":3})"));
  ASSERT_EQ(set.templates().size(), 1u);
  EXPECT_EQ(json::parse(set.templates().at(0)),
            json::parse(R"({"uriTemplate":"api://one/{id}","name":"one"})"));
}

TEST_F(ResourceSetTest, TextIsTextAndTheRestIsBase64) {
  const ResourceSet set({&files_});
  EXPECT_EQ(json::parse(*set.Find("docs://d/a.md")->content),
            json::parse(R"({"mimeType":"text/markdown","text":"# A"})"));
  EXPECT_EQ(json::parse(*set.Find("docs://d/b.png")->content),
            json::parse(R"({"mimeType":"image/png","blob":"iVAA"})"));
  EXPECT_FALSE(set.Find("docs://d").has_value());
  EXPECT_FALSE(set.Find("docs://d/../a.md").has_value());
}

TEST_F(ResourceSetTest, ATemplateCapturesArguments) {
  const ResourceSet set({&one_});
  const auto reading = set.Find("api://one/a%22b");
  ASSERT_TRUE(reading.has_value());
  EXPECT_EQ(reading->call->resource, &one_);
  EXPECT_EQ(reading->arguments, R"({"id":"a\"b"})");
  EXPECT_FALSE(set.Find("api://one/a/b").has_value());
}

TEST_F(ResourceSetTest, TextThatIsNotUtf8IsNoText) {
  EXPECT_EQ(ContentOf("text/plain", "\xff"), R"({"mimeType":"text/plain","blob":"/w=="})");
}

}  // namespace
}  // namespace portico::mcp
