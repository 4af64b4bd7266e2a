#include "server/source_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>

#include "absl/hash/hash.h"
#include "absl/strings/str_cat.h"
#include "core/plan/located_files.h"

namespace portico::server {
namespace {

namespace fs = std::filesystem;

void AddError(const std::string& path, std::string message, capability::Findings* findings) {
  findings->push_back({capability::Severity::kError, capability::Place{path, 0}, "",
                       std::move(message), capability::Rule::kUnreadableFile});
}

std::vector<std::string> ListFolder(const std::string& path, capability::Findings* findings) {
  std::error_code error;
  std::vector<std::string> files;
  for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error)) {
    const fs::path extension = at->path().extension();
    if (extension != ".yaml" && extension != ".yml") continue;
    std::error_code unknown;  // a link in a circle, for one; reading it says so
    if (at->is_regular_file(unknown) || unknown) files.push_back(at->path().string());
  }
  std::sort(files.begin(), files.end());
  if (error) AddError(path, absl::StrCat("cannot be listed: ", error.message()), findings);
  if (files.empty()) AddError(path, "holds no .yaml or .yml file", findings);
  return files;
}

std::optional<std::string> ReadWhole(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::error_code unknown;
  if (!stream || fs::is_directory(path, unknown)) return std::nullopt;
  std::ostringstream text;
  text << stream.rdbuf();
  return std::move(text).str();
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
