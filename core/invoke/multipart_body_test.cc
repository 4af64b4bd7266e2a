#include "core/invoke/multipart_body.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace portico::invoke {
namespace {

std::string Multipart(const char* json) {
  std::string boundary;
  auto body = ParseBodyValue(json);
  auto text = body.ok() ? ToMultipart(*body, &boundary) : body.status();
  return text.ok() ? *text : std::string(text.status().message());
}

TEST(MultipartBodyTest, PartsHoldTextsFilesAndJson) {
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

TEST(MultipartBodyTest, TheBoundaryStandsInNoPart) {
  EXPECT_EQ(Multipart(R"({"a":"--portico-part-0--"})"),
            "--portico-part-1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"
            "--portico-part-0--\r\n--portico-part-1--\r\n");
  EXPECT_EQ(Multipart(R"({"--portico-part-0":"x"})").substr(0, 16), "--portico-part-1");
}

TEST(MultipartBodyTest, ABoundaryIsFoundSoonWhateverStandsInTheParts) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) absl::StrAppend(&text, "portico-part-", i, ",");
  const std::string written = Multipart(absl::StrCat(R"({"a":")", text, R"("})").c_str());
  EXPECT_EQ(written.substr(0, written.find('\r')), "--portico-part-100000");
  // "12" takes 1 as well; "03" takes 0, and 3 is left.
  EXPECT_EQ(
      Multipart(R"({"a":"portico-part-12portico-part-03","b":"portico-part-2"})").substr(0, 16),
      "--portico-part-3");
}

TEST(MultipartBodyTest, NamesCannotBreakOutOfAPartsHead) {
  EXPECT_EQ(Multipart(R"({"a\r\nX: \"":"1"})"),
            "--portico-part-0\r\nContent-Disposition: form-data; name=\"a%0D%0AX: %22\"\r\n\r\n"
            "1\r\n--portico-part-0--\r\n");
  EXPECT_EQ(Multipart(R"({"f":{"base64":"","contentType":"a/b\r\nX: y"}})"),
            "f: \"contentType\" must be a media type like image/png");
  EXPECT_EQ(Multipart(R"({"f":{"base64":"","caption":"c"}})"),
            "f: a file has \"base64\", \"filename\" and \"contentType\", and no \"caption\"");
  EXPECT_EQ(Multipart(R"({"f":{"base64":"?"}})"), "f: \"base64\" must be a text in base64");
}

TEST(MultipartBodyTest, NamesAreNotRepeatedWithoutEnd) {
  const std::string name(1 << 20, 'n');
  std::string list = "[1";
  for (int i = 1; i < 100'000; ++i) list += ",1";
  EXPECT_EQ(Multipart(absl::StrCat("{\"", name, "\":", list, "]}").c_str()),
            "is larger than 64 MiB in the form that is sent");
}

}  // namespace
}  // namespace portico::invoke
