#include "core/codec/wire_writer.h"

#include <algorithm>

namespace portico::codec {

void WireWriter::Grow(std::size_t n) {
  out_.resize(std::max(position_ + n, out_.size() + out_.size() / 2));
  data_ = out_.data();
  size_ = out_.size();
}

void WireWriter::Finish() {
  const std::size_t end = position_ + growth_;
  if (growth_ != 0) {
    Reserve(growth_);
    std::size_t from = position_;  // end of what is not yet moved
    std::size_t to = end;          // where that end belongs
    for (std::size_t i = lengths_.size(); i-- > 0;) {
      const Length& length = lengths_[i];
      const std::size_t size = from - length.at - 1;
      to -= size;
      std::memmove(data_ + to, data_ + length.at + 1, size);
      to -= VarintSize(length.value);
      from = length.at;
      position_ = to;
      AppendVarint(length.value);
    }
  }
  out_.resize(end);
}

}  // namespace portico::codec
