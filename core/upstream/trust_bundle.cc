#include "core/upstream/trust_bundle.h"

#include <curl/curl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace portico::upstream {
namespace {

std::string SystemBundle() {
  const char* const path = curl_version_info(CURLVERSION_NOW)->cainfo;
  return path != nullptr ? path : "/etc/ssl/certs/ca-certificates.crt";
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  // Streaming an empty or unreadable file (a directory) sets failbit.
  if (!file || !(text << file.rdbuf())) {
    return absl::NotFoundError(absl::StrCat(path, ": cannot be read"));
  }
  return text.str();
}

bool WriteAll(int file, const std::string& text) {
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t some = write(file, text.data() + written, text.size() - written);
    if (some < 0 && errno == EINTR) continue;
    if (some <= 0) return false;
    written += static_cast<std::size_t>(some);
  }
  return true;
}

}  // namespace

absl::StatusOr<TrustBundle> TrustBundle::Load(const std::string& ca_file) {
  if (ca_file.empty()) return TrustBundle(SystemBundle(), -1);
  auto own = ReadFile(ca_file);
  if (!own.ok()) return own.status();
  if (!absl::StrContains(*own, "-----BEGIN CERTIFICATE-----") &&
      !absl::StrContains(*own, "-----BEGIN TRUSTED CERTIFICATE-----")) {
    return absl::InvalidArgumentError(absl::StrCat(ca_file, ": holds no PEM certificate"));
  }
  // A system without a bundle of its own trusts the operator's alone.
  const std::string system = ReadFile(SystemBundle()).value_or("");
  const int file = memfd_create("portico-authorities", MFD_CLOEXEC);
  TrustBundle bundle(absl::StrCat("/proc/self/fd/", file), file);
  if (file < 0 || !WriteAll(file, absl::StrCat(system, "\n", *own))) {
    const std::string why = std::generic_category().message(errno);
    return absl::InternalError(absl::StrCat("cannot hold the authorities of ", ca_file, ": ", why));
  }
  return bundle;
}

TrustBundle::TrustBundle(TrustBundle&& other) noexcept
    : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)) {}

TrustBundle& TrustBundle::operator=(TrustBundle&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(file_, other.file_);
  return *this;
}

TrustBundle::~TrustBundle() {
  if (file_ >= 0) close(file_);
}

}  // namespace portico::upstream
