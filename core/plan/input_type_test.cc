#include "core/plan/input_type.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace portico::plan {
namespace {

using testing::IsEmpty;

struct Read {
  ValueType type;
  capability::Findings findings;
};

Read ReadType(const std::string& type) {
  capability::InputParameter input;
  input.position = {3, "inputs[0]"};
  input.type = {type, 4};
  Read read{ValueType::kString, {}};
  capability::FindingLog log("f.yaml", &read.findings);
  read.type = InputType(input, &log);
  return read;
}

TEST(InputTypeTest, TakesAliasesInAnyCase) {
  struct Row {
    const char* written;
    ValueType type;
  };
  for (const Row& row : {Row{"", ValueType::kString}, Row{"String", ValueType::kString},
                         Row{"integer", ValueType::kInteger}, Row{"Int", ValueType::kInteger},
                         Row{"number", ValueType::kNumber}, Row{"float", ValueType::kNumber},
                         Row{"double", ValueType::kNumber}, Row{"BOOL", ValueType::kBoolean},
                         Row{"boolean", ValueType::kBoolean}, Row{"array", ValueType::kArray},
                         Row{"object", ValueType::kObject}}) {
    const Read read = ReadType(row.written);
    EXPECT_EQ(read.type, row.type) << row.written;
    EXPECT_THAT(read.findings, IsEmpty()) << row.written;
  }
}

TEST(InputTypeTest, WhatIsNoTypeIsAStringWithAWarning) {
  const Read read = ReadType("interger");
  EXPECT_EQ(read.type, ValueType::kString);
  ASSERT_EQ(read.findings.size(), 1u);
  EXPECT_EQ(ToString(read.findings[0]),
            "f.yaml:4: warning: inputs[0].type: is not a known type; read as \"string\"; did you "
            "mean \"integer\"?");
}

}  // namespace
}  // namespace portico::plan
