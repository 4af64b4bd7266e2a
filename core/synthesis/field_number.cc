#include "core/synthesis/field_number.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "core/synthesis/stable_hash.h"

namespace portico::synthesis {
namespace {

int NumberOf(absl::string_view name, std::uint64_t attempt) {
  constexpr std::uint64_t kNumbers = kLastParameterNumber - kFirstParameterNumber + 1;
  return kFirstParameterNumber + static_cast<int>(StableHash(name, attempt) % kNumbers);
}

}  // namespace

int ParameterNumber(absl::string_view name) { return NumberOf(name, 0); }

std::vector<int> ParameterNumbers(const std::vector<std::string>& names,
                                  std::vector<std::pair<std::size_t, std::size_t>>* clashes) {
  std::vector<std::size_t> order(names.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return names[a] < names[b]; });
  std::vector<int> numbers(names.size());
  std::map<int, std::size_t> taken;
  for (const std::size_t i : order) {
    for (std::uint64_t attempt = 0;; ++attempt) {
      numbers[i] = NumberOf(names[i], attempt);
      const auto [first, fresh] = taken.emplace(numbers[i], i);
      if (fresh) break;
      clashes->emplace_back(first->second, i);
    }
  }
  return numbers;
}

}  // namespace portico::synthesis
