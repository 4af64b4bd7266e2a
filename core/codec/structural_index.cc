#include "core/codec/structural_index.h"

#include <simdjson.h>

#include <algorithm>
#include <limits>

namespace portico::codec {
namespace {

// The index needs up to four bytes of memory per byte of text.
constexpr std::size_t kMinCapacity = 16 << 10;
constexpr std::size_t kMaxKeptCapacity = 1 << 20;

}  // namespace

StructuralIndex::StructuralIndex() = default;
StructuralIndex::~StructuralIndex() = default;

bool StructuralIndex::Reserve(std::size_t size) {
  if (stage_ != nullptr && size <= capacity_) return true;
  const std::size_t capacity = std::max(kMinCapacity, size + size / 2);
  stage_.reset();
  capacity_ = 0;
  const simdjson::implementation& simd = *simdjson::get_active_implementation();
  // The depth is the second stage's, which does not run.
  const auto error = simd.create_dom_parser_implementation(capacity, 1, stage_);
  if (error != simdjson::SUCCESS) return false;
  capacity_ = capacity;
  return true;
}

bool StructuralIndex::Build(absl::string_view text) {
  if (text.size() > std::numeric_limits<std::uint32_t>::max() / 2 || !Reserve(text.size())) {
    return false;
  }
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  if (stage_->stage1(bytes, text.size(), simdjson::stage1_mode::regular) != simdjson::SUCCESS) {
    return false;
  }
  const std::size_t count = stage_->n_structural_indexes;
  if (count < 2) return false;
  std::uint32_t* const offsets = stage_->structural_indexes.get();
  const char first = text[offsets[0]];
  const char last = text[offsets[count - 1]];
  if ((first != '{' && first != '[') || (last != '}' && last != ']')) return false;
  offsets[count] = offsets[0];
  return true;
}

const std::uint32_t* StructuralIndex::begin() const { return stage_->structural_indexes.get(); }

const std::uint32_t* StructuralIndex::end() const { return begin() + stage_->n_structural_indexes; }

void StructuralIndex::Trim() {
  if (capacity_ <= kMaxKeptCapacity) return;
  stage_.reset();
  capacity_ = 0;
}

}  // namespace portico::codec
