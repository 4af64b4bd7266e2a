#include "gateway/mcp/subscription.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace portico::mcp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// A listen with this filter, whose texts must outlive it.
Message Listen(const std::string& params) {
  Message message;
  message.kind = Message::Kind::kRequest;
  message.id = "7";
  message.method = "subscriptions/listen";
  message.params = params;
  return message;
}

TEST(SubscriptionTest, EachListThatIsAskedForIsHonouredAndNothingElse) {
  const std::string params =
      R"({"notifications":{"promptsListChanged":true,"toolsListChanged":false,"other":true}})";
  const ListKinds kinds = HonouredLists(Listen(params));
  EXPECT_FALSE(kinds.tools);
  EXPECT_FALSE(kinds.resources);
  EXPECT_TRUE(kinds.prompts);
  EXPECT_THAT(AcknowledgedText(Listen(params)),
              HasSubstr(R"("notifications":{"promptsListChanged":true},)"));
  EXPECT_FALSE(HonouredLists(Listen("{}")).any());
  EXPECT_FALSE(HonouredLists(Listen(R"({"notifications":{"toolsListChanged":"true"}})")).any());
}

TEST(SubscriptionTest, AllListsMayBeAskedFor) {
  const std::string filter =
      R"({"toolsListChanged":true,"resourcesListChanged":true,"promptsListChanged":true})";
  const std::string params = absl::StrCat(R"({"notifications":)", filter, "}");
  EXPECT_THAT(AcknowledgedText(Listen(params)),
              HasSubstr(absl::StrCat(R"("notifications":)", filter, ",")));
}

TEST(SubscriptionTest, EachChangedListIsToldWithTheIdOfItsListen) {
  ListKinds changed;
  changed.tools = changed.resources = true;
  EXPECT_THAT(ChangedTexts(changed, "7"),
              ElementsAre(AllOf(HasSubstr("\"notifications/tools/list_changed\""),
                                HasSubstr("subscriptionId\":7")),
                          AllOf(HasSubstr("\"notifications/resources/list_changed\""),
                                HasSubstr("subscriptionId\":7"))));
  EXPECT_THAT(ChangedTexts({}, "7"), IsEmpty());
}

TEST(SubscriptionTest, ALegacyClientIsToldWithoutAnId) {
  ListKinds changed;
  changed.prompts = true;
  EXPECT_THAT(ChangedTexts(changed, ""),
              ElementsAre(AllOf(HasSubstr("\"notifications/prompts/list_changed\""),
                                Not(HasSubstr("subscriptionId")))));
}

}  // namespace
}  // namespace portico::mcp
