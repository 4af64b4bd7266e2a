#include "gateway/page/asset.h"

namespace portico::page {

const Asset* FindAsset(absl::string_view path) {
  for (const Asset& asset : Assets()) {
    if (asset.path == path) return &asset;
  }
  return nullptr;
}

}  // namespace portico::page
