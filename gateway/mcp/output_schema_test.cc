#include "gateway/mcp/output_schema.h"

#include <gtest/gtest.h>

namespace portico::mcp {
namespace {

using plan::Output;

Output Of(Output::Type type, const char* name = "") {
  Output output;
  output.type = type;
  output.name = name;
  return output;
}

TEST(OutputSchemaTest, NothingSaidIsAnyObject) {
  EXPECT_EQ(OutputSchemaOf({}), R"({"type":"object","additionalProperties":true})");
}

TEST(OutputSchemaTest, PropertiesAreDescribedAndForbidNothing) {
  plan::Operation operation;
  operation.output = Of(Output::Type::kObject);
  operation.output->properties = {Of(Output::Type::kString, "a"), Of(Output::Type::kArray, "b"),
                                  Of(Output::Type::kAny, "c")};
  operation.output->properties[0].description = "A name.";
  operation.output->properties[1].items = {Of(Output::Type::kNumber)};
  EXPECT_EQ(OutputSchemaOf(operation),
            R"({"type":"object","properties":{"a":{"description":"A name. A text."},)"
            R"("b":{"description":"A list.","items":{"description":"A number."}},"c":{}},)"
            R"("additionalProperties":true})");
}

TEST(OutputSchemaTest, WhatIsNoObjectIsTheResult) {
  plan::Operation operation;
  operation.output = Of(Output::Type::kString);
  EXPECT_EQ(OutputSchemaOf(operation),
            R"({"type":"object","properties":{"result":{"description":"A text."}},)"
            R"("additionalProperties":true})");
}

TEST(OutputSchemaTest, EndsFiveLevelsDown) {
  plan::Operation operation;
  operation.output = Of(Output::Type::kArray);
  Output* inner = &*operation.output;
  for (int i = 0; i < 20; ++i) {
    inner->items = {Of(Output::Type::kArray)};
    inner = &inner->items[0];
  }
  EXPECT_LT(OutputSchemaOf(operation).size(), 400u);
}

}  // namespace
}  // namespace portico::mcp
