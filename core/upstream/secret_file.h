// A file that holds one secret and may be replaced while Portico runs: a Kubernetes
// secret is rotated by moving a symbolic link.
//
// Pure but for the disk; any thread.
#ifndef PORTICO_CORE_UPSTREAM_SECRET_FILE_H_
#define PORTICO_CORE_UPSTREAM_SECRET_FILE_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"

namespace portico::upstream {

constexpr std::size_t kMaxSecretBytes = 64 * 1024;

// The text of the file without white space at its ends. An error's message goes on after
// the file's name, "cannot be read", and holds nothing of what the file holds.
absl::StatusOr<std::string> ReadSecretFile(const std::string& path);

// Tells one state of a file from the next: what stands where the path leads, and when it
// was changed. Also of a file that does not exist.
std::string StampOf(const std::string& path);

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_SECRET_FILE_H_
