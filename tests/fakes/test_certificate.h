// A TLS certificate and key made at test time: nothing secret lies in the
// repository and nothing expires.
#ifndef PORTICO_TESTS_FAKES_TEST_CERTIFICATE_H_
#define PORTICO_TESTS_FAKES_TEST_CERTIFICATE_H_

#include <string>
#include <vector>

namespace portico::fakes {

// Immutable; any thread. Dies with a message when OpenSSL or the disk refuses.
class TestCertificate {
 public:
  enum class Validity { kCurrent, kExpired };

  // Self-signed, so that the certificate is its own authority, for host names
  // and IPv4 addresses.
  explicit TestCertificate(const std::vector<std::string>& hosts = {"localhost", "127.0.0.1"},
                           Validity validity = Validity::kCurrent);

  const std::string& certificate_pem() const { return certificate_pem_; }
  const std::string& key_pem() const { return key_pem_; }

  // Paths of PEM files in the test's temporary directory, removed by the object's end.
  const std::string& certificate_file() const { return certificate_file_; }
  const std::string& key_file() const { return key_file_; }

  TestCertificate(const TestCertificate&) = delete;
  TestCertificate& operator=(const TestCertificate&) = delete;
  ~TestCertificate();

 private:
  std::string certificate_pem_;
  std::string key_pem_;
  std::string certificate_file_;
  std::string key_file_;
};

}  // namespace portico::fakes

#endif  // PORTICO_TESTS_FAKES_TEST_CERTIFICATE_H_
