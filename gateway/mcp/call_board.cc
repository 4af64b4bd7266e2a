#include "gateway/mcp/call_board.h"

#include <iterator>

namespace portico::mcp {

CallBoard::Ticket CallBoard::Add(std::string key, Cancel cancel) {
  const std::lock_guard lock(mutex_);
  return Ticket(this, calls_.emplace(std::move(key), std::move(cancel)));
}

bool CallBoard::CancelOne(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto [begin, end] = calls_.equal_range(key);
  if (begin == end || std::next(begin) != end) return false;
  begin->second();
  return true;
}

void CallBoard::Remove(Calls::iterator place) {
  const std::lock_guard lock(mutex_);
  calls_.erase(place);
}

}  // namespace portico::mcp
