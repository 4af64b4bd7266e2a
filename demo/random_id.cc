#include "demo/random_id.h"

#include <cstdint>

#include "absl/strings/str_format.h"

namespace portico::demo {

std::string RandomId::Uuid() {
  const std::uint64_t high = (engine_() & ~0xF000ull) | 0x4000;
  const std::uint64_t low = (engine_() & ~(3ull << 62)) | 1ull << 63;
  return absl::StrFormat("%08x-%04x-%04x-%04x-%012x", high >> 32, high >> 16 & 0xFFFF,
                         high & 0xFFFF, low >> 48, low & 0xFFFFFFFFFFFFull);
}

std::string RandomId::Suffix(int length) {
  constexpr char kAlphabet[] = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::uniform_int_distribution<int> pick(0, sizeof(kAlphabet) - 2);
  std::string suffix;
  for (int i = 0; i < length; ++i) suffix += kAlphabet[pick(engine_)];
  return suffix;
}

}  // namespace portico::demo
