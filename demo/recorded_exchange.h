// An exchange that keeps what it is told, so that a stand-in's routes are tested
// without sockets.
//
// Threads: one.
#ifndef PORTICO_DEMO_RECORDED_EXCHANGE_H_
#define PORTICO_DEMO_RECORDED_EXCHANGE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "demo/exchange.h"

namespace portico::demo {

struct RecordedAnswer {
  int status = 0;  // 0: no head yet
  std::string lines;
  std::string body;                 // the chunks of a stream joined
  std::vector<std::string> chunks;  // of a stream
  bool chunked = false;
  bool whole = false;    // replied or ended
  bool dropped = false;  // the exchange was destroyed before that
  absl::AnyInvocable<void() &&> gone;

  // The caller goes away.
  void GoAway() {
    if (gone) std::exchange(gone, nullptr)();
  }
};

class RecordedExchange : public Exchange {
 public:
  explicit RecordedExchange(std::shared_ptr<RecordedAnswer> answer) : answer_(std::move(answer)) {}
  ~RecordedExchange() override { answer_->dropped = !answer_->whole; }

  void Reply(const ResponseHead& head, absl::string_view body) override {
    answer_->status = head.status;
    answer_->lines = head.lines;
    answer_->body = std::string(body);
    answer_->whole = true;
  }
  void Open(const ResponseHead& head) override {
    answer_->status = head.status;
    answer_->lines = head.lines;
    answer_->chunked = true;
  }
  void Write(absl::string_view chunk) override {
    answer_->chunks.emplace_back(chunk);
    answer_->body.append(chunk.data(), chunk.size());
  }
  void End() override { answer_->whole = true; }
  void OnGone(absl::AnyInvocable<void() &&> gone) override { answer_->gone = std::move(gone); }

 private:
  std::shared_ptr<RecordedAnswer> answer_;
};

// Sends `request` to `handler` and returns the answer, which may still grow.
inline std::shared_ptr<RecordedAnswer> Send(const Handler& handler, const Request& request) {
  auto answer = std::make_shared<RecordedAnswer>();
  handler(request, std::make_unique<RecordedExchange>(answer));
  return answer;
}

}  // namespace portico::demo

#endif  // PORTICO_DEMO_RECORDED_EXCHANGE_H_
