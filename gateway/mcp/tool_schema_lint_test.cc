// What the reference of client and provider limits asks of every tool (measured, 2026):
// one claim per limit, over the built-in tools and some hostile ones.
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/plan/compile_fixture.h"
#include "gateway/mcp/tool_catalog.h"
#include "gateway/openapi/openapi_fixture.h"

namespace portico::mcp {
namespace {

using nlohmann::json;

constexpr char kHostile[] =
    "    - path: /{a b}/{id}\n"
    "      operations:\n"
    "      - name: get\n"
    "        method: POST\n"
    "        inputParameters:\n"
    "        - {name: 'filter[x]', in: query, type: array}\n"
    "        - {name: $top, in: query, type: integer}\n"
    "        - {name: _top, in: query, type: object}\n"
    "        - {name: X-Long-Header-Name-That-Goes-On-And-On-And-On-And-On-And-On-And-On-And, in: "
    "header, type: string}\n"
    "        - {name: Accept, in: header, type: string}\n"
    "        - {name: body, in: body, type: object}\n"
    "  exposes:\n"
    "  - type: mcp\n"
    "    namespace: m\n"
    "    tools:\n"
    "    - {name: 'A Tool.With/A Name That Nobody Takes And That Is Much Too Long', call: "
    "tasks.get}\n";

void AddTools(const plan::Plan& plan, std::vector<json>* tools) {
  const ToolCatalog catalog(plan);
  for (const ServedTool& tool : catalog.all().tools()) tools->push_back(json::parse(tool.json));
}

std::vector<json> Tools() {
  std::vector<json> tools;
  const auto built_in = openapi::BuiltInPlan();
  AddTools(*built_in, &tools);
  const plan::Compiled hostile = plan::CompileText(plan::ApiHead() + kHostile);
  if (hostile.plan != nullptr) {
    AddTools(*hostile.plan, &tools);
  } else {
    ADD_FAILURE() << hostile.findings.front();
  }
  return tools;
}

json PropertiesOf(const json& schema) { return schema.value("properties", json::object()); }

// Calls `visit` for each schema inside `schema`, with how deep objects nest.
template <typename Visit>
void Walk(const json& schema, int level, const Visit& visit) {
  visit(schema, level);
  const auto inner = [&](const json& part) {
    Walk(part, part.value("type", "") == "object" ? level + 1 : level, visit);
  };
  for (const json& property : PropertiesOf(schema)) inner(property);
  const json options = schema.value("anyOf", json::array());
  for (const json& option : options) inner(option);
  for (const char* key : {"items", "additionalProperties"}) {
    if (schema.contains(key) && schema[key].is_object()) inner(schema[key]);
  }
}

template <typename Visit>
void ForEachSchema(const Visit& visit) {
  for (const json& tool : Tools()) {
    SCOPED_TRACE(tool["name"]);
    Walk(tool["inputSchema"], 1, visit);
    Walk(tool["outputSchema"], 1, visit);
  }
}

TEST(ToolSchemaLintTest, NamesFitEveryProvider) {
  const std::regex pattern("[a-z0-9][a-z0-9_-]{0,47}");
  for (const json& tool : Tools()) {
    EXPECT_TRUE(std::regex_match(tool["name"].get<std::string>(), pattern)) << tool["name"];
  }
}

TEST(ToolSchemaLintTest, EveryToolHasATitleAndFourHints) {
  for (const json& tool : Tools()) {
    EXPECT_FALSE(tool["title"].get<std::string>().empty());
    for (const char* hint :
         {"readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"}) {
      EXPECT_TRUE(tool["annotations"][hint].is_boolean()) << tool["name"] << hint;
    }
  }
}

TEST(ToolSchemaLintTest, DescriptionsAreShort) {
  for (const json& tool : Tools()) {
    EXPECT_LE(tool["description"].get<std::string>().size(), 1000u) << tool["name"];
    EXPECT_FALSE(tool["description"].get<std::string>().empty()) << tool["name"];
  }
  ForEachSchema(
      [](const json& schema, int) { EXPECT_LE(schema.value("description", "").size(), 1000u); });
}

TEST(ToolSchemaLintTest, BothSchemasAreObjectsWithRequired) {
  for (const json& tool : Tools()) {
    EXPECT_EQ(tool["inputSchema"]["type"], "object");
    EXPECT_EQ(tool["inputSchema"]["additionalProperties"], false);
    EXPECT_TRUE(tool["inputSchema"]["required"].is_array());
    EXPECT_FALSE(tool["inputSchema"].contains("anyOf"));
    EXPECT_EQ(tool["outputSchema"],
              json::parse(R"({"type":"object","additionalProperties":true})"));
  }
}

TEST(ToolSchemaLintTest, OnlyKeywordsThatAllProvidersTake) {
  const std::set<std::string> known = {
      "type",  "description", "properties", "required", "additionalProperties",
      "items", "minimum",     "anyOf"};
  ForEachSchema([&](const json& schema, int) {
    ASSERT_TRUE(schema.is_object());
    for (const auto& [keyword, value] : schema.items())
      EXPECT_TRUE(known.count(keyword)) << keyword;
    EXPECT_NE(schema.contains("type"), schema.contains("anyOf")) << schema;
    EXPECT_TRUE(!schema.contains("type") || schema["type"].is_string());
  });
}

TEST(ToolSchemaLintTest, ArraysHaveItemsAndObjectsSayWhetherTheyAreOpen) {
  ForEachSchema([](const json& schema, int) {
    EXPECT_EQ(schema.value("type", "") == "array", schema.contains("items"));
    EXPECT_EQ(schema.value("type", "") == "object", schema.contains("additionalProperties"));
  });
}

TEST(ToolSchemaLintTest, ObjectsNestAtMostFiveDeep) {
  ForEachSchema([](const json&, int level) { EXPECT_LE(level, 5); });
}

TEST(ToolSchemaLintTest, KeysFitClaudeAndAcceptIsNeverAsked) {
  const std::regex pattern("[a-zA-Z0-9_.-]{1,64}");
  ForEachSchema([&](const json& schema, int) {
    const json properties = PropertiesOf(schema);
    for (const auto& [name, property] : properties.items()) {
      EXPECT_TRUE(std::regex_match(name, pattern)) << name;
      EXPECT_NE(name, "Accept");
    }
  });
}

TEST(ToolSchemaLintTest, WhatIsRequiredIsAProperty) {
  ForEachSchema([](const json& schema, int) {
    const json required = schema.value("required", json::array());
    for (const json& name : required) {
      EXPECT_TRUE(schema["properties"].contains(name.get<std::string>())) << name;
    }
  });
}

}  // namespace
}  // namespace portico::mcp
