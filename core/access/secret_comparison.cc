#include "core/access/secret_comparison.h"

#include <cstddef>

namespace portico::access {

bool IsSecret(absl::string_view shown, absl::string_view secret) {
  if (secret.empty()) return false;  // what the operator configured, not what the caller sent
  // Volatile: the compiler may not leave the loop at the first difference.
  volatile unsigned char differs = shown.size() == secret.size() ? 0 : 1;
  std::size_t at = 0;
  for (const char c : shown) {
    const auto other = static_cast<unsigned char>(secret[at]);
    differs = static_cast<unsigned char>(differs | (static_cast<unsigned char>(c) ^ other));
    // Round and round a shorter secret, without a branch on where it ends.
    at = (at + 1) % secret.size();
  }
  return differs == 0;
}

}  // namespace portico::access
