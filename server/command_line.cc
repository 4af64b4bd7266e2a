#include "server/command_line.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/capability/suggestion.h"
#include "server/config_file.h"
#include "server/inspect_flags.h"
#include "server/serve_flags.h"

namespace portico::server {
namespace {

// The one of `flags` that `words[*at]` is, applied; leaves `at` on its last word.
absl::Status ApplyFlag(const std::vector<Flag>& flags, const std::vector<std::string>& words,
                       std::size_t* at, CommandLine* line) {
  const std::string& word = words[*at];
  const std::size_t equals = word.find('=');
  const std::string name = word.substr(0, equals);
  std::vector<std::string> names;
  for (const Flag& flag : flags) {
    names.emplace_back(flag.name);
    if (name != flag.name) continue;
    std::string value;
    if (flag.value == nullptr) {
      if (equals != std::string::npos) {
        return absl::InvalidArgumentError(absl::StrCat(name, " takes no value"));
      }
    } else if (equals != std::string::npos) {
      value = word.substr(equals + 1);
    } else if (*at + 1 < words.size()) {
      value = words[++*at];
    } else {
      return absl::InvalidArgumentError(absl::StrCat(name, " needs ", flag.value));
    }
    const absl::Status set = flag.set(value, line);
    return set.ok() ? set : absl::InvalidArgumentError(absl::StrCat(name, ": ", set.message()));
  }
  const std::string nearest = capability::Nearest(name, names);
  return absl::InvalidArgumentError(absl::StrCat(
      "unknown flag ", name, nearest.empty() ? "" : absl::StrCat("; did you mean ", nearest, "?")));
}

const std::vector<std::string>& Commands() {
  static const auto* const kCommands = new std::vector<std::string>{
      "serve", "mcp", "check", "describe", "proto", "openapi", "import", "help", "version"};
  return *kCommands;
}

// The configuration file that `words` name, so that flags can have the last word.
absl::Status ApplyConfigOf(const std::vector<std::string>& words, CommandLine* line) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    absl::string_view word = words[i];
    std::string file;
    if (word == "--config" && i + 1 < words.size()) file = words[i + 1];
    if (absl::ConsumePrefix(&word, "--config=")) file = std::string(word);
    if (file.empty()) continue;
    absl::Status applied = ApplyConfigFile(file, line);
    if (!applied.ok()) return applied;
  }
  return absl::OkStatus();
}

void AppendFlags(absl::string_view command, const std::vector<Flag>& flags, std::string* text) {
  absl::StrAppend(text, "\nFlags of ", command, ":\n");
  for (const Flag& flag : flags) {
    const std::string left =
        absl::StrCat(flag.name, flag.value ? " " : "", flag.value ? flag.value : "");
    absl::StrAppend(text, "  ", left, std::string(left.size() < 34 ? 34 - left.size() : 1, ' '),
                    flag.help, "\n");
  }
}

}  // namespace

absl::StatusOr<CommandLine> ParseCommandLine(const std::vector<std::string>& words) {
  CommandLine line;
  line.command = words.empty() ? "help" : words[0];
  if (line.command == "--help" || line.command == "-h") line.command = "help";
  if (line.command == "--version") line.command = "version";
  if (std::find(Commands().begin(), Commands().end(), line.command) == Commands().end()) {
    const std::string nearest = capability::Nearest(line.command, Commands());
    return absl::InvalidArgumentError(
        absl::StrCat("unknown command ", line.command,
                     nearest.empty() ? "" : absl::StrCat("; did you mean ", nearest, "?")));
  }
  const bool serves = line.command == "serve" || line.command == "mcp";
  bool stdio = false;
  if (serves) {
    const absl::Status applied = ApplyConfigOf(words, &line);
    if (!applied.ok()) return applied;
  }
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i] == "--help" || words[i] == "-h") {
      line.command = "help";
      return line;
    }
    if (line.command == "mcp" && words[i] == "--stdio") {
      stdio = true;
    } else if (serves) {
      if (!absl::StartsWith(words[i], "--")) {
        return absl::InvalidArgumentError(absl::StrCat(
            line.command, " takes flags only; did you mean --capability ", words[i], "?"));
      }
      const absl::Status applied = ApplyFlag(ServeFlags(), words, &i, &line);
      if (!applied.ok()) return applied;
    } else if (absl::StartsWith(words[i], "-")) {
      const std::vector<Flag> flags = InspectFlags(line.command);
      if (flags.empty()) {
        return absl::InvalidArgumentError(
            absl::StrCat(line.command, " takes files only, not ", words[i]));
      }
      const absl::Status applied = ApplyFlag(flags, words, &i, &line);
      if (!applied.ok()) return applied;
    } else {
      line.files.push_back(words[i]);
    }
  }
  if (line.command == "import") {
    if (line.files.size() != 2 || line.files[0] != "openapi") {
      return absl::InvalidArgumentError("import takes a kind and a source: import openapi FILE");
    }
    line.import.source = line.files[1];
  }
  if (line.command == "mcp" && !stdio) {
    return absl::InvalidArgumentError("mcp needs --stdio; over HTTP, `portico serve` serves MCP");
  }
  return line;
}

std::string UsageText() {
  std::string text =
      "portico: gRPC, REST and MCP doors in front of REST APIs\n\n"
      "  portico serve [FLAG]...      serve the built-in capabilities, or those named\n"
      "  portico mcp --stdio [FLAG]...\n"
      "                               the tools on standard input and output, for MCP clients;\n"
      "                               takes the flags of serve, and opens no port\n"
      "  portico import openapi [FLAG]... FILE_OR_URL\n"
      "                               a capability file and its overlay from OpenAPI 3\n"
      "  portico check [FLAG]... FILE...\n"
      "                               every finding with file:line; exit 1 on errors\n"
      "  portico describe [FLAG]... [FILE]...\n"
      "                               operations, RPCs, routes and tools as a table\n"
      "  portico proto [FLAG]... [FILE]...\n"
      "                               the .proto that the gRPC door serves\n"
      "  portico openapi [FLAG]... [FILE]...\n"
      "                               OpenAPI 3.1 of the REST routes\n"
      "  portico help | version\n";
  AppendFlags("serve", ServeFlags(), &text);
  for (const char* command : {"import", "check", "describe", "proto", "openapi"}) {
    AppendFlags(command, InspectFlags(command), &text);
  }
  absl::StrAppend(&text,
                  "\nSecrets come from the environment variables that the capability files name.\n"
                  "Bound addresses are printed on standard output, one a line, then `ready`.\n"
                  "SIGTERM drains.\n");
  return text;
}

}  // namespace portico::server
