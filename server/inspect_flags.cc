#include "server/inspect_flags.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace portico::server {
namespace {

using Setter = decltype(Flag::set);

Setter Text(std::string ImportArguments::*field) {
  return [field](const std::string& value, CommandLine* line) {
    line->import.*field = value;
    return absl::OkStatus();
  };
}

Setter Texts(std::vector<std::string> ImportArguments::*field) {
  return [field](const std::string& value, CommandLine* line) {
    (line->import.*field).push_back(value);
    return absl::OkStatus();
  };
}

Setter Format(std::vector<std::string> known) {
  return [known = std::move(known)](const std::string& value, CommandLine* line) {
    if (std::find(known.begin(), known.end(), value) == known.end()) {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", value, "\" is not ", absl::StrJoin(known, ", ")));
    }
    line->format = value;
    return absl::OkStatus();
  };
}

Setter Switch(bool CommandLine::*field) {
  return [field](const std::string&, CommandLine* line) {
    line->*field = true;
    return absl::OkStatus();
  };
}

absl::Status AddOverlay(const std::string& value, CommandLine* line) {
  line->overlays.push_back(value);
  return absl::OkStatus();
}

std::vector<Flag> ImportFlags() {
  return {
      {"-o", "FILE|DIR", "where the capability file goes; its overlay goes to overlays/ beside",
       Text(&ImportArguments::output)},
      {"--namespace", "NAME", "how the API is called here (default: its title)",
       Text(&ImportArguments::space)},
      {"--base-uri", "URI", "where the API is, instead of the document's servers",
       Text(&ImportArguments::base_uri)},
      {"--tag", "TAG", "only operations with this tag; repeatable", Texts(&ImportArguments::tags)},
      {"--path", "PREFIX", "only operations whose path begins so; repeatable",
       Texts(&ImportArguments::paths)},
      {"--ca-file", "FILE", "PEM file of authorities to trust besides the system's",
       Text(&ImportArguments::ca_file)},
      {"--force", nullptr, "replace files that exist",
       [](const std::string&, CommandLine* line) {
         line->import.force = true;
         return absl::OkStatus();
       }},
  };
}

}  // namespace

std::vector<Flag> InspectFlags(absl::string_view command) {
  const Flag overlay = {
      "--overlay", "FILE|DIR",
      "overlay to read with the files (builtin: those for the built-in ones); repeatable",
      AddOverlay};
  if (command == "import") return ImportFlags();
  if (command == "check") {
    return {
        overlay,
        {"--format", "FORMAT", "text (default), json or sarif", Format({"text", "json", "sarif"})},
        {"--strict", nullptr, "exit 1 on warnings, too", Switch(&CommandLine::strict)},
        {"--notes", nullptr, "print notes as text, too", Switch(&CommandLine::notes)},
    };
  }
  if (command == "describe") {
    return {overlay, {"--format", "FORMAT", "text (default) or json", Format({"text", "json"})}};
  }
  if (command == "openapi") {
    return {overlay, {"--yaml", nullptr, "YAML instead of JSON", Switch(&CommandLine::yaml)}};
  }
  if (command == "proto") return {overlay};
  return {};
}

}  // namespace portico::server
