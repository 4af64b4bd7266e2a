#include "core/plan/base_uri_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace portico::plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::optional<std::string> Value(const std::string& name) {
  static const std::map<std::string, std::string> values = {
      {"host", "eu.example"}, {"v", "2"}, {"SHOP_HOST", "shop.example"}, {"nothing", ""}};
  const auto found = values.find(name);
  if (found == values.end()) return std::nullopt;
  return found->second;
}

TEST(BaseUriTemplateTest, BothKindsOfBracesAreFilled) {
  const FilledBaseUri filled = FillBaseUri("https://{host}/v{{ v }}/x", Value);
  EXPECT_EQ(filled.uri, "https://eu.example/v2/x");
  EXPECT_THAT(filled.missing, IsEmpty());
}

TEST(BaseUriTemplateTest, WhatHasNoValueIsNamed) {
  EXPECT_THAT(FillBaseUri("https://{a}.{host}/{{b}}", Value).missing, ElementsAre("a", "b"));
}

TEST(BaseUriTemplateTest, ABraceThatStaysOpenStays) {
  EXPECT_EQ(FillBaseUri("https://{host/x", Value).uri, "https://{host/x");
  EXPECT_EQ(FillBaseUri("https://host}/x", Value).uri, "https://host}/x");
}

TEST(BaseUriTemplateTest, BindsNameTheVariableElseTheNameItself) {
  capability::Bind bind;
  bind.space.text = "keys";
  bind.keys.emplace_back();
  bind.keys.back().name.text = "host";
  bind.keys.back().value.text = "SHOP_HOST";
  struct Row {
    const char* name;
    const char* variable;
  };
  for (const Row& row : {Row{"host", "SHOP_HOST"}, Row{"keys.host", "SHOP_HOST"},
                         Row{"env.host", "SHOP_HOST"}, Row{"env.OTHER", "OTHER"}, Row{"v", "v"}}) {
    EXPECT_EQ(EnvironmentVariableOf(row.name, {bind}), row.variable) << row.name;
  }
}

TEST(BaseUriTemplateTest, WhatIsSetButEmptyHasNoValue) {
  const std::vector<capability::Bind> none;
  EXPECT_EQ(EnvironmentValues(none, Value)("host"), "eu.example");
  EXPECT_EQ(EnvironmentValues(none, Value)("nothing"), std::nullopt);
  EXPECT_EQ(EnvironmentValues(none, nullptr)("host"), std::nullopt);
}

}  // namespace
}  // namespace portico::plan
