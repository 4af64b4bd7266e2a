// However a connection's bytes are cut into reads, the same requests must come of
// them, with the same bodies and the same refusal; and what comes must be what
// gateway/http/request_head.h promises.
//
// The input's first byte seeds the cuts and the limits; the rest is what a caller
// sends on one connection.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "gateway/http/request_body.h"
#include "gateway/http/request_parser.h"

namespace {

using portico::http::Limits;
using portico::http::ParsedRequest;
using portico::http::RequestBody;
using portico::http::RequestHead;
using portico::http::RequestParser;

void Require(bool holds) {
  if (!holds) std::abort();
}

struct Seen {
  std::vector<std::string> heads;
  std::vector<std::string> bodies;
  std::string refused;
  bool operator==(const Seen&) const = default;
};

void CheckPromises(const RequestHead& head, const Limits& limits) {
  Require(!head.method.empty());
  Require(head.target == "*" ? head.method == "OPTIONS" : head.target[0] == '/');
  Require(head.target.size() <= limits.target_bytes);
  Require(head.http_1_0 || !head.host.empty());
  Require(head.fields.size() <= limits.fields);
  Require(!head.content_length || (head.has_body && *head.content_length > 0));
  std::size_t hosts = 0;
  for (const auto& field : head.fields) {
    Require(!field.name.empty());
    Require(field.value.find_first_of(absl::string_view("\r\n\0", 3)) == absl::string_view::npos);
    hosts += field.name.size() == 4 && std::tolower(field.name[0]) == 'h' &&
             head.Find("host") == &field.value;
  }
  Require(hosts == 1 || head.http_1_0);
}

// One connection, as its owner would read it.
class Reader {
 public:
  explicit Reader(const Limits& limits) : limits_(limits), parser_(limits) {}

  // Returns false once it has refused.
  bool Feed(absl::string_view bytes) {
    kept_.append(bytes.data(), bytes.size());
    // A copy of its own, so that the address sanitizer sees a read beyond its end.
    const std::string copy = kept_;
    absl::string_view rest = copy;
    while (seen.refused.empty() && (body_.done() ? Head(&rest) : Body(&rest))) {
    }
    kept_ = std::string(rest);
    return seen.refused.empty();
  }

  Seen seen;

 private:
  bool Head(absl::string_view* rest) {
    const auto result = parser_.Parse(*rest, &scanned_);
    if (result == RequestParser::Result::kNeedMore) return false;
    scanned_ = 0;
    if (result == RequestParser::Result::kRefused) return Refuse(parser_.refusal().detail);
    const ParsedRequest& request = parser_.request();
    CheckPromises(request.head, limits_);
    Require(request.size > 0 && request.size <= rest->size());
    seen.heads.emplace_back(rest->substr(0, request.size));
    seen.bodies.emplace_back();
    body_ = request.chunked ? RequestBody::Chunked()
                            : RequestBody::OfLength(request.head.content_length.value_or(0));
    rest->remove_prefix(request.size);
    return true;
  }

  bool Body(absl::string_view* rest) {
    if (rest->empty()) return false;
    const absl::string_view piece = body_.Next(rest);
    seen.bodies.back().append(piece.data(), piece.size());
    return !body_.malformed() || Refuse("body");
  }

  bool Refuse(const std::string& why) {
    seen.refused = why;
    return false;
  }

  Limits limits_;
  RequestParser parser_;
  RequestBody body_;
  std::size_t scanned_ = 0;
  std::string kept_;
};

template <typename NextSize>
Seen Read(absl::string_view stream, const Limits& limits, NextSize next_size) {
  Reader reader(limits);
  while (!stream.empty()) {
    const std::size_t size = std::min<std::size_t>(next_size(), stream.size());
    if (!reader.Feed(stream.substr(0, size))) break;
    stream.remove_prefix(size);
  }
  return reader.seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::uint8_t seed = bytes[0];
  const absl::string_view stream(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  Limits limits;
  if (seed % 2 == 1) {
    limits.target_bytes = seed;
    limits.head_bytes = 4 * seed;
    limits.fields = seed % 8;
  }
  const Seen whole = Read(stream, limits, [&] { return stream.size(); });
  Require(Read(stream, limits, [] { return 1; }) == whole);
  std::minstd_rand random(seed + 1);
  Require(Read(stream, limits, [&] { return 1 + random() % 19; }) == whole);
  return 0;
}
