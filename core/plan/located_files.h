// Files that a capability file names by `location`.
//
// Pure but for the file system; any thread.
#ifndef PORTICO_CORE_PLAN_LOCATED_FILES_H_
#define PORTICO_CORE_PLAN_LOCATED_FILES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace portico::plan {

struct LocatedFile {
  std::string path;  // below the location, with "/"; empty for the location itself
  std::string bytes;
};

inline constexpr std::size_t kMaxLocatedFiles = 1000;
inline constexpr std::size_t kMaxLocatedBytes = 16 * 1024 * 1024;  // of all together

// Where one is.
struct LocatedPath {
  std::string path;  // as LocatedFile's
  std::string file;  // on this machine, links followed
};

// The file at `location`, or every file below that folder, sorted by path. A location is
// a path from the folder of `capability_file`, or "file:///" and a whole path; either way
// it must lead into that folder, links followed: a file from elsewhere may serve its
// own neighbours, not its host's. What leads out of it below the location, or begins with
// a dot, is passed over. Errors say what is wrong in words that follow `location`.
absl::StatusOr<std::vector<LocatedPath>> ListLocation(const std::string& capability_file,
                                                      absl::string_view location);

// What they hold, read now. Errors as ListLocation.
absl::StatusOr<std::vector<LocatedFile>> ReadLocation(const std::string& capability_file,
                                                      absl::string_view location);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_LOCATED_FILES_H_
