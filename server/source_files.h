// The files that a Plan is made of, as one load reads them: each folder is listed once
// and each file read once, however often it is asked for. What a load has asked for counts:
// the marks tell later whether another load could bring anything new.
//
// Not thread-safe.
#ifndef PORTICO_SERVER_SOURCE_FILES_H_
#define PORTICO_SERVER_SOURCE_FILES_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/capability/finding.h"
#include "server/file_mark.h"

namespace portico::server {

class SourceFiles {
 public:
  // A capability file and a `location` in it (core/plan/located_files.h).
  using Location = std::pair<std::string, std::string>;

  SourceFiles() = default;
  SourceFiles(const SourceFiles&) = delete;
  SourceFiles& operator=(const SourceFiles&) = delete;

  // What the operator names: `path` itself, or the *.yaml and *.yml of the folder that it
  // is, in the order of their names. What is wrong with the folder goes to `findings`.
  std::vector<std::string> List(const std::string& path, capability::Findings* findings);

  // What the file holds, as long as this lives; nullopt when it cannot be read. A file
  // that the operator does not name must be a regular one: of a device or a pipe that
  // another file names, the end may never come.
  const std::optional<std::string>& Read(const std::string& path);

  // What lies there counts by its looks: it is for others to read, later than this.
  void Count(const Location& location);

  const FileMarks& marks() const { return marks_; }
  const std::set<Location>& locations() const { return locations_; }

  // Nothing counts any more; what was read is remembered.
  void Recount();

 private:
  struct Listed {
    std::vector<std::string> files;
    capability::Findings findings;
  };
  struct ReadFile {
    std::optional<std::string> text;
    FileMark mark;
  };

  std::map<std::string, Listed> listed_;  // by what the operator names
  std::map<std::string, ReadFile> read_;
  FileMarks marks_;
  std::set<Location> locations_;
};

// The paths of the files there now; those that cannot be listed are left out.
std::vector<std::string> FilesAt(const SourceFiles::Location& location);

}  // namespace portico::server

#endif  // PORTICO_SERVER_SOURCE_FILES_H_
