#include "core/upstream/secret_file.h"

#include <gtest/gtest.h>
#include <stdio.h>
#include <unistd.h>

#include <fstream>

namespace portico::upstream {
namespace {

class SecretFileTest : public testing::Test {
 protected:
  std::string Write(const std::string& name, const std::string& text) {
    const std::string path = testing::TempDir() + "/secret_file_" + name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
};

TEST_F(SecretFileTest, ReadsTheTextWithoutWhiteSpaceAtItsEnds) {
  EXPECT_EQ(ReadSecretFile(Write("token", " s3 cret\n\n")).value(), "s3 cret");
}

TEST_F(SecretFileTest, RefusesWhatHoldsNoSecret) {
  EXPECT_EQ(ReadSecretFile(Write("blank", " \n")).status().message(), "is empty");
  EXPECT_EQ(ReadSecretFile("/nonexistent/token").status().message(), "cannot be read");
  EXPECT_FALSE(ReadSecretFile(testing::TempDir()).ok());
  EXPECT_EQ(
      ReadSecretFile(Write("large", std::string(kMaxSecretBytes + 1, 'x'))).status().message(),
      "exceeds 65536 bytes");
}

TEST_F(SecretFileTest, TheStampTellsWhenALinkIsMoved) {
  const std::string one = Write("one", "same");
  const std::string two = Write("two", "same");
  const std::string link = testing::TempDir() + "/secret_file_link";
  unlink(link.c_str());
  EXPECT_EQ(StampOf(link), "");
  ASSERT_EQ(symlink(one.c_str(), link.c_str()), 0);
  const std::string before = StampOf(link);
  EXPECT_EQ(StampOf(link), before);
  unlink(link.c_str());
  ASSERT_EQ(symlink(two.c_str(), link.c_str()), 0);
  EXPECT_NE(StampOf(link), before);
}

}  // namespace
}  // namespace portico::upstream
