// The cheapest upstream there can be: one epoll loop that answers every request
// with the same bytes, so that a benchmark measures the server in front of it.
//
// Usage: canned_upstream BODY_FILE. Prints `http HOST:PORT`, then `ready`; runs
// until SIGTERM. Understands requests without a body on kept-alive connections.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <unordered_map>

namespace {

void Check(bool ok, const char* what) {
  if (ok) return;
  std::perror(what);
  std::_Exit(1);
}

int Listen(int* port) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  Check(bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0, "bind");
  Check(listen(listener, 1024) == 0, "listen");
  Check(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0, "getsockname");
  *port = ntohs(address.sin_port);
  return listener;
}

// How many request heads end in `text`; keeps the unfinished rest.
int TakeRequests(std::string* text) {
  int count = 0;
  for (std::size_t end; (end = text->find("\r\n\r\n")) != std::string::npos; ++count) {
    text->erase(0, end + 4);
  }
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: canned_upstream BODY_FILE\n");
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  const std::string body(std::istreambuf_iterator<char>(file), {});
  const std::string answer =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
      std::to_string(body.size()) + "\r\n\r\n" + body;
  int port = 0;
  const int listener = Listen(&port);
  std::printf("http 127.0.0.1:%d\nready\n", port);
  std::fflush(stdout);

  const int epoll = epoll_create1(0);
  epoll_event event = {};
  event.events = EPOLLIN;
  event.data.fd = listener;
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
  std::unordered_map<int, std::string> unread;  // by connection
  for (;;) {
    epoll_event ready[64];
    const int count = epoll_wait(epoll, ready, 64, -1);
    for (int i = 0; i < count; ++i) {
      const int fd = ready[i].data.fd;
      if (fd == listener) {
        const int connection = accept(listener, nullptr, nullptr);
        if (connection < 0) continue;
        const int one = 1;
        setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        event.data.fd = connection;
        epoll_ctl(epoll, EPOLL_CTL_ADD, connection, &event);
        continue;
      }
      char buffer[16 * 1024];
      const ssize_t bytes = read(fd, buffer, sizeof buffer);
      if (bytes <= 0) {
        unread.erase(fd);
        close(fd);
        continue;
      }
      std::string& text = unread[fd];
      text.append(buffer, static_cast<std::size_t>(bytes));
      for (int requests = TakeRequests(&text); requests > 0; --requests) {
        // Blocking: a benchmark's answers fit a socket buffer or are read at once.
        std::size_t sent = 0;
        while (sent < answer.size()) {
          const ssize_t written =
              send(fd, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
          if (written <= 0) break;
          sent += static_cast<std::size_t>(written);
        }
      }
    }
  }
}
