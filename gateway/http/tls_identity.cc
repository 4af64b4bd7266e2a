#include "gateway/http/tls_identity.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/stat.h>

#include <array>
#include <chrono>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"

namespace portico::http {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kLookAgain(1);

// Another file, or the same one written again.
struct FileStamp {
  explicit FileStamp(const std::string& file) {
    struct stat found {};
    if (::stat(file.c_str(), &found) != 0) return;
    parts = {static_cast<std::int64_t>(found.st_dev), static_cast<std::int64_t>(found.st_ino),
             found.st_size, found.st_mtim.tv_sec, found.st_mtim.tv_nsec};
  }
  bool operator==(const FileStamp&) const = default;
  std::array<std::int64_t, 5> parts{};
};

absl::Status Failure(const std::string& file) {
  const unsigned long code = ERR_peek_last_error();
  const char* reason = ERR_reason_error_string(code);
  ERR_clear_error();
  return absl::InvalidArgumentError(
      absl::StrCat(file, ": ", reason != nullptr ? reason : "cannot be read"));
}

// A caller that offers protocols must offer ours (RFC 7301, 3.2).
int SelectProtocol(SSL*, const unsigned char** out, unsigned char* out_size,
                   const unsigned char* offered, unsigned int offered_size, void*) {
  static constexpr unsigned char kHttp11[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  const int found = SSL_select_next_proto(const_cast<unsigned char**>(out), out_size, kHttp11,
                                          sizeof kHttp11, offered, offered_size);
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

// A key with a pass phrase is refused; OpenSSL would ask on the terminal.
int NoPassPhrase(char*, int, int, void*) { return 0; }

absl::StatusOr<std::shared_ptr<SSL_CTX>> ReadContext(const std::string& certificate_file,
                                                     const std::string& key_file) {
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (context == nullptr) return absl::InternalError("OpenSSL has no TLS");
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  // What OutputQueue does, and no 34 KB of buffers in an idle connection.
  SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE |
                                      SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                      SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(context.get(), SelectProtocol, nullptr);
  SSL_CTX_set_default_passwd_cb(context.get(), NoPassPhrase);
  if (SSL_CTX_use_certificate_chain_file(context.get(), certificate_file.c_str()) != 1) {
    return Failure(certificate_file);
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), key_file.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context.get()) != 1) {
    return Failure(key_file);
  }
  return context;
}

class PemIdentity : public TlsIdentity {
 public:
  PemIdentity(std::string certificate_file, std::string key_file, OnReload on_reload)
      : certificate_file_(std::move(certificate_file)),
        key_file_(std::move(key_file)),
        on_reload_(std::move(on_reload)) {}

  absl::Status last_reload() const override {
    const std::lock_guard<std::mutex> lock(mutex_);
    return last_reload_;
  }

  std::shared_ptr<SSL_CTX> Context() const override {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto now = Clock::now();
    if (context_ == nullptr || now - looked_ >= kLookAgain) {
      looked_ = now;
      Look();
    }
    return context_;
  }

 private:
  void Look() const {
    const std::pair<FileStamp, FileStamp> stamps{FileStamp(certificate_file_),
                                                 FileStamp(key_file_)};
    // What failed is tried again: it may have been read while it was being written.
    if (stamps == stamps_ && last_reload_.ok()) return;
    const bool first = context_ == nullptr;
    const bool changed = stamps != stamps_;
    stamps_ = stamps;
    auto context = ReadContext(certificate_file_, key_file_);
    const bool news = changed || context.status() != last_reload_;
    last_reload_ = context.status();
    if (context.ok()) context_ = *std::move(context);
    if (!first && news && on_reload_) on_reload_(last_reload_);
  }

  const std::string certificate_file_;
  const std::string key_file_;
  const OnReload on_reload_;
  mutable std::mutex mutex_;
  mutable std::shared_ptr<SSL_CTX> context_;
  mutable absl::Status last_reload_;
  mutable Clock::time_point looked_;
  mutable std::pair<FileStamp, FileStamp> stamps_{FileStamp(""), FileStamp("")};
};

}  // namespace

absl::StatusOr<std::shared_ptr<const TlsIdentity>> TlsIdentity::Load(
    const std::string& certificate_file, const std::string& key_file, OnReload on_reload) {
  auto identity = std::make_shared<PemIdentity>(certificate_file, key_file, std::move(on_reload));
  if (identity->Context() == nullptr) return identity->last_reload();
  return identity;
}

}  // namespace portico::http
