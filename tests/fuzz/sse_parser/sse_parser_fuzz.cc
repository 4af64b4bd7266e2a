// However a stream is cut into reads, the parser must tell the same events, the
// same last id and retry, and the same failure; and hold what it promises of them.
//
// The input's first byte seeds the cuts and the limit; the rest is the stream.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "core/upstream/sse_parser.h"

namespace {

using portico::upstream::SseEvent;
using portico::upstream::SseParser;

struct Event {
  std::string id, name, data;
  bool has_id;
  std::optional<std::uint32_t> retry_ms;
  bool operator==(const Event&) const = default;
};

struct Outcome {
  std::vector<Event> events;
  bool failed = false;
  std::string last_event_id;
  std::optional<std::uint32_t> retry_ms;
  bool operator==(const Outcome&) const = default;
};

void Require(bool holds) {
  if (!holds) std::abort();
}

// Feeds pieces of `next_size()` bytes.
template <typename NextSize>
Outcome Parse(absl::string_view stream, std::size_t limit, NextSize next_size) {
  SseParser parser(limit);
  Outcome outcome;
  const auto on_event = [&](const SseEvent& event) {
    Require(event.data.size() + event.event.size() <= limit);
    Require(event.id.find('\0') == absl::string_view::npos);
    Require(event.event.find_first_of("\r\n") == absl::string_view::npos);
    Require(event.data.find('\r') == absl::string_view::npos);
    outcome.events.push_back({std::string(event.id), std::string(event.event),
                              std::string(event.data), event.has_id, event.retry_ms});
  };
  while (!stream.empty() && !outcome.failed) {
    const std::size_t size = std::min(next_size(), stream.size());
    // A copy of its own, so that the address sanitizer sees a read beyond its end.
    const std::string piece(stream.substr(0, size));
    outcome.failed = !parser.Feed(piece, on_event).ok();
    stream.remove_prefix(size);
  }
  outcome.last_event_id = parser.last_event_id();
  outcome.retry_ms = parser.retry_ms();
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::uint8_t seed = bytes[0];
  const absl::string_view stream(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  const std::size_t limit = seed % 2 == 0 ? 1 << 20 : seed;
  const Outcome whole = Parse(stream, limit, [&] { return stream.size(); });
  Require(Parse(stream, limit, [] { return std::size_t{1}; }) == whole);
  std::minstd_rand random(seed + 1);
  Require(Parse(stream, limit, [&] { return random() % 9; }) == whole);
  return 0;
}
