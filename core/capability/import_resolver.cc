#include "core/capability/import_resolver.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/capability/capability_parser.h"
#include "core/capability/suggestion.h"

namespace portico::capability {
namespace {

namespace fs = std::filesystem;

// "./a.yml" and "file:///./a.yml" are relative to the file that names them.
std::string PathOf(absl::string_view location, const std::string& file) {
  if (absl::ConsumePrefix(&location, "file://") && absl::StartsWith(location, "/.")) {
    location.remove_prefix(1);
  }
  const fs::path path(std::string{location});
  if (path.is_absolute()) return path.lexically_normal().string();
  return (fs::path(file).parent_path() / path).lexically_normal().string();
}

// Why nothing is read there; empty when it may be.
std::string LocationProblem(absl::string_view location, const std::string& path) {
  if (absl::StrContains(location, "://") && !absl::StartsWith(location, "file:///")) {
    return "is not read: files on this machine are imported, nothing else";
  }
  const std::string extension = fs::path(path).extension().string();
  if (extension != ".yaml" && extension != ".yml") return "names no .yaml or .yml file";
  return "";
}

}  // namespace

void ImportResolver::Resolve(Capability* capability) {
  ResolveAll(&Capability::consumes, "consumes", capability);
  ResolveAll(&Capability::aggregates, "aggregates", capability);
}

std::vector<std::string> ImportResolver::files() const {
  std::vector<std::string> paths;
  for (const auto& [path, capability] : files_) paths.push_back(path);
  return paths;
}

template <typename Entry>
void ImportResolver::ResolveAll(std::vector<Entry> Capability::*section, const char* name,
                                Capability* capability) {
  std::vector<Entry> resolved;
  std::vector<Bind> binds;
  for (Entry& entry : capability->*section) {
    if (!entry.import.has_value()) {
      resolved.push_back(std::move(entry));
      continue;
    }
    std::vector<Link> way = {{capability->file, &*entry.import}};
    std::optional<Entry> found = Follow(section, name, &way, &binds);
    if (!found.has_value()) continue;
    found->space = entry.space;
    resolved.push_back(*std::move(found));
  }
  capability->*section = std::move(resolved);
  for (Bind& bind : binds) {
    const bool known =
        std::any_of(capability->binds.begin(), capability->binds.end(),
                    [&](const Bind& own) { return own.space.text == bind.space.text; });
    if (!known) capability->binds.push_back(std::move(bind));
  }
}

template <typename Entry>
std::optional<Entry> ImportResolver::Follow(std::vector<Entry> Capability::*section,
                                            const char* name, std::vector<Link>* way,
                                            std::vector<Bind>* binds) {
  const Link at = way->back();
  std::string path;
  const Capability* source = Load(*way, &path);
  if (source == nullptr) return std::nullopt;
  std::vector<std::string> names;
  for (const Entry& entry : source->*section) {
    names.push_back(entry.space.text);
    if (entry.space.text != at.import->space.text) continue;
    if (entry.import.has_value()) {
      way->push_back({path, &*entry.import});
      return Follow(section, name, way, binds);
    }
    Entry copy = entry;
    copy.file = path;
    binds->insert(binds->end(), source->binds.begin(), source->binds.end());
    return copy;
  }
  Error(at, ".import",
        absl::StrCat("\"", at.import->space.text, "\" does not stand in ", name, " of ", path,
                     DidYouMean(at.import->space.text, names)));
  return std::nullopt;
}

const Capability* ImportResolver::Load(const std::vector<Link>& way, std::string* path) {
  const Link& at = way.back();
  *path = PathOf(at.import->location.text, at.file);
  const std::string problem = LocationProblem(at.import->location.text, *path);
  if (!problem.empty()) {
    Error(at, ".from", problem);
    return nullptr;
  }
  if (!CheckWay(way, *path)) return nullptr;
  const auto [entry, fresh] = files_.try_emplace(*path);
  if (fresh) {
    const std::optional<std::string> text = read_(*path);
    if (!text.has_value()) {
      Error(at, ".from",
            absl::StrCat(*path,
                         " cannot be read: does it exist, is it a file, and "
                         "may this user read it?"));
      return nullptr;
    }
    entry->second = ParseCapability(*path, *text, findings_);
  }
  if (!entry->second.has_value()) {
    Error(at, ".from", absl::StrCat(*path, " cannot be imported: it has errors of its own"));
    return nullptr;
  }
  return &*entry->second;
}

bool ImportResolver::CheckWay(const std::vector<Link>& way, const std::string& path) {
  const Link& at = way.back();
  for (const Link& earlier : way) {
    const Text& alias = earlier.import->alias;
    const Text& name = alias.present() ? alias : earlier.import->space;
    if (fs::path(earlier.file).lexically_normal() != fs::path(path)) continue;
    if (name.text != at.import->space.text) continue;
    Error(at, ".from",
          absl::StrCat("goes in a circle: ", path, ":", earlier.import->position.line,
                       " imports \"", at.import->space.text, "\" by way of here"));
    return false;
  }
  if (way.size() <= kMaxDepth) return true;
  Error(at, ".from",
        absl::StrCat("is an import of an import, more than ", kMaxDepth, " deep, which begins in ",
                     way.front().file, ":", way.front().import->position.line));
  return false;
}

void ImportResolver::Error(const Link& at, const char* key, std::string message) {
  findings_->push_back({Severity::kError,
                        {at.file, at.import->position.line},
                        absl::StrCat(at.import->position.key, key),
                        std::move(message),
                        Rule::kBadImport});
}

}  // namespace portico::capability
