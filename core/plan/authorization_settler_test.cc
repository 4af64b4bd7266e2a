#include "core/plan/authorization_settler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::plan {
namespace {

// One operation with the inputs q and Authorization, which is required.
PlanDraft Draft(AuthenticationScheme scheme) {
  PlanDraft draft;
  draft.upstreams.emplace_back();
  draft.upstreams[0].authentication.scheme = scheme;
  auto drafted = std::make_unique<DraftOperation>();
  drafted->operation = std::make_unique<Operation>();
  drafted->operation->id = "tasks.get";
  for (const char* name : {"q", "authorization"}) {
    Parameter parameter;
    parameter.name = name;
    parameter.location = ParameterLocation::kHeader;
    parameter.required = true;
    drafted->operation->parameters.push_back(parameter);
  }
  draft.operations.push_back(std::move(drafted));
  return draft;
}

TEST(AuthorizationSettlerTest, WithoutACredentialItIsAHeaderLikeAnyOther) {
  PlanDraft draft = Draft(AuthenticationScheme::kNone);
  capability::Findings findings;
  SettleAuthorization(false, &draft, &findings);
  EXPECT_TRUE(findings.empty());
  ASSERT_EQ(draft.operations[0]->operation->parameters.size(), 2u);
  EXPECT_TRUE(draft.operations[0]->operation->parameters[1].required);
}

TEST(AuthorizationSettlerTest, NextToACredentialItIsLeftOutWithAWarning) {
  PlanDraft draft = Draft(AuthenticationScheme::kBearer);
  capability::Findings findings;
  SettleAuthorization(false, &draft, &findings);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].severity, capability::Severity::kWarning);
  EXPECT_EQ(draft.operations[0]->operation->parameters.size(), 1u);
  EXPECT_THAT(draft.operations[0]->untaken, testing::ElementsAre("authorization"));
}

TEST(AuthorizationSettlerTest, WhereAllowedItReplacesTheCredentialWhenGiven) {
  PlanDraft draft = Draft(AuthenticationScheme::kBearer);
  capability::Findings findings;
  SettleAuthorization(true, &draft, &findings);
  EXPECT_TRUE(findings.empty());
  ASSERT_EQ(draft.operations[0]->operation->parameters.size(), 2u);
  EXPECT_FALSE(draft.operations[0]->operation->parameters[1].required);
  EXPECT_TRUE(draft.operations[0]->operation->parameters[1].replaces_credential);
  EXPECT_FALSE(draft.operations[0]->operation->parameters[0].replaces_credential);
}

}  // namespace
}  // namespace portico::plan
