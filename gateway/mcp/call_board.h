// The legacy calls in flight on all loops, so that `notifications/cancelled`, which
// comes as a request of its own and perhaps on another loop, finds the one it means.
//
// There are no sessions to tell callers apart, and clients count their request ids from
// 0. So a call is known by its id together with what the caller's header says of who it
// is, and is cancelled only when it is the only such one (docs/adr/0028). A modern caller
// closes the response instead.
//
// Any thread. It must outlive its tickets.
#ifndef PORTICO_GATEWAY_MCP_CALL_BOARD_H_
#define PORTICO_GATEWAY_MCP_CALL_BOARD_H_

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace portico::mcp {

class CallBoard {
 public:
  // Runs at most once, on any thread, while the board is locked: it only posts.
  using Cancel = std::function<void()>;

 private:
  using Calls = std::multimap<std::string, Cancel>;

 public:
  // A call's entry, taken off with it.
  class Ticket {
   public:
    Ticket() = default;
    Ticket(Ticket&& other) noexcept
        : board_(std::exchange(other.board_, nullptr)), place_(other.place_) {}
    Ticket& operator=(Ticket&& other) noexcept {
      std::swap(board_, other.board_);
      std::swap(place_, other.place_);
      return *this;
    }
    ~Ticket() {
      if (board_ != nullptr) board_->Remove(place_);
    }

   private:
    friend class CallBoard;
    Ticket(CallBoard* board, Calls::iterator place) : board_(board), place_(place) {}
    CallBoard* board_ = nullptr;
    Calls::iterator place_;
  };

  Ticket Add(std::string key, Cancel cancel);
  // Whether there was exactly one.
  bool CancelOne(const std::string& key);

 private:
  void Remove(Calls::iterator place);

  std::mutex mutex_;
  Calls calls_;  // guarded by mutex_
};

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_CALL_BOARD_H_
