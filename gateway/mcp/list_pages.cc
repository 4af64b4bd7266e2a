#include "gateway/mcp/list_pages.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace portico::mcp {
namespace {

// FNV-1a: the same in every process, which std::hash does not promise. Items are JSON
// objects: no other items make the same text.
std::uint64_t FingerprintOf(const std::vector<absl::string_view>& items) {
  std::uint64_t hash = 14695981039346656037u;
  for (const absl::string_view item : items) {
    for (const char c : item) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  }
  return hash;
}

// Bound to the items, so that a page of other items is never taken for the next one.
std::string CursorOf(std::uint64_t fingerprint, std::size_t page) {
  if (page == 0) return "";
  return absl::WebSafeBase64Escape(absl::StrCat(absl::Hex(fingerprint), ":", page));
}

}  // namespace

ListPages::ListPages(absl::string_view member, const std::vector<absl::string_view>& items,
                     std::size_t page_size, absl::string_view modern_members)
    : fingerprint_(FingerprintOf(items)) {
  const std::size_t count = items.size();
  for (std::size_t begin = 0; begin == 0 || begin < count; begin += page_size) {
    const std::size_t end = std::min(count, begin + page_size);
    std::string text = absl::StrCat("{\"", member, "\":[");
    for (std::size_t i = begin; i < end; ++i) {
      absl::StrAppend(&text, i > begin ? "," : "", items[i]);
    }
    text += ']';
    if (end < count) {
      absl::StrAppend(&text, ",\"nextCursor\":\"", CursorOf(fingerprint_, pages_.size() + 1), "\"");
    }
    pages_.emplace(CursorOf(fingerprint_, pages_.size()),
                   Page{absl::StrCat(text, "}"), absl::StrCat(text, modern_members, "}")});
  }
}

const std::string* ListPages::Find(absl::string_view cursor, Era era) const {
  const auto page = pages_.find(cursor);
  if (page == pages_.end()) return nullptr;
  return era == Era::kModern ? &page->second.modern : &page->second.legacy;
}

}  // namespace portico::mcp
