#include "server/source_files.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "absl/hash/hash.h"
#include "absl/strings/str_cat.h"
#include "core/capability/yaml_tree.h"
#include "core/plan/located_files.h"

namespace portico::server {
namespace {

namespace fs = std::filesystem;

void AddError(const std::string& path, std::string message, capability::Findings* findings) {
  findings->push_back({capability::Severity::kError, capability::Place{path, 0}, "",
                       std::move(message), capability::Rule::kUnreadableFile});
}

void WarnOfNoFile(const std::string& path, capability::Findings* findings) {
  findings->push_back({capability::Severity::kWarning, capability::Place{path, 0}, "",
                       "is no file and is not read; name a folder of its own with --capability",
                       capability::Rule::kUnreadableFile});
}

std::vector<std::string> ListFolder(const std::string& path, capability::Findings* findings) {
  std::error_code error;
  std::vector<std::string> named;
  for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error)) {
    const fs::path extension = at->path().extension();
    if (extension == ".yaml" || extension == ".yml") named.push_back(at->path().string());
  }
  std::sort(named.begin(), named.end());
  std::vector<std::string> files;
  for (std::string& name : named) {
    std::error_code unknown;  // a link in a circle, for one; reading it says so
    if (fs::is_regular_file(name, unknown) || unknown) {
      files.push_back(std::move(name));
    } else {
      WarnOfNoFile(name, findings);
    }
  }
  if (error) AddError(path, absl::StrCat("cannot be listed: ", error.message()), findings);
  if (files.empty()) AddError(path, "holds no .yaml or .yml file", findings);
  return files;
}

// What is larger than any file may be is not held whole; the parser says so.
std::optional<std::string> ReadWhole(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::error_code unknown;
  if (!stream || fs::is_directory(path, unknown)) return std::nullopt;
  std::string text;
  std::array<char, 1 << 14> piece;
  while (text.size() <= capability::kMaxYamlBytes) {
    stream.read(piece.data(), piece.size());
    if (stream.gcount() == 0) break;
    text.append(piece.data(), static_cast<std::size_t>(stream.gcount()));
  }
  if (stream.bad()) return std::nullopt;
  return text;
}

}  // namespace

std::vector<std::string> SourceFiles::List(const std::string& path,
                                           capability::Findings* findings) {
  const auto [at, fresh] = listed_.try_emplace(path);
  Listed& listed = at->second;
  std::error_code unknown;
  if (fresh && fs::is_directory(path, unknown)) {
    listed.files = ListFolder(path, &listed.findings);
  } else if (fresh) {
    listed.files = {path};
  }
  std::copy(listed.findings.begin(), listed.findings.end(), std::back_inserter(*findings));
  return listed.files;
}

const std::optional<std::string>& SourceFiles::Read(const std::string& path) {
  const auto [at, fresh] = read_.try_emplace(path);
  ReadFile& file = at->second;
  if (fresh) {
    std::error_code unknown;
    file.mark.looks = LooksOf(path);  // before it is read: a change in between shows later
    if (listed_.count(path) > 0 || fs::is_regular_file(path, unknown)) file.text = ReadWhole(path);
    file.mark.text = absl::HashOf(file.text);
  }
  marks_[path] = file.mark;
  return file.text;
}

void SourceFiles::Count(const Location& location) {
  if (!locations_.insert(location).second) return;
  for (const std::string& file : FilesAt(location)) {
    marks_.emplace(file, FileMark{LooksOf(file), std::nullopt});
  }
}

void SourceFiles::Recount() {
  marks_.clear();
  locations_.clear();
}

std::vector<std::string> FilesAt(const SourceFiles::Location& location) {
  std::vector<std::string> files;
  const auto listed = plan::ListLocation(location.first, location.second);
  if (!listed.ok()) return files;
  for (const plan::LocatedPath& at : *listed) files.push_back(at.file);
  return files;
}

}  // namespace portico::server
