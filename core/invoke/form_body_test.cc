#include "core/invoke/form_body.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace portico::invoke {
namespace {

using plan::ArrayStyle;

std::string Form(const char* json, ArrayStyle style = ArrayStyle::kRepeat) {
  auto body = ParseBodyValue(json);
  auto form = body.ok() ? ToForm(*body, style) : body.status();
  return form.ok() ? *form : std::string(form.status().message());
}

TEST(FormBodyTest, AFormKeepsOrderDigitsAndNesting) {
  EXPECT_EQ(Form(R"({"b":1.10,"a":"x y&z","big":123456789012345678901234567890,
                     "card":{"number":"4242","owner":{"name":"Zoë"}},"ok":true,"none":null})"),
            "b=1.10&a=x%20y%26z&big=123456789012345678901234567890&card[number]=4242"
            "&card[owner][name]=Zo%C3%AB&ok=true&none=");
}

TEST(FormBodyTest, AFormEscapesWhatIsNoStructure) {
  EXPECT_EQ(Form(R"({"a[b]":{"c&d":"1"}})"), "a%5Bb%5D[c%26d]=1");
}

TEST(FormBodyTest, AFormSpellsListsByTheirStyle) {
  const char* json = R"({"a":[1,"2,3"],"e":[]})";
  EXPECT_EQ(Form(json, ArrayStyle::kRepeat), "a=1&a=2%2C3");
  EXPECT_EQ(Form(json, ArrayStyle::kBrackets), "a[]=1&a[]=2%2C3");
  EXPECT_EQ(Form(json, ArrayStyle::kComma), "a=1,2%2C3");
  EXPECT_EQ(Form(json, ArrayStyle::kPipe), "a=1%7C2%2C3");
  EXPECT_EQ(Form(json, ArrayStyle::kSpace), "a=1%202%2C3");
  EXPECT_EQ(Form(json, ArrayStyle::kDeepObject), "a[0]=1&a[1]=2%2C3");
}

TEST(FormBodyTest, ListsOfObjectsGoByIndexWhateverTheStyle) {
  EXPECT_EQ(Form(R"({"items":[{"price":"p"},{"price":"q"}]})", ArrayStyle::kBrackets),
            "items[0][price]=p&items[1][price]=q");
}

TEST(FormBodyTest, AFormNeedsAnObject) {
  EXPECT_EQ(Form("[1]"),
            "must be a JSON object: its members are sent as application/x-www-form-urlencoded");
  EXPECT_EQ(Form(R"({"secret":)"), "is not valid JSON at byte 11");
  EXPECT_EQ(Form(absl::StrCat(std::string(65, '['), std::string(65, ']')).c_str()),
            "is nested deeper than 64 levels");
}

// A few megabytes of JSON whose forms would have terabytes.
TEST(FormBodyTest, NamesAreNotRepeatedWithoutEnd) {
  const std::string name(1 << 20, 'n');
  std::string list = "[1";
  std::string object = R"({"0":[])";
  for (int i = 1; i < 100'000; ++i) {
    list += ",1";
    absl::StrAppend(&object, ",\"", i, "\":[]");
  }
  const char* const refusal = "is larger than 64 MiB in the form that is sent";
  const std::string of_list = absl::StrCat("{\"", name, "\":", list, "]}");
  for (ArrayStyle style : {ArrayStyle::kRepeat, ArrayStyle::kBrackets, ArrayStyle::kDeepObject}) {
    EXPECT_EQ(Form(of_list.c_str(), style), refusal);
  }
  EXPECT_EQ(Form(absl::StrCat("{\"", name, "\":", object, "}}").c_str()), refusal);
}

}  // namespace
}  // namespace portico::invoke
