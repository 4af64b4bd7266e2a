// Puts what a capability file imports in place of its imports.
//
//   consumes:
//   - import: registry                # the namespace there
//     from: ./shared/registry.yml     # earlier `location: file:///./shared/registry.yml`
//     as: ships                       # and here
//
// Not thread-safe. The Findings must outlive the resolver.
#ifndef PORTICO_CORE_CAPABILITY_IMPORT_RESOLVER_H_
#define PORTICO_CORE_CAPABILITY_IMPORT_RESOLVER_H_

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/capability/capability.h"
#include "core/capability/finding.h"

namespace portico::capability {

// The text of a regular file; nullopt when it cannot be read.
using FileReader = std::function<std::optional<std::string>(const std::string& path)>;

class ImportResolver {
 public:
  // Imports of imports of ... as far as this.
  static constexpr std::size_t kMaxDepth = 8;

  ImportResolver(FileReader read, Findings* findings)
      : read_(std::move(read)), findings_(findings) {}

  // Resolves the entries of `consumes` and `aggregates`, relative to the file in which
  // each stands, and takes the binds of the files that it reads along. Only .yaml and .yml
  // files on this machine are read, each once, and only as capability files. What cannot be
  // resolved is removed, with an error.
  void Resolve(Capability* capability);

  // Paths of all files that were tried, for whoever watches for changes.
  std::vector<std::string> files() const;

 private:
  // One import on the way to another, for messages: its file, line and namespace.
  struct Link {
    std::string file;
    const Import* import;
  };

  template <typename Entry>
  void ResolveAll(std::vector<Entry> Capability::*section, const char* name,
                  Capability* capability);
  template <typename Entry>
  std::optional<Entry> Follow(std::vector<Entry> Capability::*section, const char* name,
                              std::vector<Link>* way, std::vector<Bind>* binds);
  // Null with an error at the last link.
  const Capability* Load(const std::vector<Link>& way, std::string* path);
  // False, with an error at the last link, when `path` leads on for ever.
  bool CheckWay(const std::vector<Link>& way, const std::string& path);
  void Error(const Link& at, const char* key, std::string message);

  const FileReader read_;
  Findings* findings_;
  std::map<std::string, std::optional<Capability>> files_;
};

}  // namespace portico::capability

#endif  // PORTICO_CORE_CAPABILITY_IMPORT_RESOLVER_H_
