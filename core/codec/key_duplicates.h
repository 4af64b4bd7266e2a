// Finds keys that occur more than once in an object.
//
// One thread at a time; keeps its memory for the next object.
#ifndef PORTICO_CORE_CODEC_KEY_DUPLICATES_H_
#define PORTICO_CORE_CODEC_KEY_DUPLICATES_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"

namespace portico::codec {

class KeyDuplicates {
 public:
  // Calls `on_overridden(i)` for every i in [0, n) with an equal key after it;
  // `key(i)` is the key. True when there is one.
  template <class Key, class OnOverridden>
  bool Find(std::size_t n, Key key, OnOverridden on_overridden) {
    return n <= kFewKeys ? FindAmongFew(n, key, on_overridden)
                         : FindAmongMany(n, key, on_overridden);
  }

  void Trim() {
    if (slots_.capacity() > kMaxKeptSlots) std::vector<std::uint32_t>().swap(slots_);
  }

 private:
  // Below, comparing all pairs is faster than hashing.
  static constexpr std::size_t kFewKeys = 10;
  static constexpr std::size_t kMaxKeptSlots = 1 << 16;
  static constexpr std::uint32_t kFree = std::numeric_limits<std::uint32_t>::max();

  template <class Key, class OnOverridden>
  bool FindAmongFew(std::size_t n, Key key, OnOverridden on_overridden) {
    bool found = false;
    for (std::size_t i = 0; i < n; ++i) {
      const absl::string_view earlier = key(i);
      for (std::size_t j = i + 1; j < n; ++j) {
        const absl::string_view later = key(j);
        if (earlier.size() == later.size() && earlier == later) {
          on_overridden(i);
          found = true;
          break;
        }
      }
    }
    return found;
  }

  template <class Key, class OnOverridden>
  bool FindAmongMany(std::size_t n, Key key, OnOverridden on_overridden) {
    std::size_t size = 32;
    while (size < 2 * n) size *= 2;
    slots_.assign(size, kFree);
    bool found = false;
    for (std::size_t i = n; i-- > 0;) {  // the last of equal keys comes first
      const absl::string_view wanted = key(i);
      std::size_t slot = absl::HashOf(wanted) & (size - 1);
      while (slots_[slot] != kFree && key(slots_[slot]) != wanted) slot = (slot + 1) & (size - 1);
      if (slots_[slot] == kFree) {
        slots_[slot] = static_cast<std::uint32_t>(i);
      } else {
        on_overridden(i);
        found = true;
      }
    }
    return found;
  }

  std::vector<std::uint32_t> slots_;
};

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_KEY_DUPLICATES_H_
