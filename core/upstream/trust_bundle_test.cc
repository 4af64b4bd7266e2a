#include "core/upstream/trust_bundle.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <utility>

namespace portico::upstream {
namespace {

std::string Read(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string WriteOwn() {
  std::string path = testing::TempDir() + "/own.pem";
  std::ofstream(path) << "-----BEGIN CERTIFICATE-----\nb3du\n-----END CERTIFICATE-----\n";
  return path;
}

TEST(TrustBundleTest, WithoutAFileItIsTheSystems) {
  const auto bundle = TrustBundle::Load("");
  ASSERT_TRUE(bundle.ok());
  EXPECT_EQ(bundle->path(), "/etc/ssl/certs/ca-certificates.crt");
}

TEST(TrustBundleTest, FileIsJoinedToTheSystems) {
  const auto bundle = TrustBundle::Load(WriteOwn());
  ASSERT_TRUE(bundle.ok());
  const std::string text = Read(bundle->path());
  EXPECT_NE(text.find("b3du"), std::string::npos);
  const std::string system = Read(TrustBundle::Load("")->path());
  EXPECT_EQ(text.compare(0, system.size(), system), 0);
}

TEST(TrustBundleTest, LivesAsLongAsTheObjectAndMovesWithIt) {
  std::string path;
  {
    auto bundle = TrustBundle::Load(WriteOwn());
    TrustBundle moved = *std::move(bundle);
    path = moved.path();
    EXPECT_NE(Read(path), "");
    TrustBundle assigned = *TrustBundle::Load("");
    assigned = std::move(moved);
    EXPECT_EQ(assigned.path(), path);
    EXPECT_NE(Read(path), "");
  }
  EXPECT_EQ(Read(path).find("b3du"), std::string::npos);
}

}  // namespace
}  // namespace portico::upstream
