#include "server/file_mark.h"

#include <sys/stat.h>

#include <algorithm>

#include "absl/hash/hash.h"

namespace portico::server {

std::size_t LooksOf(const std::string& path) {
  struct stat found = {};
  if (::stat(path.c_str(), &found) != 0) found = {};
  // A pipe looks otherwise whenever somebody writes, and must not be opened again for that.
  if (!S_ISREG(found.st_mode)) return absl::HashOf(found.st_dev, found.st_ino);
  return absl::HashOf(found.st_dev, found.st_ino, found.st_size, found.st_mtim.tv_sec,
                      found.st_mtim.tv_nsec);
}

std::size_t LooksOf(const std::set<std::string>& paths) {
  std::size_t looks = 0;
  for (const std::string& path : paths) looks = absl::HashOf(looks, path, LooksOf(path));
  return looks;
}

std::size_t LooksOf(const FileMarks& marks) {
  std::size_t looks = 0;
  for (const auto& [path, mark] : marks) looks = absl::HashOf(looks, path, mark.looks);
  return looks;
}

bool HoldTheSame(const FileMarks& a, const FileMarks& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
    if (one.first != other.first) return false;
    const bool by_looks = !one.second.text.has_value();
    return by_looks ? !other.second.text.has_value() && one.second.looks == other.second.looks
                    : one.second.text == other.second.text;
  });
}

}  // namespace portico::server
