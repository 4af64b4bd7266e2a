// A hash that is the same in every process, release and machine: what clients keep
// (field numbers, names) may hang on it. Never change it.
#ifndef PORTICO_CORE_SYNTHESIS_STABLE_HASH_H_
#define PORTICO_CORE_SYNTHESIS_STABLE_HASH_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace portico::synthesis {

// FNV-1a of 64 bits, then the finaliser of MurmurHash3: FNV alone leaves the low
// bits of short names too much alike.
inline std::uint64_t StableHash(absl::string_view text, std::uint64_t salt = 0) {
  std::uint64_t hash = 0xCBF29CE484222325u ^ salt;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  hash = (hash ^ hash >> 33) * 0xFF51AFD7ED558CCDu;
  hash = (hash ^ hash >> 33) * 0xC4CEB9FE1A85EC53u;
  return hash ^ hash >> 33;
}

}  // namespace portico::synthesis

#endif  // PORTICO_CORE_SYNTHESIS_STABLE_HASH_H_
