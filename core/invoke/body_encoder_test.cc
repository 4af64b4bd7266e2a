#include "core/invoke/body_encoder.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace portico::invoke {
namespace {

using plan::ArrayStyle;

std::string Form(const char* json, ArrayStyle style = ArrayStyle::kRepeat) {
  auto body = ParseBodyValue(json);
  auto form = body.ok() ? ToForm(*body, style) : body.status();
  return form.ok() ? *form : std::string(form.status().message());
}

std::string Multipart(const char* json) {
  std::string boundary;
  auto body = ParseBodyValue(json);
  auto text = body.ok() ? ToMultipart(*body, &boundary) : body.status();
  return text.ok() ? *text : std::string(text.status().message());
}

TEST(BodyEncoderTest, AFormKeepsOrderDigitsAndNesting) {
  EXPECT_EQ(Form(R"({"b":1.10,"a":"x y&z","big":123456789012345678901234567890,
                     "card":{"number":"4242","owner":{"name":"Zoë"}},"ok":true,"none":null})"),
            "b=1.10&a=x%20y%26z&big=123456789012345678901234567890&card[number]=4242"
            "&card[owner][name]=Zo%C3%AB&ok=true&none=");
}

TEST(BodyEncoderTest, AFormEscapesWhatIsNoStructure) {
  EXPECT_EQ(Form(R"({"a[b]":{"c&d":"1"}})"), "a%5Bb%5D[c%26d]=1");
}

TEST(BodyEncoderTest, AFormSpellsListsByTheirStyle) {
  const char* json = R"({"a":[1,"2,3"],"e":[]})";
  EXPECT_EQ(Form(json, ArrayStyle::kRepeat), "a=1&a=2%2C3");
  EXPECT_EQ(Form(json, ArrayStyle::kBrackets), "a[]=1&a[]=2%2C3");
  EXPECT_EQ(Form(json, ArrayStyle::kComma), "a=1,2%2C3");
  EXPECT_EQ(Form(json, ArrayStyle::kPipe), "a=1%7C2%2C3");
  EXPECT_EQ(Form(json, ArrayStyle::kSpace), "a=1%202%2C3");
  EXPECT_EQ(Form(json, ArrayStyle::kDeepObject), "a[0]=1&a[1]=2%2C3");
}

TEST(BodyEncoderTest, ListsOfObjectsGoByIndexWhateverTheStyle) {
  EXPECT_EQ(Form(R"({"items":[{"price":"p"},{"price":"q"}]})", ArrayStyle::kBrackets),
            "items[0][price]=p&items[1][price]=q");
}

TEST(BodyEncoderTest, AFormNeedsAnObject) {
  EXPECT_EQ(Form("[1]"),
            "must be a JSON object: its members are sent as application/x-www-form-urlencoded");
  EXPECT_EQ(Form(R"({"secret":)"), "is not valid JSON at byte 11");
  EXPECT_EQ(Form(absl::StrCat(std::string(65, '['), std::string(65, ']')).c_str()),
            "is nested deeper than 64 levels");
}

TEST(BodyEncoderTest, PartsHoldTextsFilesAndJson) {
  EXPECT_EQ(Multipart(R"({"title":"a \"b\"","file":{"base64":"AAEC","filename":"x\".png",
                          "contentType":"image/png"},"meta":{"k":[1,"\u00e9"]},"tag":["a","b"]})"),
            "--portico-part-0\r\n"
            "Content-Disposition: form-data; name=\"title\"\r\n\r\n"
            "a \"b\"\r\n"
            "--portico-part-0\r\n"
            "Content-Disposition: form-data; name=\"file\"; filename=\"x%22.png\"\r\n"
            "Content-Type: image/png\r\n\r\n" +
                std::string("\0\1\2", 3) +
                "\r\n"
                "--portico-part-0\r\n"
                "Content-Disposition: form-data; name=\"meta\"\r\n"
                "Content-Type: application/json\r\n\r\n"
                "{\"k\":[1,\"é\"]}\r\n"
                "--portico-part-0\r\n"
                "Content-Disposition: form-data; name=\"tag\"\r\n\r\na\r\n"
                "--portico-part-0\r\n"
                "Content-Disposition: form-data; name=\"tag\"\r\n\r\nb\r\n"
                "--portico-part-0--\r\n");
}

TEST(BodyEncoderTest, TheBoundaryStandsInNoPart) {
  EXPECT_EQ(Multipart(R"({"a":"--portico-part-0--"})"),
            "--portico-part-1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"
            "--portico-part-0--\r\n--portico-part-1--\r\n");
  EXPECT_EQ(Multipart(R"({"--portico-part-0":"x"})").substr(0, 16), "--portico-part-1");
}

TEST(BodyEncoderTest, ABoundaryIsFoundSoonWhateverStandsInTheParts) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) absl::StrAppend(&text, "portico-part-", i, ",");
  const std::string written = Multipart(absl::StrCat(R"({"a":")", text, R"("})").c_str());
  EXPECT_EQ(written.substr(0, written.find('\r')), "--portico-part-100000");
  // "12" takes 1 as well; "03" takes 0, and 3 is left.
  EXPECT_EQ(
      Multipart(R"({"a":"portico-part-12portico-part-03","b":"portico-part-2"})").substr(0, 16),
      "--portico-part-3");
}

// A few megabytes of JSON whose forms would have terabytes.
TEST(BodyEncoderTest, NamesAreNotRepeatedWithoutEnd) {
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
  EXPECT_EQ(Multipart(of_list.c_str()), refusal);
}

TEST(BodyEncoderTest, ABodyHoldsSoManyValues) {
  std::string list = "[1";
  for (std::size_t i = 2; i < kMaxBodyValues; ++i) list += ",1";
  EXPECT_TRUE(ParseBodyValue(list + "]").ok());
  EXPECT_EQ(ParseBodyValue(list + ",1]").status().message(), "holds more than 500000 values");
  EXPECT_EQ(ParseBodyValue(list + ",[]]").status().message(), "holds more than 500000 values");
}

TEST(BodyEncoderTest, NamesCannotBreakOutOfAPartsHead) {
  EXPECT_EQ(Multipart(R"({"a\r\nX: \"":"1"})"),
            "--portico-part-0\r\nContent-Disposition: form-data; name=\"a%0D%0AX: %22\"\r\n\r\n"
            "1\r\n--portico-part-0--\r\n");
  EXPECT_EQ(Multipart(R"({"f":{"base64":"","contentType":"a/b\r\nX: y"}})"),
            "f: \"contentType\" must be a media type like image/png");
  EXPECT_EQ(Multipart(R"({"f":{"base64":"?"}})"), "f: \"base64\" must be a text in base64");
}

TEST(BodyEncoderTest, RawIsATextOrBase64) {
  EXPECT_EQ(ToRaw(*ParseBodyValue(R"("a,b\n1,2")")).value(), "a,b\n1,2");
  EXPECT_EQ(ToRaw(*ParseBodyValue(R"({"base64":"AAEC"})")).value(), std::string("\0\1\2", 3));
  EXPECT_EQ(ToRaw(*ParseBodyValue(R"({"text":"a"})")).value(), "a");
  EXPECT_FALSE(ToRaw(*ParseBodyValue("1")).ok());
}

class EncodeBodyTest : public testing::Test {
 protected:
  EncodeBodyTest() {
    call_.operation = &operation_;
    call_.arguments.body = R"({"a":1})";
  }
  plan::Operation operation_;
  Call call_;
};

TEST_F(EncodeBodyTest, ABodyInTheApisOwnFormIsLeftAlone) {
  EXPECT_FALSE(NeedsEncoding(call_));
  operation_.body_encoding = plan::BodyEncoding::kForm;
  EXPECT_TRUE(NeedsEncoding(call_));
  call_.arguments.content_type = "application/merge-patch+json; charset=utf-8";
  EXPECT_TRUE(NeedsEncoding(call_));
  call_.arguments.content_type = "application/x-www-form-urlencoded";
  EXPECT_FALSE(NeedsEncoding(call_));
}

TEST_F(EncodeBodyTest, TheContentTypeFollowsTheForm) {
  operation_.body_encoding = plan::BodyEncoding::kMultipart;
  ASSERT_TRUE(EncodeBody(&call_).ok());
  EXPECT_EQ(call_.arguments.content_type, "multipart/form-data; boundary=portico-part-0");
  operation_.body_encoding = plan::BodyEncoding::kRaw;
  operation_.raw_content_type = "text/csv; charset=utf-8";
  EXPECT_EQ(MediaTypeOf(operation_), "text/csv");
  call_.arguments.body = "\"x\"";
  ASSERT_TRUE(EncodeBody(&call_).ok());
  EXPECT_EQ(call_.arguments.content_type, "text/csv; charset=utf-8");
  EXPECT_EQ(call_.arguments.body, "x");
}

}  // namespace
}  // namespace portico::invoke
