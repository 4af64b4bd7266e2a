#include "tests/fakes/script.h"

#include <cstdio>

namespace portico::fakes {

void Gate::Open() {
  std::vector<std::function<void()>> waiting;
  {
    const std::lock_guard lock(mutex_);
    open_ = true;
    waiting.swap(waiting_);
  }
  for (auto& then : waiting) then();
}

void Gate::WhenOpen(std::function<void()> then) {
  {
    const std::lock_guard lock(mutex_);
    if (!open_) {
      waiting_.push_back(std::move(then));
      return;
    }
  }
  then();
}

Script Script::Respond(int status, const std::string& body, const std::string& headers) {
  Script script;
  script.Send("HTTP/1.1 " + std::to_string(status) + " Scripted\r\n" + headers +
              "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  return script;
}

Script Script::EventStream() {
  Script script;
  script.Send(
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
  return script;
}

Script& Script::SendBytewise(const std::string& bytes) {
  for (const char byte : bytes) Send(std::string(1, byte));
  return *this;
}

Script& Script::Repeat(std::string bytes, std::size_t times) {
  steps_.push_back({Step::Kind::kSend, std::move(bytes), times, nullptr});
  return *this;
}

Script& Script::Chunk(const std::string& bytes) {
  char size[20];
  std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
  return Send(size + bytes + "\r\n");
}

Script& Script::Await(std::shared_ptr<Gate> gate) {
  steps_.push_back({Step::Kind::kAwait, "", 1, std::move(gate)});
  return *this;
}

Script& Script::Close() {
  steps_.push_back({Step::Kind::kClose, "", 1, nullptr});
  return *this;
}

Script& Script::Reset() {
  steps_.push_back({Step::Kind::kReset, "", 1, nullptr});
  return *this;
}

Script& Script::Hang() {
  steps_.push_back({Step::Kind::kHang, "", 1, nullptr});
  return *this;
}

}  // namespace portico::fakes
