// Holds many event streams of a REST door open and checks what they bring.
//
// Usage: sse_load HOST:PORT TARGET STREAMS. The upstream must be canned_upstream,
// whose events say {"tick":N}, N counting up from 0. Prints `ready` once every stream
// has had an event. When standard input ends, prints one JSON line: events, streams
// that lost or reordered one, streams that ended early or never began; exit 1 when
// there was any.
#include <arpa/inet.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

// So many wait for their first event at once: a listener's queue is finite.
constexpr int kOpeningAtOnce = 128;

void Check(bool ok, const char* what) {
  if (ok) return;
  std::perror(what);
  std::exit(1);
}

// One stream's bytes, chunks undone, line by line.
class EventReader {
 public:
  // False when the answer is not a well-formed event stream with ticks in order.
  bool Take(std::string_view bytes) {
    for (const char c : bytes) {
      if (!Take(c)) return false;
    }
    return true;
  }
  long next_tick() const { return next_tick_; }

 private:
  enum class Part { kHead, kChunkSize, kChunk, kChunkEnd };

  bool Take(char c) {
    if (part_ == Part::kChunk) {
      if (--left_ == 0) part_ = Part::kChunkEnd;
      return c == '\n' ? TakeEventLine() : (line_ += c, true);
    }
    if (c != '\n') {
      frame_ += c;
      return true;
    }
    const std::string frame = std::exchange(frame_, {});
    switch (part_) {
      case Part::kHead:
        if (std::exchange(first_, false)) return frame.starts_with("HTTP/1.1 200 ");
        if (frame == "\r") part_ = Part::kChunkSize;
        return true;
      case Part::kChunkSize:
        left_ = std::strtoul(frame.c_str(), nullptr, 16);
        part_ = Part::kChunk;
        return left_ > 0;  // the last chunk ends a stream that should not end
      default:
        part_ = Part::kChunkSize;
        return frame == "\r";
    }
  }

  bool TakeEventLine() {
    long tick = -1;
    const bool ticks = std::sscanf(line_.c_str(), "data: {\"tick\":%ld}", &tick) == 1;
    line_.clear();
    return !ticks || tick == next_tick_++;
  }

  Part part_ = Part::kHead;
  bool first_ = true;  // the status line
  std::size_t left_ = 0;
  std::string frame_;  // a line of the head or of the chunks' framing
  std::string line_;   // a line of an event
  long next_tick_ = 0;
};

class Load {
 public:
  Load(const sockaddr_in& server, std::string request, int streams)
      : server_(server), request_(std::move(request)), epoll_(epoll_create1(0)) {
    streams_.resize(static_cast<std::size_t>(streams));
    Watch(STDIN_FILENO, kInput);
    while (opened_ < kOpeningAtOnce && opened_ < streams) Open();
  }

  // Until standard input ends.
  void Run() {
    for (;;) {
      epoll_event ready[64];
      const int count = epoll_wait(epoll_, ready, 64, -1);
      for (int i = 0; i < count; ++i) {
        if (ready[i].data.u64 == kInput) return;
        Read(static_cast<int>(ready[i].data.u64 >> 32), ready[i].data.u64 & 0xffffffff);
      }
    }
  }

  // Whether all went well.
  bool Report() const {
    long events = 0, unbegun = 0;
    for (const EventReader& stream : streams_) {
      events += stream.next_tick();
      unbegun += stream.next_tick() == 0;
    }
    std::printf(
        "{\"streams\":%zu,\"events\":%ld,\"wrong\":%d,\"ended_early\":%d,\"unbegun\":%ld}\n",
        streams_.size(), events, wrong_, ended_early_, unbegun);
    return wrong_ == 0 && ended_early_ == 0 && unbegun == 0;
  }

 private:
  static constexpr std::uint64_t kInput = ~0ull;

  void Watch(int fd, std::uint64_t tag) {
    epoll_event event = {};
    event.events = EPOLLIN;
    event.data.u64 = tag;
    Check(epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event) == 0, "epoll_ctl");
  }

  void Open() {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    Check(connect(fd, reinterpret_cast<const sockaddr*>(&server_), sizeof server_) == 0, "connect");
    Check(send(fd, request_.data(), request_.size(), MSG_NOSIGNAL) > 0, "send");
    Watch(fd, static_cast<std::uint64_t>(fd) << 32 | static_cast<std::uint64_t>(opened_++));
  }

  void Read(int fd, std::size_t index) {
    EventReader& stream = streams_[index];
    char buffer[16 * 1024];
    const ssize_t bytes = recv(fd, buffer, sizeof buffer, MSG_DONTWAIT);
    const bool waited = stream.next_tick() == 0;
    if (bytes <= 0) {
      ++ended_early_;
    } else if (!stream.Take({buffer, static_cast<std::size_t>(bytes)})) {
      ++wrong_;
    } else {
      if (waited && stream.next_tick() > 0) OnBegun();
      return;
    }
    close(fd);
    if (waited) OnBegun();  // in vain, but the others have their turn
  }

  void OnBegun() {
    ++begun_;
    if (opened_ < static_cast<int>(streams_.size())) Open();
    if (begun_ < static_cast<int>(streams_.size())) return;
    std::printf("ready\n");
    std::fflush(stdout);
  }

  const sockaddr_in server_;
  const std::string request_;
  const int epoll_;
  std::vector<EventReader> streams_;
  int opened_ = 0, begun_ = 0, wrong_ = 0, ended_early_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  const std::string address = argc == 4 ? argv[1] : "";
  const std::size_t colon = address.find(':');
  sockaddr_in server = {};
  server.sin_family = AF_INET;
  if (colon == std::string::npos ||
      inet_pton(AF_INET, address.substr(0, colon).c_str(), &server.sin_addr) != 1) {
    std::fprintf(stderr, "usage: sse_load HOST:PORT TARGET STREAMS\n");
    return 2;
  }
  server.sin_port = htons(static_cast<std::uint16_t>(std::atoi(address.c_str() + colon + 1)));
  Load load(server,
            std::string("GET ") + argv[2] + " HTTP/1.1\r\nHost: " + address +
                "\r\nAccept: text/event-stream\r\n\r\n",
            std::atoi(argv[3]));
  load.Run();
  return load.Report() ? 0 : 1;
}
