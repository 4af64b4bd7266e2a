#include "gateway/http/running_listener.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <future>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"

namespace portico::http {
namespace {

constexpr std::chrono::seconds kPatience(20);

int Connect(const std::string& address, int receive_buffer) {
  const std::size_t colon = address.rfind(':');
  const bool v6 = address[0] == '[';
  const int fd = ::socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (receive_buffer > 0) {
    ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  }
  const timeval patience{kPatience.count(), 0};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  const auto port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(colon + 1))));
  int result;
  if (v6) {
    sockaddr_in6 to{};
    to.sin6_family = AF_INET6;
    to.sin6_port = port;
    to.sin6_addr = in6addr_loopback;
    result = ::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to);
  } else {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = port;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    result = ::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to);
  }
  EXPECT_EQ(result, 0) << "connect to " << address << ": " << errno;
  return fd;
}

}  // namespace

bool Eventually(const std::function<bool()>& holds) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

RawCaller::RawCaller(const std::string& address, int receive_buffer)
    : fd_(Connect(address, receive_buffer)) {}

RawCaller::~RawCaller() { Close(); }

void RawCaller::Send(const std::string& bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const auto n = ::send(fd_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (n <= 0) return;  // the test sees it by what it reads
    sent += static_cast<std::size_t>(n);
  }
}

std::size_t RawCaller::SendSome(const std::string& bytes) {
  const auto n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  return n > 0 ? static_cast<std::size_t>(n) : 0;
}

void RawCaller::EndSending() { ::shutdown(fd_, SHUT_WR); }

void RawCaller::Close() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

bool RawCaller::Fill() {
  char bytes[16384];
  const auto n = ::recv(fd_, bytes, sizeof bytes, 0);
  if (n > 0) {
    read_.append(bytes, static_cast<std::size_t>(n));
    return true;
  }
  if (n < 0) {
    EXPECT_NE(errno, EAGAIN) << "nothing came; so far: " << read_.substr(0, 500);
    was_reset_ = errno == ECONNRESET;
  }
  return false;
}

std::string RawCaller::ReadUntil(const std::string& mark) {
  std::size_t at;
  while ((at = read_.find(mark)) == std::string::npos) {
    if (!Fill()) {
      ADD_FAILURE() << "ended before " << mark << ": " << read_.substr(0, 500);
      return std::exchange(read_, "");
    }
  }
  return Read(at + mark.size());
}

std::string RawCaller::Read(std::size_t size) {
  while (read_.size() < size) {
    if (!Fill()) {
      ADD_FAILURE() << "ended before " << size << " bytes: " << read_.substr(0, 500);
      return std::exchange(read_, "");
    }
  }
  std::string bytes = read_.substr(0, size);
  read_.erase(0, size);
  return bytes;
}

std::string RawCaller::ReadResponse() {
  std::string head = ReadHead();
  const std::size_t at = head.find("Content-Length: ");
  if (at != std::string::npos) return head + Read(std::strtoull(&head[at + 16], nullptr, 10));
  if (absl::StrContains(head, "Transfer-Encoding: chunked")) return head + ReadUntil("0\r\n\r\n");
  return head;
}

std::string RawCaller::ReadToEnd() {
  while (Fill()) {
  }
  return std::exchange(read_, "");
}

RunningListener::RunningListener(OnBegin on_begin, Limits limits,
                                 std::shared_ptr<const TlsIdentity> tls)
    : on_begin_(std::move(on_begin)) {
  ListenerOptions options;
  options.address = "127.0.0.1:0";
  options.limits = limits;
  options.tls = std::move(tls);
  auto listener = Listener::Open(loop_, options, this);
  EXPECT_TRUE(listener.ok()) << listener.status();
  listener_ = *std::move(listener);
  address_ = listener_->address();
  thread_ = std::thread([this] { loop_.Run(); });
}

RunningListener::~RunningListener() {
  OnLoop([this] { listener_ = nullptr; });
  loop_.Stop();
  thread_.join();
}

void RunningListener::OnLoop(std::function<void()> task) {
  std::promise<void> done;
  loop_.Post([&] {
    task();
    done.set_value();
  });
  done.get_future().wait();
}

std::size_t RunningListener::connections() {
  std::size_t count = 0;
  OnLoop([&] { count = listener_ ? listener_->connections() : 0; });
  return count;
}

}  // namespace portico::http
