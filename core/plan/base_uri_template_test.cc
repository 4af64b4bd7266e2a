#include "core/plan/base_uri_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace portico::plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::optional<std::string> Value(const std::string& name) {
  static const std::map<std::string, std::string> kValues = {
      {"host", "eu.example"}, {"v", "2"}, {"SHOP_HOST", "shop.example"}, {"nothing", ""}};
  const auto found = kValues.find(name);
  if (found == kValues.end()) return std::nullopt;
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

TEST(BaseUriTemplateTest, TheEnvironmentIsAskedByTheNamesOfBinds) {
  EXPECT_EQ(EnvironmentValues({{"host", "SHOP_HOST"}}, Value)("env.host"), "shop.example");
}

TEST(BaseUriTemplateTest, WhatIsSetButEmptyHasNoValue) {
  EXPECT_EQ(EnvironmentValues({}, Value)("host"), "eu.example");
  EXPECT_EQ(EnvironmentValues({}, Value)("nothing"), std::nullopt);
  EXPECT_EQ(EnvironmentValues({}, nullptr)("host"), std::nullopt);
}

}  // namespace
}  // namespace portico::plan
