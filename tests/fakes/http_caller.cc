#include "tests/fakes/http_caller.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace portico::fakes {
namespace {

constexpr char kEndOfHead[] = "\r\n\r\n";

int PortOf(absl::string_view address) {
  int port = 0;
  if (!absl::SimpleAtoi(address.substr(address.rfind(':') + 1), &port)) std::abort();
  return port;
}

bool IsV6(const std::string& address) { return address[0] == '['; }

bool Connect(int socket, const std::string& address) {
  const auto port = htons(static_cast<std::uint16_t>(PortOf(address)));
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = port;
  v6.sin6_addr = in6addr_loopback;
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_port = port;
  v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return (IsV6(address) ? ::connect(socket, reinterpret_cast<sockaddr*>(&v6), sizeof v6)
                        : ::connect(socket, reinterpret_cast<sockaddr*>(&v4), sizeof v4)) == 0;
}

bool HasNoBody(int status) { return status == 204 || status == 304; }

}  // namespace

HttpCaller::HttpCaller(const std::string& address, const Options& options)
    : socket_(::socket(IsV6(address) ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const timeval limit{20, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  if (options.receive_buffer_bytes > 0) {
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &options.receive_buffer_bytes, sizeof(int));
  }
  if (!Connect(socket_, address)) {
    std::perror(address.c_str());
    std::abort();
  }
}

HttpCaller::~HttpCaller() { Close(); }

void HttpCaller::Close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

void HttpCaller::EndSending() { ::shutdown(socket_, SHUT_WR); }

bool HttpCaller::Send(absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::size_t HttpCaller::SendSome(absl::string_view bytes) {
  const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  return sent > 0 ? static_cast<std::size_t>(sent) : 0;
}

void HttpCaller::Request(absl::string_view method, absl::string_view target,
                         absl::string_view fields, absl::string_view body) {
  const std::string framing =
      body.empty()
          ? ""
          : absl::StrCat("Content-Type: application/json\r\nContent-Length: ", body.size(), "\r\n");
  Send(absl::StrCat(method, " ", target, " HTTP/1.1\r\nHost: localhost\r\n", fields, framing,
                    "\r\n", body));
}

bool HttpCaller::Fill() {
  char bytes[16384];
  errno = 0;  // AtEnd tells an end from a wait in vain by it
  const ssize_t got = ::recv(socket_, bytes, sizeof bytes, 0);
  if (got < 0 && errno == ECONNRESET) was_reset_ = true;
  if (got > 0) buffer_.append(bytes, static_cast<std::size_t>(got));
  return got > 0;
}

std::string HttpCaller::ReadUntil(absl::string_view end) {
  std::size_t at;
  while ((at = buffer_.find(end.data(), 0, end.size())) == std::string::npos) {
    if (!Fill()) return std::exchange(buffer_, "");
  }
  return ReadBytes(at + end.size());
}

std::string HttpCaller::ReadBytes(std::size_t count) {
  while (buffer_.size() < count) {
    if (!Fill()) return std::exchange(buffer_, "");
  }
  std::string taken = buffer_.substr(0, count);
  buffer_.erase(0, count);
  return taken;
}

std::string HttpCaller::ReadToEnd() {
  while (Fill()) {
  }
  return std::exchange(buffer_, "");
}

bool HttpCaller::AtEnd() { return buffer_.empty() && !Fill() && errno != EAGAIN; }

HttpCaller::Response HttpCaller::ReadHead() {
  Response response;
  response.head = ReadUntil(kEndOfHead);
  if (absl::StartsWith(response.head, "HTTP/1.") && absl::EndsWith(response.head, kEndOfHead)) {
    if (!absl::SimpleAtoi(response.head.substr(9, 3), &response.status)) response.status = 0;
  }
  return response;
}

HttpCaller::Response HttpCaller::ReadResponse(bool head_only) {
  Response response = ReadHead();
  while (response.status / 100 == 1) response = ReadHead();
  const auto length = response.Header("content-length");
  std::size_t bytes = 0;
  if (response.status == 0) return response;
  if (head_only || HasNoBody(response.status)) {
    response.whole = true;
  } else if (response.Header("transfer-encoding") == "chunked") {
    for (std::string line = ReadUntil("\r\n"); !line.empty(); line = ReadUntil("\r\n")) {
      const std::size_t size = std::strtoul(line.c_str(), nullptr, 16);
      const std::string chunk = ReadBytes(size + 2);
      response.body += chunk.substr(0, size);
      if (size == 0 && chunk == "\r\n") response.whole = true;
      if (size == 0 || chunk.size() < size + 2) break;
    }
  } else if (length.has_value() && absl::SimpleAtoi(*length, &bytes)) {
    response.body = ReadBytes(bytes);
    response.whole = response.body.size() == bytes;
  } else {
    response.body = ReadToEnd();
    response.whole = !was_reset_;
  }
  return response;
}

std::string HttpCaller::ReadChunk() {
  const std::size_t size = std::strtoul(ReadUntil("\r\n").c_str(), nullptr, 16);
  return ReadBytes(size + 2).substr(0, size);
}

std::optional<std::string> HttpCaller::Response::Header(absl::string_view name) const {
  for (const absl::string_view line : absl::StrSplit(head, "\r\n")) {
    const std::size_t colon = line.find(':');
    if (colon != absl::string_view::npos && absl::EqualsIgnoreCase(line.substr(0, colon), name)) {
      return std::string(absl::StripAsciiWhitespace(line.substr(colon + 1)));
    }
  }
  return std::nullopt;
}

}  // namespace portico::fakes
