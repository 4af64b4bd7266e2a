#include "demo/test_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace portico::demo {
namespace {

constexpr char kEndOfHead[] = "\r\n\r\n";

}  // namespace

TestClient::TestClient(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  const timeval limit{20, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    std::perror("connect");
    std::abort();
  }
}

TestClient::~TestClient() { ::close(socket_); }

void TestClient::Send(absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;  // the server has closed; reading will tell
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void TestClient::Request(absl::string_view method, absl::string_view target,
                         absl::string_view token, absl::string_view body,
                         absl::string_view more_headers) {
  Send(absl::StrCat(method, " ", target, " HTTP/1.1\r\nHost: 127.0.0.1\r\n",
                    "Authorization: Bearer ", token, "\r\n", more_headers,
                    body.empty() ? ""
                                 : absl::StrCat("Content-Type: application/json\r\n",
                                                "Content-Length: ", body.size(), "\r\n"),
                    "\r\n", body));
}

bool TestClient::Fill() {
  char bytes[16384];
  const ssize_t got = ::recv(socket_, bytes, sizeof bytes, 0);
  if (got > 0) buffer_.append(bytes, static_cast<std::size_t>(got));
  return got > 0;
}

std::string TestClient::ReadUntil(absl::string_view end) {
  std::size_t at;
  while ((at = buffer_.find(std::string(end))) == std::string::npos) {
    if (!Fill()) return std::exchange(buffer_, "");
  }
  return ReadBytes(at + end.size());
}

std::string TestClient::ReadBytes(std::size_t count) {
  while (buffer_.size() < count && Fill()) {
  }
  const std::string bytes = buffer_.substr(0, count);
  buffer_.erase(0, count);
  return bytes;
}

bool TestClient::AtEnd() { return buffer_.empty() && !Fill(); }

TestClient::Response TestClient::ReadResponse() {
  Response response;
  response.head = std::string(absl::StripSuffix(ReadUntil(kEndOfHead), kEndOfHead));
  std::size_t length = 0;
  bool chunked = false;
  for (absl::string_view line : absl::StrSplit(response.head, "\r\n")) {
    if (absl::ConsumePrefix(&line, "HTTP/1.1 ")) {
      (void)absl::SimpleAtoi(line.substr(0, 3), &response.status);
    }
    if (absl::ConsumePrefix(&line, "Content-Length: ")) (void)absl::SimpleAtoi(line, &length);
    chunked = chunked || line == "Transfer-Encoding: chunked";
  }
  if (!chunked) {
    response.body = ReadBytes(length);
    return response;
  }
  for (std::string chunk = ReadChunk(); !chunk.empty(); chunk = ReadChunk()) response.body += chunk;
  return response;
}

std::string TestClient::ReadChunk() {
  const std::size_t size = std::strtoul(ReadUntil("\r\n").c_str(), nullptr, 16);
  std::string chunk = ReadBytes(size);
  ReadUntil("\r\n");
  return chunk;
}

int PortOf(absl::string_view uri) {
  int port = 0;
  uri.remove_prefix(uri.rfind(':') + 1);
  (void)absl::SimpleAtoi(uri.substr(0, uri.find('/')), &port);
  return port;
}

}  // namespace portico::demo
