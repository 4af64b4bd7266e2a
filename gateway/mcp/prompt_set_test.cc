#include "gateway/mcp/prompt_set.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace portico::mcp {
namespace {

using nlohmann::json;

const plan::Prompt& Greeting() {
  static const plan::Prompt kPrompt = [] {
    plan::Prompt prompt;
    prompt.name = "greet";
    prompt.title = "Greet";
    prompt.arguments = {{"who", "", "Whom", true}, {"how", "", "", false}};
    prompt.messages = {{"user", "Say {{ how }}hello to {{who}}, {{other}}"},
                       {"assistant", "{{who}}!"}};
    return prompt;
  }();
  return kPrompt;
}

TEST(PromptSetTest, ListsArguments) {
  const PromptSet prompts({&Greeting()});
  EXPECT_EQ(json::parse(prompts.listed().at(0)),
            json::parse(R"({"name":"greet","title":"Greet","arguments":[
                {"name":"who","description":"Whom","required":true},
                {"name":"how","required":false}]})"));
}

TEST(PromptSetTest, FillsInEachMessageOnce) {
  const PromptSet prompts({&Greeting()});
  const auto result = prompts.Get("greet", R"({"who":"{{how}} \"B\""})");
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(json::parse(*result), json::parse(R"({"messages":[
      {"role":"user","content":{"type":"text","text":"Say hello to {{how}} \"B\", {{other}}"}},
      {"role":"assistant","content":{"type":"text","text":"{{how}} \"B\"!"}}]})"));
}

TEST(PromptSetTest, RefusesWhatDoesNotFit) {
  const PromptSet prompts({&Greeting()});
  EXPECT_EQ(prompts.Get("gret", "").status().message(),
            "unknown prompt gret; did you mean \"greet\"?");
  EXPECT_EQ(prompts.Get("greet", "").status().message(), "argument who is missing");
  EXPECT_FALSE(prompts.Get("greet", R"({"who":["a"]})").ok());
  EXPECT_FALSE(prompts.Get("greet", R"({"who":"a","hwo":"b"})").ok());
  EXPECT_FALSE(prompts.Get("greet", "[]").ok());
}

}  // namespace
}  // namespace portico::mcp
