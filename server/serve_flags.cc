#include "server/serve_flags.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace portico::server {
namespace {

using Setter = decltype(Flag::set);

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

// As Count, where 0 means that there is none.
Setter Limit(std::function<std::size_t*(ServeOptions*)> field) {
  return [field](const std::string& value, CommandLine* line) {
    std::uint32_t number = 0;
    if (!absl::SimpleAtoi(value, &number)) return Wrong(value, "a whole number, or 0 for no limit");
    *field(&line->serve) = number;
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

Setter List(std::function<std::vector<std::string>*(ServeOptions*)> field) {
  return [field](const std::string& value, CommandLine* line) {
    field(&line->serve)->push_back(value);
    return absl::OkStatus();
  };
}

// As browsers spell an origin: nothing behind host and port.
absl::Status CheckOrigin(const std::string& value) {
  const std::size_t scheme = value.find("://");
  const bool known = absl::StartsWith(value, "http://") || absl::StartsWith(value, "https://");
  if (!known || value.size() == scheme + 3 ||
      value.find_first_of("/?#@* ", scheme + 3) != std::string::npos) {
    return Wrong(value, "an origin like https://app.example.com, without a path");
  }
  return absl::OkStatus();
}

absl::Status CheckHostName(const std::string& value) {
  if (value.empty() || value.find_first_of(":/@* ") != std::string::npos) {
    return Wrong(value, "a host name like portico.example.com, without a port");
  }
  return absl::OkStatus();
}

Setter Checked(std::function<absl::Status(const std::string&)> check, Setter set) {
  return [check, set](const std::string& value, CommandLine* line) {
    const absl::Status checked = check(value);
    return checked.ok() ? set(value, line) : checked;
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

absl::Status SetToolText(const std::string& value, CommandLine* line) {
  const std::size_t equals = value.find('=');
  std::size_t bytes = 0;
  if (equals == std::string::npos || equals == 0 ||
      !absl::SimpleAtoi(value.substr(equals + 1), &bytes) || bytes == 0) {
    return Wrong(value, "TOOL=BYTES");
  }
  line->serve.mcp.text_bytes_of[value.substr(0, equals)] = bytes;
  return absl::OkStatus();
}

absl::Status SetLogFormat(const std::string& value, CommandLine* line) {
  if (value != "text" && value != "json") return Wrong(value, "text or json");
  line->serve.log_format = value == "json" ? LogFormat::kJson : LogFormat::kText;
  return absl::OkStatus();
}

}  // namespace

const std::vector<Flag>& ServeFlags() {
  using O = ServeOptions;
  using absl::Duration;
  static const auto* const flags = new std::vector<Flag>{
      {"--capability", "FILE_OR_DIR",
       "serve this file, or the .yaml files of this folder; may be repeated",
       List([](O* o) { return &o->capabilities; }), true},
      {"--upstream", "NAMESPACE=BASE_URI", "call this API there instead; may be repeated",
       SetUpstream, true},
      {"--overlay", "FILE_OR_DIR",
       "what the files do not say of their APIs (docs/overlays.md); may be repeated; builtin: "
       "those of the built-in capabilities",
       List([](O* o) { return &o->overlays; }), true},
      {"--config", "FILE", "settings in YAML: these flags without dashes; flags win, lists add up",
       [](const std::string&, CommandLine*) { return absl::OkStatus(); }},  // was read first
      {"--demo", nullptr, "call stand-ins inside this process; no account or key is needed",
       Switch([](O* o) { return &o->demo; })},
      {"--grpc", "ADDR",
       "HOST:PORT (port 0: a free one), unix:/PATH or off; default 127.0.0.1:50051",
       Text([](O* o) { return &o->grpc.address; })},
      {"--rest", "ADDR", "HOST:PORT (port 0: a free one) or off; default 127.0.0.1:8080",
       Text([](O* o) { return &o->rest.address; })},
      {"--mcp", "ADDR", "HOST:PORT (port 0: a free one) or off; default 127.0.0.1:9090",
       Text([](O* o) { return &o->mcp.address; })},
      {"--allow-public", nullptr, "listen on addresses that other machines reach",
       Switch([](O* o) { return &o->allow_public; })},
      {"--ca-file", "FILE", "trust these certificates besides the system's",
       Text([](O* o) { return &o->curl.ca_file; })},
      {"--default-deadline", "DURATION",
       "of unary calls without one; REST: between two bytes; default 60s",
       server::Duration([](O* o) { return &o->invoke.default_deadline; })},
      {"--max-in-flight", "N", "calls at once for each thread; default 20000",
       Count<std::size_t>([](O* o) { return &o->invoke.max_in_flight; })},
      {"--max-response-bytes", "N", "of one upstream answer, decompressed (gRPC); default 33554432",
       Count<std::size_t>([](O* o) { return &o->invoke.limits.body_bytes; })},
      {"--rest-max-body", "BYTES", "of a request, streamed on as it comes; default 67108864",
       Count<std::size_t>([](O* o) { return &o->rest.door.max_body_bytes; })},
      {"--rest-max-connections", "N", "at once for each thread; default 10000",
       Count<std::size_t>([](O* o) { return &o->rest.limits.connections; })},
      {"--rest-keep-alive", "DURATION",
       "between comments on a silent event stream; 0s: none; default 15s",
       server::Duration([](O* o) { return &o->rest.door.keep_alive; })},
      {"--rest-tls-cert", "FILE", "serve REST by TLS: certificate and chain, PEM, re-read",
       Text([](O* o) { return &o->rest.tls_certificate_file; })},
      {"--rest-tls-key", "FILE", "its key, PEM", Text([](O* o) { return &o->rest.tls_key_file; })},
      {"--mcp-max-body", "BYTES", "of a message; default 4194304",
       Count<std::size_t>([](O* o) { return &o->mcp.door.max_body_bytes; })},
      {"--mcp-max-connections", "N", "at once for each thread; default 10000",
       Count<std::size_t>([](O* o) { return &o->mcp.limits.connections; })},
      {"--mcp-keep-alive", "DURATION", "between comments on a silent stream; 0s: none; default 15s",
       server::Duration([](O* o) { return &o->mcp.door.keep_alive; })},
      {"--mcp-max-text", "BYTES", "of a tool's result, which is cut there; default 60000",
       Count<std::size_t>([](O* o) { return &o->mcp.door.tools.limits.text_bytes; })},
      {"--mcp-tool-text", "TOOL=BYTES", "instead, for one tool; may be repeated", SetToolText,
       true},
      {"--mcp-tool-deadline", "DURATION", "for a tool's call; default 50s",
       server::Duration([](O* o) { return &o->mcp.door.tools.limits.deadline; })},
      {"--mcp-max-events", "N", "that a tool reads of an event stream; default 200",
       Count<std::size_t>([](O* o) { return &o->mcp.door.tools.limits.events; })},
      {"--mcp-event-time", "DURATION", "that a tool reads an event stream; default 30s",
       server::Duration([](O* o) { return &o->mcp.door.tools.limits.event_time; })},
      {"--mcp-rate", "N",
       "calls a second of one tool by one caller, twice that at once; 0: no limit; default 100",
       Limit([](O* o) { return &o->mcp.door.endpoint.calls_per_second; })},
      {"--mcp-page-size", "N", "tools on one page of the list; default 100",
       Count<std::size_t>([](O* o) { return &o->mcp.door.endpoint.page_size; })},
      {"--mcp-tls-cert", "FILE", "serve MCP by TLS: certificate and chain, PEM, re-read",
       Text([](O* o) { return &o->mcp.tls_certificate_file; })},
      {"--mcp-tls-key", "FILE", "its key, PEM", Text([](O* o) { return &o->mcp.tls_key_file; })},
      {"--cors-origin", "ORIGIN", "let pages of this origin call; may be repeated; default: none",
       Checked(CheckOrigin, List([](O* o) { return &o->rest.door.origins.cors_origins; })), true},
      {"--allow-host", "NAME", "a name beside localhost that Host may hold; may be repeated",
       Checked(CheckHostName, List([](O* o) { return &o->rest.door.origins.hosts; })), true},
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

}  // namespace portico::server
