#include "demo/backstage_schema.h"

#include <gtest/gtest.h>

#include <string>

namespace portico::demo {
namespace {

std::string Errors(const char* values, const char* schema) {
  return Dump(SchemaErrors(*ParseJson(values), *ParseJson(schema)));
}

TEST(BackstageSchema, ReportsBadValuesAsRecorded) {
  EXPECT_EQ(
      Errors(R"({"name":"NOT OK","seconds":"x"})",
             R"({"required":["name"],"properties":{
                 "name":{"type":"string","pattern":"^[a-z][a-z0-9-]*$"},
                 "seconds":{"type":"number","default":2}}})"),
      R"([{"path":["name"],"property":"instance.name","message":"does not match pattern \"^[a-z][a-z0-9-]*$\"","schema":{"type":"string","pattern":"^[a-z][a-z0-9-]*$"},"instance":"NOT OK","name":"pattern","argument":"^[a-z][a-z0-9-]*$","stack":"instance.name does not match pattern \"^[a-z][a-z0-9-]*$\""},{"path":["seconds"],"property":"instance.seconds","message":"is not of a type(s) number","schema":{"type":"number","default":2},"instance":"x","name":"type","argument":["number"],"stack":"instance.seconds is not of a type(s) number"}])");
}

TEST(BackstageSchema, ReportsAMissingPropertyAsRecorded) {
  EXPECT_EQ(
      Errors("{}", R"({"required":["name"],"properties":{"name":{"type":"string"}}})"),
      R"([{"path":[],"property":"instance","message":"requires property \"name\"","schema":{"required":["name"],"properties":{"name":{"type":"string"}}},"instance":{},"name":"required","argument":"name","stack":"instance requires property \"name\""}])");
}

TEST(BackstageSchema, KnowsTheKeywordsThatTemplatesUse) {
  const struct {
    const char* values;
    const char* schema;
    const char* failing;  // keyword; null when the values fit
  } rows[] = {
      {"{}", "{}", nullptr},
      {R"({"a":1})", R"({"properties":{"a":{"type":"integer","minimum":1}}})", nullptr},
      {R"({"a":1.0})", R"({"properties":{"a":{"type":"integer"}}})", nullptr},
      {R"({"a":1.5})", R"({"properties":{"a":{"type":"integer"}}})", "type"},
      {R"({"a":0})", R"({"properties":{"a":{"minimum":1}}})", "minimum"},
      {R"({"a":3})", R"({"properties":{"a":{"maximum":2}}})", "maximum"},
      {R"({"a":"c"})", R"({"properties":{"a":{"enum":["a","b"]}}})", "enum"},
      {R"({"a":null})", R"({"properties":{"a":{"type":["string","null"]}}})", nullptr},
      {R"({"a":["x",1]})", R"({"properties":{"a":{"items":{"type":"string"}}}})", "type"},
      {R"({"b":1})", R"([{"required":["b"]},{"required":["a"]}])", "required"},
      {R"({"a":"x"})", R"x({"properties":{"a":{"pattern":"(?<name>x)"}}})x", nullptr},
  };
  for (const auto& row : rows) {
    const Json errors = SchemaErrors(*ParseJson(row.values), *ParseJson(row.schema));
    EXPECT_EQ(errors.empty(), row.failing == nullptr) << row.values << " " << row.schema;
    if (!errors.empty()) {
      EXPECT_EQ(errors[0]["name"], row.failing) << row.schema;
    }
  }
}

TEST(BackstageSchema, DoesNotEndTheStackOnALongText) {
  const std::string values = "{\"a\":\"" + std::string(1000000, 'a') + "\"}";
  EXPECT_EQ(
      SchemaErrors(*ParseJson(values), *ParseJson(R"({"properties":{"a":{"pattern":"^(a|b)*$"}}})"))
          .size(),
      1);
}

}  // namespace
}  // namespace portico::demo
