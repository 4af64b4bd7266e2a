#include "core/upstream/secret_file.h"

#include <sys/stat.h>

#include <fstream>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace portico::upstream {

absl::StatusOr<std::string> ReadSecretFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string text(kMaxSecretBytes + 1, '\0');
  // Opening a folder goes well; reading it does not.
  if (!stream ||
      (!stream.read(text.data(), static_cast<std::streamsize>(text.size())) && stream.bad())) {
    return absl::NotFoundError("cannot be read");
  }
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (text.size() > kMaxSecretBytes) {
    return absl::InvalidArgumentError(absl::StrCat("exceeds ", kMaxSecretBytes, " bytes"));
  }
  const std::string secret(absl::StripAsciiWhitespace(text));
  if (secret.empty()) return absl::InvalidArgumentError("is empty");
  return secret;
}

std::string StampOf(const std::string& path) {
  struct stat found = {};
  if (stat(path.c_str(), &found) != 0) return "";
  return absl::StrCat(found.st_dev, ":", found.st_ino, ":", found.st_size, ":",
                      found.st_mtim.tv_sec, ".", found.st_mtim.tv_nsec, ":", found.st_ctim.tv_sec,
                      ".", found.st_ctim.tv_nsec);
}

}  // namespace portico::upstream
