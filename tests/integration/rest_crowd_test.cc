// Crowds that want nothing but to be in the way: slow-loris and idle connections.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/fakes/http_caller.h"
#include "tests/fakes/running_portico.h"
#include "tests/fakes/scripted_upstream.h"

namespace portico {
namespace {

using fakes::HttpCaller;
using fakes::RunningPortico;
using fakes::Script;
using fakes::ScriptedUpstream;
using Clock = std::chrono::steady_clock;

#if defined(__SANITIZE_ADDRESS__) || defined(PORTICO_TSAN)
constexpr int kShare = 20;  // of each crowd: one in so many
#else
constexpr int kShare = 1;
#endif

constexpr auto kPatience = std::chrono::seconds(60);

int Connect(const std::string& address) {
  sockaddr_in server = {};
  server.sin_family = AF_INET;
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  server.sin_port =
      htons(static_cast<std::uint16_t>(std::atoi(address.c_str() + address.rfind(':') + 1)));
  const int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect(connection, reinterpret_cast<const sockaddr*>(&server), sizeof server) == 0) {
    return connection;
  }
  close(connection);
  return -1;
}

// Connections that each send one byte at a time and read what they are answered.
class SlowCrowd {
 public:
  SlowCrowd(const std::string& address, int size, const std::string& beginning) {
    answers_.resize(static_cast<std::size_t>(size));
    for (int i = 0; i < size; ++i) {
      members_.push_back({Connect(address), POLLIN, 0});
      send(members_.back().fd, beginning.data(), beginning.size(), MSG_NOSIGNAL);
    }
  }
  ~SlowCrowd() {
    for (const pollfd& member : members_) close(member.fd);
  }

  std::size_t open() const { return members_.size() - ended_; }
  // How many were answered with this status before their connection ended.
  long Answered(const std::string& status) const {
    return std::count_if(answers_.begin(), answers_.end(), [&](const std::string& answer) {
      return answer.starts_with("HTTP/1.1 " + status);
    });
  }

  void SendByte() {
    for (const pollfd& member : members_) {
      if (member.fd >= 0) send(member.fd, "a", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    }
  }

  // Reads for one second, or until all have ended.
  void Read() {
    const auto until = Clock::now() + std::chrono::seconds(1);
    while (open() > 0 && Clock::now() < until) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
      if (poll(members_.data(), members_.size(), static_cast<int>(left.count())) <= 0) continue;
      for (std::size_t i = 0; i < members_.size(); ++i) {
        if (members_[i].fd >= 0 && members_[i].revents != 0) Read(i);
      }
    }
  }

 private:
  void Read(std::size_t index) {
    char buffer[4096];
    const ssize_t bytes = recv(members_[index].fd, buffer, sizeof buffer, MSG_DONTWAIT);
    if (bytes > 0) {
      answers_[index].append(buffer, static_cast<std::size_t>(bytes));
      return;
    }
    close(members_[index].fd);
    members_[index].fd = -1;  // poll skips it
    ++ended_;
  }

  std::vector<pollfd> members_;
  std::vector<std::string> answers_;
  std::size_t ended_ = 0;
};

class RestCrowdTest : public testing::Test {
 protected:
  void Start(const std::function<void(server::ServeOptions&)>& configure) {
    upstream_.On("GET /render/task-runs/well", Script::Respond(200, R"({"id":"well"})"));
    portico_ = std::make_unique<RunningPortico>(
        RunningPortico::Options{upstream_.base_uri(), "test-token", configure});
  }

  void ExpectOthersAreServed() {
    HttpCaller other(portico_->rest_address());
    other.Request("GET", "/v1/task-runs/well");
    EXPECT_EQ(other.ReadResponse().body, R"({"id":"well"})");
  }

  // A byte a second from each until Portico has enough of all of them.
  void ExpectCutOff(SlowCrowd& crowd) {
    const auto start = Clock::now();
    while (crowd.open() > 0 && Clock::now() - start < kPatience) {
      crowd.SendByte();
      ExpectOthersAreServed();
      crowd.Read();
    }
    EXPECT_EQ(crowd.open(), 0u);
  }

  ScriptedUpstream upstream_;
  std::unique_ptr<RunningPortico> portico_;
};

TEST_F(RestCrowdTest, AThousandHeadsAByteASecondAreCutOffInTime) {
  Start([](server::ServeOptions& options) { options.rest.limits.head = absl::Seconds(2); });
  SlowCrowd crowd(portico_->rest_address(), 1000 / kShare,
                  "GET /v1/task-runs/trn-1 HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
  ExpectCutOff(crowd);
  EXPECT_EQ(crowd.Answered("408 "), 1000 / kShare);
}

TEST_F(RestCrowdTest, AThousandBodiesAByteASecondAreCutOffInTime) {
  Start([](server::ServeOptions& options) { options.rest.limits.body_pause = absl::Seconds(2); });
  SlowCrowd crowd(portico_->rest_address(), 1000 / kShare,
                  "POST /v1/task-runs HTTP/1.1\r\nHost: localhost\r\n"
                  "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n");
  ExpectCutOff(crowd);
  EXPECT_EQ(crowd.Answered("408 "), 1000 / kShare);
}

std::int64_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  std::int64_t size = 0, resident = 0;
  statm >> size >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

// Callers in a process of their own: the descriptors of one would not do for both
// ends. Between fork and _exit there are system calls only.
class IdleCrowd {
 public:
  IdleCrowd(const std::string& address, int size) {
    if (pipe(ready_) != 0 || pipe(stop_) != 0) std::abort();
    process_ = fork();
    if (process_ == 0) Live(address, size);
    close(ready_[1]);
    close(stop_[0]);
    if (read(ready_[0], &connected_, sizeof connected_) != sizeof connected_) connected_ = -1;
  }
  ~IdleCrowd() {
    close(stop_[1]);
    close(ready_[0]);
    waitpid(process_, nullptr, 0);
  }

  // How many have been answered and keep their connection.
  int connected() const { return connected_; }

 private:
  [[noreturn]] void Live(const std::string& address, int size) {
    // Portico's ends of other connections must be its alone.
    for (int fd = 3; fd < 1000; ++fd) {
      if (fd != ready_[1] && fd != stop_[0]) close(fd);
    }
    static constexpr char kRequest[] = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    char buffer[4096];
    int connected = 0;
    for (; connected < size; ++connected) {
      const int connection = Connect(address);
      if (connection < 0 || send(connection, kRequest, sizeof kRequest - 1, MSG_NOSIGNAL) < 0 ||
          recv(connection, buffer, sizeof buffer, 0) <= 0) {
        break;
      }
    }
    if (write(ready_[1], &connected, sizeof connected) < 0) _exit(1);
    _exit(static_cast<int>(read(stop_[0], buffer, 1)));  // until the parent closes
  }

  int ready_[2], stop_[2];
  pid_t process_;
  int connected_ = 0;
};

TEST_F(RestCrowdTest, TenThousandIdleConnectionsCostLittleAndHinderNobody) {
  Start([](server::ServeOptions&) {});
  ExpectOthersAreServed();
  rlimit descriptors;
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &descriptors), 0);
  constexpr int kCrowd = 10'000 / kShare;
  if (descriptors.rlim_cur < kCrowd + 200) GTEST_SKIP() << "too few descriptors";

  const std::int64_t before = ResidentBytes();
  IdleCrowd crowd(portico_->rest_address(), kCrowd);
  EXPECT_EQ(crowd.connected(), kCrowd);
  for (int i = 0; i < 100; ++i) ExpectOthersAreServed();
  const std::int64_t each = (ResidentBytes() - before) / kCrowd;
  RecordProperty("bytes_a_connection", std::to_string(each));
  if (kShare == 1) {
    EXPECT_LT(each, 10 * 1024);
  }
}

}  // namespace
}  // namespace portico
