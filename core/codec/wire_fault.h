// Why wire bytes cannot become JSON, and where: built from the inside out as the
// printers return.
#ifndef PORTICO_CORE_CODEC_WIRE_FAULT_H_
#define PORTICO_CORE_CODEC_WIRE_FAULT_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace portico::codec {

struct WireFault {
  std::string path;  // e.g. "directory_contents[2].path"; empty for the message itself
  std::string what;

  // Always false, to be returned.
  bool Report(absl::string_view problem) {
    what = std::string(problem);
    return false;
  }
  bool In(absl::string_view field) {
    path = absl::StrCat(field, path.empty() || path[0] == '[' ? "" : ".", path);
    return false;
  }
  bool InElement(std::size_t index) { return In(absl::StrCat("[", index, "]")); }
  bool InEntry(absl::string_view key) { return In(absl::StrCat("[\"", key, "\"]")); }

  std::string Text() const { return path.empty() ? what : absl::StrCat(path, ": ", what); }
};

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_WIRE_FAULT_H_
