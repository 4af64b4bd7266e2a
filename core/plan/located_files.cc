#include "core/plan/located_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

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

absl::Status Read(const fs::path& path, std::string name, std::size_t* left,
                  std::vector<LocatedFile>* files) {
  std::error_code failed;
  const std::uintmax_t size = fs::file_size(path, failed);
  if (failed || size > *left || files->size() == kMaxLocatedFiles) {
    return absl::ResourceExhaustedError(absl::StrCat("holds more than ", kMaxLocatedFiles,
                                                     " files or ", kMaxLocatedBytes, " bytes"));
  }
  std::ifstream stream(path, std::ios::binary);
  LocatedFile file{std::move(name), std::string(std::istreambuf_iterator<char>(stream), {})};
  if (!stream || file.bytes.size() > *left) {
    return absl::UnavailableError(absl::StrCat("cannot be read whole: ", path.string()));
  }
  *left -= file.bytes.size();
  files->push_back(std::move(file));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<LocatedFile>> ReadLocation(const std::string& capability_file,
                                                      absl::string_view location) {
  std::error_code failed;
  const fs::path folder = fs::canonical(fs::absolute(capability_file).parent_path(), failed);
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
  std::vector<LocatedFile> files;
  std::size_t left = kMaxLocatedBytes;
  if (fs::is_regular_file(root, failed)) {
    const absl::Status read = Read(root, "", &left, &files);
    if (!read.ok()) return read;
    return files;
  }
  for (fs::recursive_directory_iterator at(root, failed), end; !failed && at != end;
       at.increment(failed)) {
    if (absl::StartsWith(at->path().filename().string(), ".")) {
      at.disable_recursion_pending();
      continue;
    }
    std::error_code gone;
    const fs::path real = fs::canonical(at->path(), gone);
    if (gone || !IsBelow(real, root) || !fs::is_regular_file(real, gone)) continue;
    const absl::Status read =
        Read(real, at->path().lexically_relative(root).generic_string(), &left, &files);
    if (!read.ok()) return read;
  }
  if (failed) return absl::UnavailableError("cannot be read");
  std::sort(files.begin(), files.end(),
            [](const LocatedFile& a, const LocatedFile& b) { return a.path < b.path; });
  return files;
}

}  // namespace portico::plan
