// Which brackets are open: a stack of one bit each, of any depth. The first 64
// cost no memory from the heap.
#ifndef PORTICO_CORE_CODEC_NESTING_H_
#define PORTICO_CORE_CODEC_NESTING_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace portico::codec {

class Nesting {
 public:
  void Open(bool is_object) {
    if (depth_ != 0 && depth_ % 64 == 0) outer_.push_back(top_);
    top_ = top_ << 1 | static_cast<std::uint64_t>(is_object);
    ++depth_;
  }

  // Only when something is open.
  void Close() {
    --depth_;
    if (depth_ != 0 && depth_ % 64 == 0) {
      top_ = outer_.back();
      outer_.pop_back();
    } else {
      top_ >>= 1;
    }
  }

  bool empty() const { return depth_ == 0; }
  bool in_object() const { return (top_ & 1) != 0; }  // only when something is open

 private:
  std::uint64_t top_ = 0;
  std::size_t depth_ = 0;
  std::vector<std::uint64_t> outer_;
};

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_NESTING_H_
