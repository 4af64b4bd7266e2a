// By what a file is told from what it was when a Plan was made of it.
//
// Pure but for the file system; any thread.
#ifndef PORTICO_SERVER_FILE_MARK_H_
#define PORTICO_SERVER_FILE_MARK_H_

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace portico::server {

// Numbers hold within this process.
struct FileMark {
  std::size_t looks = 0;            // of the file when, or before, it was read
  std::optional<std::size_t> text;  // of what it held; none: it counts by its looks alone
};

using FileMarks = std::map<std::string, FileMark>;  // by path

// Another number when the file is another, was written to, or is gone. By stat, through
// symbolic links: that sees an editor that renames and a Kubernetes volume that swaps a
// link alike, on every file system.
std::size_t LooksOf(const std::string& path);

// Of all together: of the files as they are, and as they were marked.
std::size_t LooksOf(const std::set<std::string>& paths);
std::size_t LooksOf(const FileMarks& marks);

// Whether nothing new can come of reading the files of `b` after those of `a`.
bool HoldTheSame(const FileMarks& a, const FileMarks& b);

}  // namespace portico::server

#endif  // PORTICO_SERVER_FILE_MARK_H_
