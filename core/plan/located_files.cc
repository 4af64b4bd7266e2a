#include "core/plan/located_files.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace portico::plan {
namespace {

namespace fs = std::filesystem;

bool IsBelow(const fs::path& path, const fs::path& folder) {
  const auto [end, at] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return end == folder.end();
}

absl::Status TooMuch() {
  return absl::ResourceExhaustedError(
      absl::StrCat("holds more than ", kMaxLocatedFiles, " files or ", kMaxLocatedBytes, " bytes"));
}

absl::Status CannotBeRead(const std::string& file) {
  return absl::UnavailableError(absl::StrCat("cannot be read whole: ", file));
}

// False when it cannot be read, or has grown beyond `most` since it was listed. In pieces, for
// a stream's buffer throws where a read fails.
bool ReadUpTo(std::size_t most, const std::string& path, std::string* bytes) {
  std::ifstream stream(path, std::ios::binary);
  std::array<char, 1 << 14> piece;
  while (stream && bytes->size() <= most) {
    stream.read(piece.data(), piece.size());
    bytes->append(piece.data(), static_cast<std::size_t>(stream.gcount()));
  }
  return stream.eof() && bytes->size() <= most;
}

// Of the files at these paths, without reading them.
absl::Status CheckSizes(const std::vector<LocatedPath>& paths) {
  std::uintmax_t bytes = 0;
  for (const LocatedPath& at : paths) {
    std::error_code failed;
    const std::uintmax_t size = fs::file_size(at.file, failed);
    if (failed) return CannotBeRead(at.file);
    if (size > kMaxLocatedBytes - bytes) return TooMuch();
    bytes += size;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<LocatedPath>> ListLocation(const std::string& capability_file,
                                                      absl::string_view location) {
  std::error_code failed;
  const fs::path file = fs::absolute(capability_file, failed);  // may fail: a folder that is gone
  const fs::path folder = failed ? fs::path() : fs::canonical(file.parent_path(), failed);
  if (failed) return absl::NotFoundError("names files, but this capability is none itself");
  if (absl::StrContains(location, "://") && !absl::StartsWith(location, "file:///")) {
    return absl::InvalidArgumentError("is neither a path nor begins with file:///");
  }
  absl::ConsumePrefix(&location, "file://");
  const fs::path root = fs::canonical(folder / std::string(location), failed);
  if (failed) return absl::NotFoundError("does not exist");
  if (!IsBelow(root, folder)) {
    return absl::PermissionDeniedError(
        "lies outside of the folder of the capability file, where alone files are served from");
  }
  if (fs::is_regular_file(root, failed)) return std::vector<LocatedPath>{{"", root.string()}};
  std::vector<LocatedPath> paths;
  for (fs::recursive_directory_iterator at(root, failed), end; !failed && at != end;
       at.increment(failed)) {
    if (absl::StartsWith(at->path().filename().string(), ".")) {
      at.disable_recursion_pending();
      continue;
    }
    std::error_code gone;
    const fs::path real = fs::canonical(at->path(), gone);
    if (gone || !IsBelow(real, root) || !fs::is_regular_file(real, gone)) continue;
    if (paths.size() == kMaxLocatedFiles) return TooMuch();
    paths.push_back({at->path().lexically_relative(root).generic_string(), real.string()});
  }
  if (failed) return absl::UnavailableError("cannot be read");
  std::sort(paths.begin(), paths.end(),
            [](const LocatedPath& a, const LocatedPath& b) { return a.path < b.path; });
  return paths;
}

absl::StatusOr<std::vector<LocatedFile>> ReadLocation(const std::string& capability_file,
                                                      absl::string_view location) {
  const auto paths = ListLocation(capability_file, location);
  if (!paths.ok()) return paths.status();
  const absl::Status sizes = CheckSizes(*paths);
  if (!sizes.ok()) return sizes;
  std::vector<LocatedFile> files;
  std::size_t left = kMaxLocatedBytes;
  for (const LocatedPath& at : *paths) {
    LocatedFile file{at.path, ""};
    if (!ReadUpTo(left, at.file, &file.bytes)) return CannotBeRead(at.file);
    left -= file.bytes.size();
    files.push_back(std::move(file));
  }
  return files;
}

}  // namespace portico::plan
