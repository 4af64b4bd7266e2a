// The authorities whose certificates are believed, as the one file that libcurl
// wants.
//
// libcurl 7.88 keeps parsed authorities for later connections only when they come
// from a file (CURLOPT_CAINFO), not from memory (CURLOPT_CAINFO_BLOB) and not from
// a directory: otherwise each TLS connection parses and holds the system's 140
// certificates anew. So the operator's file and the system's are joined in an
// anonymous file that needs no writable directory.
#ifndef PORTICO_CORE_UPSTREAM_TRUST_BUNDLE_H_
#define PORTICO_CORE_UPSTREAM_TRUST_BUNDLE_H_

#include <string>

#include "absl/status/statusor.h"

namespace portico::upstream {

// Movable; the file lives as long as the object. Any thread.
class TrustBundle {
 public:
  // The system's authorities and those of the PEM file `ca_file`, if not empty.
  // NotFound or InvalidArgument naming the file when it cannot be read or holds
  // no certificate.
  static absl::StatusOr<TrustBundle> Load(const std::string& ca_file);

  TrustBundle(TrustBundle&& other) noexcept;
  TrustBundle& operator=(TrustBundle&& other) noexcept;
  ~TrustBundle();

  // For CURLOPT_CAINFO.
  const std::string& path() const { return path_; }

 private:
  TrustBundle(std::string path, int file) : path_(std::move(path)), file_(file) {}

  std::string path_;
  int file_;  // -1: path_ is a file of the system
};

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_TRUST_BUNDLE_H_
