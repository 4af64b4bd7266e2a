// What a ScriptedUpstream does with one request: exact bytes, waits, endings.
//
//   auto go = std::make_shared<Gate>();
//   Script()
//       .Send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab")
//       .Await(go)      // until the test calls go->Open()
//       .Reset();       // mid-body
//
// A script that ends without Close, Reset or Hang leaves the connection open for
// the next request.
#ifndef PORTICO_TESTS_FAKES_SCRIPT_H_
#define PORTICO_TESTS_FAKES_SCRIPT_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace portico::fakes {

// A latch that scripts wait for and the test opens, instead of sleeping. Any thread.
class Gate {
 public:
  // Lets all waiting and coming scripts pass.
  void Open();
  // Runs `then` when the gate is open, at once if it is. For ScriptedUpstream.
  void WhenOpen(std::function<void()> then);

 private:
  std::mutex mutex_;
  bool open_ = false;
  std::vector<std::function<void()>> waiting_;
};

class Script {
 public:
  struct Step {
    enum class Kind { kSend, kAwait, kClose, kReset, kHang } kind;
    std::string bytes;
    std::size_t times = 1;
    std::shared_ptr<Gate> gate;
  };

  Script() = default;

  // A whole response with Content-Length. `headers`: lines, each ended by CRLF.
  static Script Respond(int status, const std::string& body,
                        const std::string& headers = "Content-Type: application/json\r\n");
  // The head of a chunked event stream; go on with Chunk and LastChunk.
  static Script EventStream();

  // Bytes as they are, by one write.
  Script& Send(std::string bytes) { return Repeat(std::move(bytes), 1); }
  // One write for each byte.
  Script& SendBytewise(const std::string& bytes);
  // The same bytes so many times over, without holding them all.
  Script& Repeat(std::string bytes, std::size_t times);
  // One chunk of a chunked body (not empty).
  Script& Chunk(const std::string& bytes);
  Script& LastChunk() { return Send("0\r\n\r\n"); }

  Script& Await(std::shared_ptr<Gate> gate);
  Script& Close();  // FIN, over TLS after close_notify
  Script& Reset();  // RST
  Script& Hang();   // nothing more, until the peer goes away

  const std::vector<Step>& steps() const { return steps_; }

 private:
  std::vector<Step> steps_;
};

}  // namespace portico::fakes

#endif  // PORTICO_TESTS_FAKES_SCRIPT_H_
