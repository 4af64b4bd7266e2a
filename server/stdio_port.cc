#include "server/stdio_port.h"

#include <unistd.h>

#include <cerrno>
#include <future>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/loop/run_on.h"
#include "gateway/mcp/json_rpc.h"

namespace portico::server {
namespace {

// Waits for a reader that is slow: the one client has nobody else to wait for. What a
// reader that is gone would have got is nobody's.
void WriteAll(int out, absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(out, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

// Bytes cut anywhere, as lines of at most kMaxLine.
class Lines {
 public:
  template <typename OnLine, typename OnTooLong>
  void Add(absl::string_view bytes, OnLine on_line, OnTooLong on_too_long) {
    while (!bytes.empty()) {
      const std::size_t end = bytes.find('\n');
      const absl::string_view piece = bytes.substr(0, end);
      if (line_.size() + piece.size() > StdioPort::kMaxLine) {
        if (!std::exchange(too_long_, true)) on_too_long();
      }
      if (too_long_) {
        line_.clear();
      } else {
        line_.append(piece.data(), piece.size());
      }
      if (end == absl::string_view::npos) return;
      if (!std::exchange(too_long_, false)) on_line(line_);
      line_.clear();
      bytes.remove_prefix(end + 1);
    }
  }

 private:
  std::string line_;
  bool too_long_ = false;
};

}  // namespace

void StdioPort::Change(mcp::StdioServed next) {
  served_ = std::move(next);
  if (session_ != nullptr) session_->Serve(served_);
}

void StdioPort::Serve(int in, int out) {
  const auto write = [out](absl::string_view message) {
    WriteAll(out, absl::StrCat(message, "\n"));
  };
  std::promise<void> idle;
  loop::RunOn(loop_,
              [&] { session_ = std::make_unique<mcp::StdioSession>(loop_, served_, write); });
  Lines lines;
  std::string bytes(64 * 1024, '\0');
  const auto take = [&](absl::string_view came) {
    lines.Add(
        came, [&](const std::string& line) { session_->TakeLine(line); },
        [&] {
          write(mcp::ErrorText(
              "", {mcp::kInvalidRequest, absl::StrCat("a message over ", kMaxLine, " bytes"), ""}));
        });
  };
  while (true) {
    const ssize_t got = ::read(in, bytes.data(), bytes.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    // Waiting here holds the client back while the loop is busy.
    loop::RunOn(loop_,
                [&] { take(absl::string_view(bytes.data(), static_cast<std::size_t>(got))); });
  }
  loop::RunOn(loop_, [&] {
    take("\n");  // the last line may lack its end
    session_->WhenIdle([&idle] { idle.set_value(); });
  });
  idle.get_future().wait_for(absl::ToChronoMilliseconds(kLastWords));
  loop::RunOn(loop_, [&] { session_.reset(); });
}

}  // namespace portico::server
