// memcpy for texts that are mostly shorter than 32 bytes, without a call.
#ifndef PORTICO_CORE_CODEC_SHORT_COPY_H_
#define PORTICO_CORE_CODEC_SHORT_COPY_H_

#include <cstddef>
#include <cstring>

namespace portico::codec {

namespace internal {

// Two blocks that overlap in the middle cover N to 2 * N bytes.
template <std::size_t N>
inline void CopyEnds(char* to, const char* from, std::size_t n) {
  char head[N], tail[N];
  std::memcpy(head, from, N);
  std::memcpy(tail, from + n - N, N);
  std::memcpy(to, head, N);
  std::memcpy(to + n - N, tail, N);
}

}  // namespace internal

// `from` may be null when `n` is 0.
inline void CopyShort(char* to, const char* from, std::size_t n) {
  if (n > 32) {
    std::memcpy(to, from, n);
  } else if (n >= 16) {
    internal::CopyEnds<16>(to, from, n);
  } else if (n >= 8) {
    internal::CopyEnds<8>(to, from, n);
  } else if (n >= 4) {
    internal::CopyEnds<4>(to, from, n);
  } else if (n > 0) {
    to[0] = from[0];
    to[n / 2] = from[n / 2];
    to[n - 1] = from[n - 1];
  }
}

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_SHORT_COPY_H_
