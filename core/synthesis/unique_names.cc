#include "core/synthesis/unique_names.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <set>
#include <tuple>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/synthesis/stable_hash.h"

namespace portico::synthesis {
namespace {

std::string Squeezed(const std::string& identifier) {
  std::string squeezed;
  for (const char c : identifier) {
    if (c != '_') squeezed.push_back(absl::ascii_tolower(c));
  }
  return squeezed;
}

std::string Numbered(const Name& name, const char* separator, std::uint64_t attempt) {
  return absl::StrCat(name.identifier, separator,
                      10000 + StableHash(name.written, attempt) % 90000);
}

}  // namespace

std::vector<std::string> UniqueNames(const std::vector<Name>& names, const char* separator) {
  std::vector<std::size_t> order(names.size());
  std::iota(order.begin(), order.end(), 0);
  const auto rank = [&](std::size_t i) {
    return std::tuple(names[i].written != names[i].identifier, names[i].written);
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
  std::vector<std::string> unique(names.size());
  std::set<std::string> taken;
  for (const std::size_t i : order) {
    unique[i] = names[i].identifier;
    for (std::uint64_t attempt = 0; !taken.insert(Squeezed(unique[i])).second; ++attempt) {
      unique[i] = Numbered(names[i], separator, attempt);
    }
  }
  return unique;
}

}  // namespace portico::synthesis
