#include "tests/fakes/test_certificate.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

namespace portico::fakes {
namespace {

template <typename T, void (*kFree)(T*)>
struct Free {
  void operator()(T* object) const { kFree(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509, X509_free>>;
using Memory = std::unique_ptr<BIO, Free<BIO, BIO_free_all>>;

void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "test certificate: %s failed\n", what);
  std::abort();
}

std::string Contents(const Memory& memory) {
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

bool IsAddress(const std::string& host) {
  return host.find_first_not_of("0123456789.") == std::string::npos;
}

void AddExtension(X509* certificate, int id, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str());
  Require(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1, "extension");
  X509_EXTENSION_free(extension);
}

Certificate Sign(const Key& key, const std::vector<std::string>& hosts, bool expired) {
  constexpr long kDay = 24 * 60 * 60;
  Certificate certificate(X509_new());
  X509* const c = certificate.get();
  X509_set_version(c, X509_VERSION_3);
  // Distinct serial numbers: clients may remember issuer and number.
  static long serial = ::getpid();
  ASN1_INTEGER_set(X509_get_serialNumber(c), ++serial);
  X509_gmtime_adj(X509_getm_notBefore(c), -2 * kDay);
  X509_gmtime_adj(X509_getm_notAfter(c), expired ? -kDay : kDay);
  X509_set_pubkey(c, key.get());
  X509_NAME* const name = X509_get_subject_name(c);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("portico test"), -1, -1, 0);
  X509_set_issuer_name(c, name);
  std::string names;
  for (const std::string& host : hosts) {
    names += (names.empty() ? "" : ",") + std::string(IsAddress(host) ? "IP:" : "DNS:") + host;
  }
  AddExtension(c, NID_subject_alt_name, names);
  AddExtension(c, NID_basic_constraints, "critical,CA:TRUE");
  Require(X509_sign(c, key.get(), EVP_sha256()) > 0, "signature");
  return certificate;
}

std::string WriteFile(const std::string& text) {
  // Nothing sets the environment.
  const char* const directory = std::getenv("TEST_TMPDIR");  // NOLINT(concurrency-mt-unsafe)
  std::string path = std::string(directory != nullptr ? directory : "/tmp") + "/pem-XXXXXX";
  const int file = mkstemp(path.data());
  Require(file >= 0 && write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()),
          "writing a file");
  close(file);
  return path;
}

}  // namespace

TestCertificate::TestCertificate(const std::vector<std::string>& hosts, Validity validity) {
  const Key key(EVP_EC_gen("P-256"));
  Require(key != nullptr, "key");
  const Certificate certificate = Sign(key, hosts, validity == Validity::kExpired);
  const Memory certificate_text(BIO_new(BIO_s_mem()));
  const Memory key_text(BIO_new(BIO_s_mem()));
  Require(PEM_write_bio_X509(certificate_text.get(), certificate.get()) == 1, "PEM");
  Require(PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                   nullptr) == 1,
          "PEM");
  certificate_pem_ = Contents(certificate_text);
  key_pem_ = Contents(key_text);
  certificate_file_ = WriteFile(certificate_pem_);
  key_file_ = WriteFile(key_pem_);
}

TestCertificate::~TestCertificate() {
  unlink(certificate_file_.c_str());
  unlink(key_file_.c_str());
}

}  // namespace portico::fakes
