// The cheapest upstream there can be: one epoll loop that answers every request
// with the same bytes, so that a benchmark measures the server in front of it.
//
// Usage: canned_upstream BODY_FILE [HEADER_LINE]... Prints `http HOST:PORT`, then
// `ready`; runs until SIGTERM. Understands requests without a body on kept-alive
// connections. A target that contains "/events" gets an event stream instead: an
// event at once, then one every five seconds, each with data {"tick":N}, N counting
// up from 0. Streams keep their own time, so that their events spread evenly.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <iterator>
#include <string>
#include <unordered_map>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kBetweenEvents{5};
constexpr char kStreamHead[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n"
    "Transfer-Encoding: chunked\r\n\r\n";

void Check(bool ok, const char* what) {
  if (ok) return;
  std::perror(what);
  std::_Exit(1);
}

int Listen(int* port) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  Check(bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0, "bind");
  Check(listen(listener, 4096) == 0, "listen");
  Check(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0, "getsockname");
  *port = ntohs(address.sin_port);
  return listener;
}

std::string Answer(const char* body_file, char** header, char** headers_end) {
  std::ifstream file(body_file, std::ios::binary);
  Check(file.is_open(), body_file);
  const std::string body(std::istreambuf_iterator<char>(file), {});
  std::string answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                       std::to_string(body.size()) + "\r\n";
  for (; header != headers_end; ++header) answer += std::string(*header) + "\r\n";
  return answer + "\r\n" + body;
}

std::string Event(int tick) {
  const std::string number = std::to_string(tick);
  const std::string event = "id: " + number + "\nevent: tick\ndata: {\"tick\":" + number + "}\n\n";
  char size[20];
  std::snprintf(size, sizeof size, "%zx\r\n", event.size());
  return size + event + "\r\n";
}

class Upstream {
 public:
  Upstream(int listener, std::string answer)
      : listener_(listener), epoll_(epoll_create1(0)), answer_(std::move(answer)) {
    Watch(EPOLL_CTL_ADD, listener, EPOLLIN);
  }

  [[noreturn]] void Run() {
    for (;;) {
      epoll_event ready[64];
      const int count = epoll_wait(epoll_, ready, 64, MillisecondsToNextEvent());
      for (int i = 0; i < count; ++i) {
        if (ready[i].data.fd == listener_) {
          Accept();
        } else if ((ready[i].events & EPOLLOUT) != 0) {
          Send(ready[i].data.fd);
        } else {
          Read(ready[i].data.fd);
        }
      }
      SendDueEvents();
    }
  }

 private:
  struct Connection {
    long number = 0;     // descriptors are used again
    std::string unread;  // the beginning of a request
    std::string unsent;
    int next_tick = 0;
  };
  struct Due {
    Clock::time_point at;
    int fd;
    long number;
  };

  void Watch(int operation, int fd, unsigned events) {
    epoll_event event = {};
    event.events = events;
    event.data.fd = fd;
    epoll_ctl(epoll_, operation, fd, &event);
  }

  void Accept() {
    int fd;
    while ((fd = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK)) >= 0) {
      const int one = 1, room = 256 * 1024;  // for a large answer by one send
      setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
      setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
      connections_[fd].number = ++accepted_;
      Watch(EPOLL_CTL_ADD, fd, EPOLLIN);
    }
  }

  void Read(int fd) {
    char buffer[16 * 1024];
    const ssize_t bytes = read(fd, buffer, sizeof buffer);
    if (bytes <= 0) {
      connections_.erase(fd);
      close(fd);
      return;
    }
    std::string& unread = connections_[fd].unread;
    unread.append(buffer, static_cast<std::size_t>(bytes));
    for (std::size_t end; (end = unread.find("\r\n\r\n")) != std::string::npos;) {
      const bool events = unread.find("/events") < unread.find("\r\n");
      unread.erase(0, end + 4);
      if (events) {
        Send(fd, kStreamHead);
        SendEvent(fd);
      } else {
        Send(fd, answer_);
      }
    }
  }

  // Keeps what the socket does not take now.
  void Send(int fd, const std::string& bytes) {
    std::string& unsent = connections_[fd].unsent;
    const bool waits = !unsent.empty();
    const ssize_t sent = waits ? 0 : send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent == static_cast<ssize_t>(bytes.size())) return;
    unsent.append(bytes, static_cast<std::size_t>(std::max<ssize_t>(sent, 0)), std::string::npos);
    if (!waits) Watch(EPOLL_CTL_MOD, fd, EPOLLIN | EPOLLOUT);
  }

  void Send(int fd) {
    std::string& unsent = connections_[fd].unsent;
    const ssize_t sent = send(fd, unsent.data(), unsent.size(), MSG_NOSIGNAL);
    if (sent > 0) unsent.erase(0, static_cast<std::size_t>(sent));
    // A failed connection reads as ended.
    if (unsent.empty() || sent <= 0) Watch(EPOLL_CTL_MOD, fd, EPOLLIN);
  }

  void SendEvent(int fd) {
    Connection& connection = connections_[fd];
    Send(fd, Event(connection.next_tick++));
    due_.push_back({Clock::now() + kBetweenEvents, fd, connection.number});
  }

  void SendDueEvents() {
    while (!due_.empty() && due_.front().at <= Clock::now()) {
      const Due due = due_.front();
      due_.pop_front();
      const auto found = connections_.find(due.fd);
      if (found != connections_.end() && found->second.number == due.number) SendEvent(due.fd);
    }
  }

  int MillisecondsToNextEvent() const {
    if (due_.empty()) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(due_.front().at - Clock::now());
    return std::max(0, static_cast<int>(left.count()));
  }

  const int listener_;
  const int epoll_;
  const std::string answer_;
  std::unordered_map<int, Connection> connections_;
  long accepted_ = 0;
  std::deque<Due> due_;  // in order of time
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: canned_upstream BODY_FILE [HEADER_LINE]...\n");
    return 2;
  }
  int port = 0;
  const int listener = Listen(&port);
  Upstream upstream(listener, Answer(argv[1], argv + 2, argv + argc));
  std::printf("http 127.0.0.1:%d\nready\n", port);
  std::fflush(stdout);
  upstream.Run();
}
