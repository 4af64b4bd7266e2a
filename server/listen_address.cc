#include "server/listen_address.h"

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/plan/loopback_host.h"

namespace portico::server {
namespace {

constexpr std::size_t kLongestSocketPath = 107;  // unix(7): sun_path, less the final NUL

// "127.0.0.1:80" -> "127.0.0.1", "80"; false when there is no port.
bool Split(absl::string_view address, absl::string_view* host, absl::string_view* port) {
  const std::size_t colon = address.rfind(':');
  if (colon == absl::string_view::npos || colon == 0) return false;
  *host = address.substr(0, colon);
  *port = address.substr(colon + 1);
  // An IPv6 address without brackets: its last group is no port.
  return absl::StartsWith(*host, "[") || !absl::StrContains(*host, ":");
}

}  // namespace

bool IsLoopback(absl::string_view address) {
  if (absl::StartsWith(address, "unix:")) return true;
  absl::string_view host, port;
  return Split(address, &host, &port) && plan::IsLoopbackHost(host);
}

absl::Status CheckListenAddress(absl::string_view flag, absl::string_view address) {
  if (address == "off") return absl::OkStatus();
  absl::string_view host, port;
  int number = -1;
  const bool unix_socket = absl::StartsWith(address, "unix:") && address.size() > 5;
  if (!unix_socket && (!Split(address, &host, &port) || !absl::SimpleAtoi(port, &number) ||
                       number < 0 || number > 65535)) {
    return absl::InvalidArgumentError(absl::StrCat(
        flag, ": \"", address,
        "\" is no address; write HOST:PORT (port 0 for a free one), unix:/PATH or off"));
  }
  if (unix_socket && address.size() - 5 > kLongestSocketPath) {
    return absl::InvalidArgumentError(absl::StrCat(flag, ": the path of a socket may have ",
                                                   kLongestSocketPath, " bytes, not ",
                                                   address.size() - 5));
  }
  return absl::OkStatus();
}

absl::Status CheckPublicAddress(absl::string_view flag, absl::string_view address,
                                absl::string_view open) {
  if (address == "off" || open.empty() || IsLoopback(address)) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      flag, ": ", address,
      " can be reached from other machines, and whoever reaches it uses this server's API keys by ",
      open,
      ", which asks for no authentication; listen on 127.0.0.1, write \"authentication\" in "
      "the capability file, or say --allow-public if something in front checks the callers"));
}

}  // namespace portico::server
