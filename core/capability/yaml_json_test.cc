#include "core/capability/yaml_json.h"

#include <gtest/gtest.h>

#include <string>

namespace portico::capability {
namespace {

std::string AsJson(const std::string& yaml) {
  Findings findings;
  FindingLog log("f.yaml", &findings);
  const auto node = ParseYaml(yaml, &log);
  return node == nullptr ? "no YAML" : YamlAsJson(*node);
}

TEST(YamlJsonTest, ScalarsKeepTheirKindAndSpelling) {
  EXPECT_EQ(AsJson("[1.50, 9007199254740993, -1e5, true, ~, null]"),
            "[1.50,9007199254740993,-1e5,true,null,null]");
}

TEST(YamlJsonTest, WhatJsonTakesForNoNumberIsAString) {
  EXPECT_EQ(AsJson("[007, 1., .5, 0x1F, 1_000, +1, '5', \"true\", yes]"),
            R"(["007","1.",".5","0x1F","1_000","+1","5","true","yes"])");
}

TEST(YamlJsonTest, StringsAreEscaped) {
  EXPECT_EQ(AsJson(R"("a\"b\\c\nd")"), R"("a\"b\\c\u000ad")");
}

TEST(YamlJsonTest, MappingsAndListsNest) {
  EXPECT_EQ(AsJson("{a: [{b: c}, []], d: {}}"), R"({"a":[{"b":"c"},[]],"d":{}})");
}

}  // namespace
}  // namespace portico::capability
