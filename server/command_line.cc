#include "server/command_line.h"

#include <algorithm>
#include <climits>
#include <functional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/capability/suggestion.h"

namespace portico::server {
namespace {

using Setter = std::function<absl::Status(const std::string& value, CommandLine* line)>;

struct Flag {
  const char* name;
  const char* value;  // what its value is called in the usage; null: a switch
  const char* help;
  Setter set;
};

absl::Status Wrong(absl::string_view value, absl::string_view wanted) {
  return absl::InvalidArgumentError(absl::StrCat("\"", value, "\" is not ", wanted));
}

Setter Duration(std::function<absl::Duration*(ServeOptions*)> field) {
  return [field](const std::string& value, CommandLine* line) {
    absl::Duration duration;
    if (!absl::ParseDuration(value, &duration) || duration < absl::ZeroDuration()) {
      return Wrong(value, "a duration like 30s, 5m or 1h30m");
    }
    *field(&line->serve) = duration;
    return absl::OkStatus();
  };
}

template <typename Number>
Setter Count(std::function<Number*(ServeOptions*)> field) {
  return [field](const std::string& value, CommandLine* line) {
    int number = 0;
    if (!absl::SimpleAtoi(value, &number) || number <= 0)
      return Wrong(value, "a whole number above 0");
    *field(&line->serve) = static_cast<Number>(number);
    return absl::OkStatus();
  };
}

Setter Text(std::function<std::string*(ServeOptions*)> field) {
  return [field](const std::string& value, CommandLine* line) {
    *field(&line->serve) = value;
    return absl::OkStatus();
  };
}

Setter Switch(std::function<bool*(ServeOptions*)> field) {
  return [field](const std::string&, CommandLine* line) {
    *field(&line->serve) = true;
    return absl::OkStatus();
  };
}

// Doors of the command line's design that this version does not have.
Setter AbsentDoor(const char* flag) {
  return [flag](const std::string& value, CommandLine* line) {
    if (value != "off") {
      line->warnings.push_back(
          absl::StrCat(flag, " ", value, " has no effect: this version serves gRPC only"));
    }
    return absl::OkStatus();
  };
}

absl::Status SetUpstream(const std::string& value, CommandLine* line) {
  const std::size_t equals = value.find('=');
  if (equals == std::string::npos || equals == 0) return Wrong(value, "NAMESPACE=BASE_URI");
  std::string uri = value.substr(equals + 1);
  if (!absl::StartsWith(uri, "http://") && !absl::StartsWith(uri, "https://")) {
    return Wrong(uri, "a base URI that begins with http:// or https://");
  }
  line->serve.base_uris.emplace_back(value.substr(0, equals), std::move(uri));
  return absl::OkStatus();
}

absl::Status SetLogFormat(const std::string& value, CommandLine* line) {
  if (value != "text" && value != "json") return Wrong(value, "text or json");
  line->serve.log_format = value == "json" ? LogFormat::kJson : LogFormat::kText;
  return absl::OkStatus();
}

const std::vector<Flag>& ServeFlags() {
  using O = ServeOptions;
  using absl::Duration;
  static const auto* const flags = new std::vector<Flag>{
      {"--capability", "FILE_OR_DIR",
       "serve this file, or the .yaml files of this folder; may be repeated",
       [](const std::string& value, CommandLine* line) {
         line->serve.capabilities.push_back(value);
         return absl::OkStatus();
       }},
      {"--upstream", "NAMESPACE=BASE_URI", "call this API there instead; may be repeated",
       SetUpstream},
      {"--demo", nullptr, "call stand-ins inside this process; no account or key is needed",
       Switch([](O* o) { return &o->demo; })},
      {"--grpc", "ADDR",
       "HOST:PORT (port 0: a free one), unix:/PATH or off; default 127.0.0.1:50051",
       Text([](O* o) { return &o->grpc.address; })},
      {"--rest", "ADDR", "only off in this version", AbsentDoor("--rest")},
      {"--mcp", "ADDR", "only off in this version", AbsentDoor("--mcp")},
      {"--allow-public", nullptr, "listen on addresses that other machines reach",
       Switch([](O* o) { return &o->allow_public; })},
      {"--ca-file", "FILE", "trust these certificates besides the system's",
       Text([](O* o) { return &o->curl.ca_file; })},
      {"--default-deadline", "DURATION", "for unary calls without a deadline; default 60s",
       server::Duration([](O* o) { return &o->invoke.default_deadline; })},
      {"--max-in-flight", "N", "calls at once for each thread; default 20000",
       Count<std::size_t>([](O* o) { return &o->invoke.max_in_flight; })},
      {"--max-response-bytes", "N", "of one upstream answer, decompressed; default 33554432",
       Count<std::size_t>([](O* o) { return &o->invoke.limits.body_bytes; })},
      {"--grpc-max-request-bytes", "N", "default 16777216",
       Count<int>([](O* o) { return &o->grpc.max_request_bytes; })},
      {"--grpc-compress", nullptr, "compress answers of 1 KB and more for clients that accept it",
       Switch([](O* o) { return &o->grpc.compress; })},
      {"--grpc-keepalive", "DURATION", "between pings to silent clients; default 2m",
       server::Duration([](O* o) { return &o->grpc.keepalive; })},
      {"--grpc-max-connection-age", "DURATION", "then a client must reconnect; default: never",
       server::Duration([](O* o) { return &o->grpc.max_connection_age; })},
      {"--grpc-max-connection-idle", "DURATION", "default: never",
       server::Duration([](O* o) { return &o->grpc.max_connection_idle; })},
      {"--threads", "N", "event loops; default: one for each core",
       Count<std::size_t>([](O* o) { return &o->threads; })},
      {"--drain-delay", "DURATION", "health says NOT_SERVING so long before calls end; default 0s",
       server::Duration([](O* o) { return &o->drain_delay; })},
      {"--shutdown-grace", "DURATION", "calls in flight may finish so long; default 10s",
       server::Duration([](O* o) { return &o->shutdown_grace; })},
      {"--log-format", "text|json", "of the lines on standard error; default text", SetLogFormat},
  };
  return *flags;
}

// The flag of `words[*at]`, applied; leaves `at` on its last word.
absl::Status ApplyFlag(const std::vector<std::string>& words, std::size_t* at, CommandLine* line) {
  const std::string& word = words[*at];
  const std::size_t equals = word.find('=');
  const std::string name = word.substr(0, equals);
  std::vector<std::string> names;
  for (const Flag& flag : ServeFlags()) {
    names.push_back(flag.name);
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
  static const auto* const commands =
      new std::vector<std::string>{"serve", "check", "describe", "proto", "help", "version"};
  return *commands;
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
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i] == "--help" || words[i] == "-h") {
      line.command = "help";
      return line;
    }
    if (line.command == "serve") {
      if (!absl::StartsWith(words[i], "--")) {
        return absl::InvalidArgumentError(
            absl::StrCat("serve takes flags only; did you mean --capability ", words[i], "?"));
      }
      const absl::Status applied = ApplyFlag(words, &i, &line);
      if (!applied.ok()) return applied;
    } else if (absl::StartsWith(words[i], "--")) {
      return absl::InvalidArgumentError(
          absl::StrCat(line.command, " takes files only, not ", words[i]));
    } else {
      line.files.push_back(words[i]);
    }
  }
  return line;
}

std::string UsageText() {
  std::string text =
      "portico: a gRPC facade over REST APIs\n\n"
      "  portico serve [FLAG]...      serve the built-in capabilities, or those named\n"
      "  portico check FILE...        every finding with file:line; exit 1 on errors\n"
      "  portico describe [FILE]...   operations, RPCs, routes and tools as a table\n"
      "  portico proto [FILE]...      the .proto that the gRPC door serves\n"
      "  portico help | version\n\n"
      "Flags of serve:\n";
  for (const Flag& flag : ServeFlags()) {
    const std::string left =
        absl::StrCat(flag.name, flag.value ? " " : "", flag.value ? flag.value : "");
    absl::StrAppend(&text, "  ", left, std::string(left.size() < 34 ? 34 - left.size() : 1, ' '),
                    flag.help, "\n");
  }
  absl::StrAppend(&text,
                  "\nSecrets come from the environment variables that the capability files name.\n"
                  "Bound addresses are printed on standard output, one a line, then `ready`.\n"
                  "SIGTERM drains.\n");
  return text;
}

}  // namespace portico::server
