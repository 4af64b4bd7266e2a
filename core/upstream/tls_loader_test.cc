#include "core/upstream/tls_loader.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/fakes/test_certificate.h"

namespace portico::upstream {
namespace {

TEST(TlsLoaderTest, WithoutFilesThereIsNothing) {
  std::vector<std::string> missing;
  EXPECT_EQ(LoadTls({}, &missing), nullptr);
  EXPECT_TRUE(missing.empty());
}

TEST(TlsLoaderTest, JoinsAuthoritiesAndNamesCertificateAndKey) {
  const fakes::TestCertificate certificate;
  std::vector<std::string> missing;
  const auto tls = LoadTls(
      {certificate.certificate_file(), certificate.certificate_file(), certificate.key_file()},
      &missing);
  EXPECT_TRUE(missing.empty());
  std::ifstream stream(tls->authorities);
  const std::string trusted(std::istreambuf_iterator<char>(stream), {});
  EXPECT_NE(trusted.find(certificate.certificate_pem()), std::string::npos);
  EXPECT_EQ(tls->certificate_file, certificate.certificate_file());
  EXPECT_EQ(tls->key_file, certificate.key_file());
}

TEST(TlsLoaderTest, NamesEveryFileThatCannotBeUsed) {
  const fakes::TestCertificate certificate;
  std::vector<std::string> missing;
  LoadTls({"/nonexistent/ca.pem", certificate.key_file(), certificate.certificate_file()},
          &missing);
  EXPECT_EQ(missing,
            (std::vector<std::string>{
                "tls.caFile /nonexistent/ca.pem (cannot be read)",
                "tls.certificateFile " + certificate.key_file() + " (holds no PEM certificate)",
                "tls.keyFile " + certificate.certificate_file() + " (holds no PEM key)",
            }));
}

TEST(TlsLoaderTest, AFolderIsNoFile) {
  std::vector<std::string> missing;
  LoadTls({testing::TempDir(), testing::TempDir(), testing::TempDir()}, &missing);
  EXPECT_EQ(missing, (std::vector<std::string>{
                         "tls.caFile " + testing::TempDir() + " (cannot be read)",
                         "tls.certificateFile " + testing::TempDir() + " (cannot be read)",
                         "tls.keyFile " + testing::TempDir() + " (cannot be read)",
                     }));
}

}  // namespace
}  // namespace portico::upstream
