#include "gateway/http/tls_identity.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <fstream>

#include "absl/strings/match.h"
#include "gateway/http/running_listener.h"
#include "tests/fakes/test_certificate.h"

namespace portico::http {
namespace {

using fakes::TestCertificate;

void Write(const std::string& file, const std::string& text) {
  std::ofstream(file, std::ios::trunc) << text;
}

// Files of the test's own, to be changed.
struct Files {
  explicit Files(const TestCertificate& from) { Become(from); }
  void Become(const TestCertificate& other) {
    Write(certificate, other.certificate_pem());
    Write(key, other.key_pem());
  }
  std::string certificate = testing::TempDir() + "/identity.pem";
  std::string key = testing::TempDir() + "/identity.key";
};

TEST(TlsIdentityTest, NamesTheFileThatCannotBeUsed) {
  const TestCertificate one;
  const TestCertificate other;
  const auto status = [](const std::string& certificate, const std::string& key) {
    return TlsIdentity::Load(certificate, key).status();
  };
  EXPECT_TRUE(TlsIdentity::Load(one.certificate_file(), one.key_file()).ok());
  for (const auto& failed : {status("/none.pem", one.key_file()), status("/", one.key_file())}) {
    EXPECT_TRUE(absl::IsInvalidArgument(failed)) << failed;
  }
  EXPECT_TRUE(absl::StrContains(status("/none.pem", one.key_file()).message(), "/none.pem"));
  const absl::Status key_missing = status(one.certificate_file(), "/none.key");
  EXPECT_TRUE(absl::StrContains(key_missing.message(), "/none.key")) << key_missing;
  const absl::Status key_of_other = status(one.certificate_file(), other.key_file());
  EXPECT_TRUE(absl::IsInvalidArgument(key_of_other)) << key_of_other;
  EXPECT_TRUE(absl::StrContains(key_of_other.message(), other.key_file())) << key_of_other;
}

TEST(TlsIdentityTest, ReadsFilesAgainThatHaveChanged) {
  const TestCertificate one;
  Files files(one);
  const auto identity = TlsIdentity::Load(files.certificate, files.key);
  ASSERT_TRUE(identity.ok()) << identity.status();
  const auto before = (*identity)->Context();
  EXPECT_EQ((*identity)->Context(), before);
  const TestCertificate other;
  files.Become(other);
  EXPECT_TRUE(Eventually([&] { return (*identity)->Context() != before; }));
  EXPECT_TRUE((*identity)->last_reload().ok());
}

TEST(TlsIdentityTest, KeepsTheOldPairWhileTheNewOneIsBroken) {
  const TestCertificate one;
  Files files(one);
  const auto identity = TlsIdentity::Load(files.certificate, files.key);
  ASSERT_TRUE(identity.ok()) << identity.status();
  const auto before = (*identity)->Context();
  const TestCertificate other;
  Write(files.certificate, other.certificate_pem());  // the key is yet to come
  EXPECT_TRUE(Eventually([&] {
    EXPECT_EQ((*identity)->Context(), before);
    return !(*identity)->last_reload().ok();
  }));
  EXPECT_TRUE(absl::StrContains((*identity)->last_reload().message(), files.key));
  Write(files.key, other.key_pem());
  EXPECT_TRUE(Eventually([&] { return (*identity)->Context() != before; }));
  EXPECT_TRUE((*identity)->last_reload().ok());
}

}  // namespace
}  // namespace portico::http
