#include "gateway/http/output_queue.h"

#include <array>

namespace portico::http {
namespace {

// An idle event stream keeps no more than this.
constexpr std::size_t kKeptCapacity = 1024;

}  // namespace

bool OutputQueue::Send(Transport& transport, absl::Span<const absl::string_view> pieces) {
  std::size_t sent = 0;
  if (!blocked_) {
    std::array<absl::string_view, kMaxPieces + 1> all;
    all[0] = absl::string_view(bytes_).substr(sent_);
    std::size_t total = all[0].size();
    for (std::size_t i = 0; i < pieces.size(); ++i) total += (all[i + 1] = pieces[i]).size();
    if (total == 0) return true;
    const auto result = transport.Write(absl::MakeSpan(all.data(), pieces.size() + 1));
    if (result.outcome == Transport::Outcome::kDone) sent = result.bytes;
    if (result.outcome == Transport::Outcome::kError) return false;
    blocked_ = sent < total;
  }
  const std::size_t of_kept = std::min(sent, size());
  sent_ += of_kept;
  sent -= of_kept;
  if (size() == 0) {
    bytes_.clear();
    sent_ = 0;
  }
  for (const absl::string_view piece : pieces) {
    const std::size_t of_piece = std::min(sent, piece.size());
    sent -= of_piece;
    bytes_.append(piece.data() + of_piece, piece.size() - of_piece);
  }
  return true;
}

bool OutputQueue::Resume(Transport& transport) {
  blocked_ = false;
  if (!Send(transport, {})) return false;
  // What has gone out must not pile up in front of what a slow reader has yet to take.
  if (sent_ > bytes_.size() / 2) {
    bytes_.erase(0, sent_);
    sent_ = 0;
  }
  if (bytes_.empty()) Shrink();
  return true;
}

void OutputQueue::Shrink() {
  if (bytes_.empty() && bytes_.capacity() > kKeptCapacity) bytes_ = std::string();
}

}  // namespace portico::http
