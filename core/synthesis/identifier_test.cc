#include "core/synthesis/identifier.h"

#include <gtest/gtest.h>

namespace portico::synthesis {
namespace {

struct Row {
  const char* name;
  const char* identifier;
};

TEST(IdentifierTest, FieldsAreSnakeCase) {
  for (const Row& row : {
           Row{"taskId", "task_id"},
           Row{"task_id", "task_id"},
           Row{"TASK_ID", "task_id"},
           Row{"APIKey", "api_key"},
           Row{"disabledCI", "disabled_ci"},
           Row{"X-Api-Version", "x_api_version"},
           Row{"a[b]", "a_b"},
           Row{"a[]", "a"},
           Row{"a.b", "a_b"},
           Row{"$filter", "filter"},
           Row{"a<", "a"},
           Row{"per page\nsize", "per_page_size"},
           Row{"v64.0", "v64_0"},
           Row{"oauth2Token", "oauth2_token"},
       }) {
    EXPECT_EQ(FieldIdentifier(row.name), row.identifier) << row.name;
  }
}

TEST(IdentifierTest, WhatNoIdentifierMayBeginWithGetsAPrefix) {
  EXPECT_EQ(FieldIdentifier("2fa"), "field_2fa");
  EXPECT_EQ(FieldIdentifier("---"), "field");
  EXPECT_EQ(FieldIdentifier("\xC3\xBC"), "field");
  EXPECT_EQ(FieldIdentifier(""), "field");
  EXPECT_EQ(MethodIdentifier("2fa-login"), "Call2faLogin");
  EXPECT_EQ(MethodIdentifier(""), "Call");
  EXPECT_EQ(PackageIdentifier("3scale"), "api_3scale");
}

TEST(IdentifierTest, KeywordsOfAnyLanguageAreAvoidedInFields) {
  for (const char* keyword : {"delete", "namespace", "message", "From", "class", "optional",
                              "string", "lambda", "body", "unmodeled_json", "unmodeledJson"}) {
    const std::string identifier = FieldIdentifier(keyword);
    EXPECT_EQ(identifier.substr(identifier.size() - 6), "_value") << keyword;
  }
  EXPECT_EQ(FieldIdentifier("deleted"), "deleted");
  EXPECT_EQ(PackageIdentifier("message"), "message");
}

TEST(IdentifierTest, MethodsArePascalCase) {
  for (const Row& row : {
           Row{"list-jobs", "ListJobs"},
           Row{"listjobs", "Listjobs"},
           Row{"getTask", "GetTask"},
           Row{"get_task.v2", "GetTaskV2"},
           Row{"PUT /x", "PUTX"},
       }) {
    EXPECT_EQ(MethodIdentifier(row.name), row.identifier) << row.name;
  }
}

}  // namespace
}  // namespace portico::synthesis
