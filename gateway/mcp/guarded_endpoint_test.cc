#include "gateway/mcp/guarded_endpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/plan/compile_fixture.h"
#include "gateway/mcp/json_rpc.h"

namespace portico::mcp {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

using Fields = std::map<std::string, std::string>;

// Shows the values of the fields that it was given.
class FakeCaller final : public access::Caller {
 public:
  explicit FakeCaller(Fields fields) : fields_(std::move(fields)) {}
  std::optional<std::string> Field(absl::string_view name) const override {
    const auto found = fields_.find(std::string(name));
    return found == fields_.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<std::string> Query(absl::string_view) const override { return std::nullopt; }

 private:
  const Fields fields_;
};

constexpr char kOpen[] = "  - {type: mcp, tools: [{name: open, call: tasks.a}]}\n";
constexpr char kA[] =
    "  - {type: mcp, namespace: a, authentication: {type: apikey, key: A, value: a}, tools: "
    "[{name: "
    "in-a, call: tasks.a}]}\n";
constexpr char kB[] =
    "  - {type: mcp, namespace: b, authentication: {type: apikey, key: B, value: b}, tools: "
    "[{name: "
    "in-b, call: tasks.a}]}\n";

class GuardedEndpointTest : public testing::Test {
 protected:
  void Serve(const std::string& exposes) {
    compiled_ = plan::CompileText(absl::StrCat(
        plan::ApiHead(), "    - path: /a\n      operations: [{name: a, method: GET}]\n  exposes:\n",
        exposes));
    ASSERT_NE(compiled_.plan, nullptr);
    control_.emplace(*compiled_.plan, [](const std::string&) { return std::nullopt; });
    catalog_.emplace(*compiled_.plan);
    guarded_.emplace(*compiled_.plan, catalog_->all(), "", *control_, EndpointOptions(), &limiter_);
  }

  // Names of tools, in their order; "private" or "public" before them.
  std::vector<std::string> Listed(Fields fields) {
    const FakeCaller caller(std::move(fields));
    const GuardedEndpoint::View view = guarded_->For(caller);
    if (view.endpoint == nullptr) return {"refused", view.challenge};
    const std::string request = R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})";
    const Answer answer =
        view.endpoint->Handle(ParseMessages(request).messages[0], Era::kModern, {});
    const json result = json::parse(std::string(answer.result));
    std::vector<std::string> names = {result.at("cacheScope")};
    for (const json& tool : result.at("tools")) names.push_back(tool.at("name"));
    return names;
  }

  plan::Compiled compiled_;
  RateLimiter limiter_{100};
  std::optional<access::AccessControl> control_;
  std::optional<ToolCatalog> catalog_;
  std::optional<GuardedEndpoint> guarded_;
};

TEST_F(GuardedEndpointTest, WhatIsOpenIsForEverybody) {
  Serve(kOpen);
  EXPECT_THAT(Listed({}), ElementsAre("public", "open"));
}

TEST_F(GuardedEndpointTest, ACallerSeesWhatItMayUse) {
  Serve(absl::StrCat(kOpen, kA, kB));
  EXPECT_THAT(Listed({}), ElementsAre("private", "open"));
  EXPECT_THAT(Listed({{"A", "a"}}), ElementsAre("private", "open", "in-a"));
  EXPECT_THAT(Listed({{"A", "b"}}), ElementsAre("private", "open"));
  EXPECT_THAT(Listed({{"B", "b"}}), ElementsAre("private", "open", "in-b"));
  EXPECT_THAT(Listed({{"A", "a"}, {"B", "b"}}), ElementsAre("private", "open", "in-a", "in-b"));
}

TEST_F(GuardedEndpointTest, WhereAllIsClosedACallerIsToldWhatToShow) {
  Serve(absl::StrCat(kA, kB));
  EXPECT_THAT(Listed({}), ElementsAre("refused",
                                      "ApiKey realm=\"a\", header=\"A\", "
                                      "ApiKey realm=\"b\", header=\"B\""));
  EXPECT_THAT(Listed({{"A", "a"}}), ElementsAre("private", "in-a"));
}

TEST_F(GuardedEndpointTest, WhatIsNotShownCannotBeCalled) {
  Serve(absl::StrCat(kOpen, kA));
  const std::string request =
      R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"in-a"}})";
  const auto call = [&](const FakeCaller& caller) {
    return guarded_->For(caller)
        .endpoint->Handle(ParseMessages(request).messages[0], Era::kLegacy, {})
        .kind;
  };
  EXPECT_EQ(call(FakeCaller(Fields())), Answer::Kind::kError);
  EXPECT_EQ(call(FakeCaller(Fields{{"A", "a"}})), Answer::Kind::kCall);
}

TEST_F(GuardedEndpointTest, InstructionsNameNothingThatIsClosed) {
  Serve(absl::StrCat(kOpen, kA));
  const std::string request =
      R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25"}})";
  const Answer answer = guarded_->For(FakeCaller(Fields()))
                            .endpoint->Handle(ParseMessages(request).messages[0], Era::kLegacy, {});
  EXPECT_THAT(std::string(answer.result), Not(HasSubstr("in-a")));
  EXPECT_THAT(std::string(answer.result), HasSubstr("callers that authenticate"));
}

}  // namespace
}  // namespace portico::mcp
