#include "server/capability_batch.h"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <optional>
#include <thread>
#include <utility>

#include "core/capability/capability_parser.h"

namespace portico::server {
namespace {

// A thread for fewer files costs more than it brings.
constexpr std::size_t kFilesPerThread = 8;

struct Parsed {
  std::optional<capability::Capability> capability;
  capability::Findings findings;
};

}  // namespace

std::vector<capability::Capability> ParseCapabilities(const std::vector<CapabilityText>& texts,
                                                      capability::Findings* findings) {
  std::vector<Parsed> parsed(texts.size());
  std::atomic<std::size_t> next{0};
  const auto parse = [&] {
    for (std::size_t i = next++; i < texts.size(); i = next++) {
      parsed[i].capability =
          capability::ParseCapability(texts[i].file, texts[i].text, &parsed[i].findings);
    }
  };
  const std::size_t wanted =
      std::min<std::size_t>(std::thread::hardware_concurrency(), texts.size() / kFilesPerThread);
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < wanted; ++i) others.emplace_back(parse);
  parse();
  for (std::thread& other : others) other.join();

  std::vector<capability::Capability> capabilities;
  for (Parsed& one : parsed) {
    std::move(one.findings.begin(), one.findings.end(), std::back_inserter(*findings));
    if (one.capability.has_value()) capabilities.push_back(*std::move(one.capability));
  }
  return capabilities;
}

}  // namespace portico::server
