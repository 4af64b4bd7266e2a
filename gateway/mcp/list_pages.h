// The results of a list method, written once: serving one is handing out bytes.
//
// Immutable; any thread.
#ifndef PORTICO_GATEWAY_MCP_LIST_PAGES_H_
#define PORTICO_GATEWAY_MCP_LIST_PAGES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "gateway/mcp/era.h"

namespace portico::mcp {

class ListPages {
 public:
  // `member` holds the list, e.g. "tools"; `items` are JSON. `modern_members` are added
  // to each modern page, e.g. `,"ttlMs":1`.
  ListPages(absl::string_view member, const std::vector<absl::string_view>& items,
            std::size_t page_size, absl::string_view modern_members);

  // The page after `cursor`; the first one for "". Null for a cursor that is not of
  // these very items.
  const std::string* Find(absl::string_view cursor, Era era) const;

  // Another number when any item is another, in every process the same.
  std::uint64_t fingerprint() const { return fingerprint_; }

 private:
  struct Page {
    std::string legacy;
    std::string modern;
  };
  const std::uint64_t fingerprint_;
  absl::flat_hash_map<std::string, Page> pages_;  // by cursor; at least one
};

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_LIST_PAGES_H_
