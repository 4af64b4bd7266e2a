// MCP on two file descriptors: a thread that reads lines, and a session on a loop that
// answers them.
//
// Threads: Serve from one that is not the loop's, which must be running.
#ifndef PORTICO_SERVER_STDIO_PORT_H_
#define PORTICO_SERVER_STDIO_PORT_H_

#include <cstddef>
#include <memory>
#include <utility>

#include "absl/time/time.h"
#include "core/loop/event_loop.h"
#include "gateway/mcp/stdio_session.h"

namespace portico::server {

class StdioPort {
 public:
  // A longer line is answered by an error and passed over.
  static constexpr std::size_t kMaxLine = 4 * 1024 * 1024;
  // What is in flight when the input ends may finish so long: who pipes one request in
  // has ended the input before the answer is there, and clients that close their end
  // want the process gone at once.
  static constexpr absl::Duration kLastWords = absl::Milliseconds(50);

  StdioPort(loop::EventLoop& loop, mcp::StdioServed first)
      : loop_(loop), served_(std::move(first)) {}

  // As StdioSession::Serve. On the loop's thread, while the port lives.
  void Change(mcp::StdioServed next);

  // Once. Blocks until `in` ends or cannot be read. Writes nothing but messages to `out`.
  void Serve(int in, int out);

 private:
  loop::EventLoop& loop_;
  mcp::StdioServed served_;                     // on the loop, like the session
  std::unique_ptr<mcp::StdioSession> session_;  // while serving
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_STDIO_PORT_H_
