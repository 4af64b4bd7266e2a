#include "core/codec/message_plan.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace portico::codec {
namespace {

constexpr std::uint16_t kNoField = std::numeric_limits<std::uint16_t>::max();
// Fields up to here are found by indexing, others by bisection.
constexpr std::uint32_t kMaxIndexedNumber = 255;

template <std::size_t n>
std::uint64_t Load(const char* p) {
  std::uint64_t word = 0;
  std::memcpy(&word, p, n);
  return word;
}

// Both ends and the length tell the keys of one message apart well enough.
std::size_t HashKey(absl::string_view key) {
  const std::size_t n = key.size();
  const char* const p = key.data();
  std::uint64_t head, tail;
  if (n >= 8) {
    head = Load<8>(p);
    tail = Load<8>(p + n - 8);
  } else if (n >= 4) {
    head = Load<4>(p);
    tail = Load<4>(p + n - 4);
  } else {
    head = n > 0 ? Load<1>(p) : 0;
    tail = n > 0 ? Load<1>(p + n - 1) << 8 | Load<1>(p + n / 2) : 0;
  }
  const std::uint64_t mixed =
      (head ^ n) * 0x9E3779B97F4A7C15 + (tail ^ (tail >> 29)) * 0xC2B2AE3D27D4EB4F;
  return mixed >> 32 ^ mixed;
}

}  // namespace

WireType WireTypeOf(Kind kind) {
  switch (kind) {
    case Kind::kBool:
    case Kind::kInt32:
    case Kind::kInt64:
    case Kind::kUint32:
    case Kind::kUint64:
    case Kind::kSint32:
    case Kind::kSint64:
      return WireType::kVarint;
    case Kind::kFixed32:
    case Kind::kSfixed32:
      return WireType::kFixed32;
    case Kind::kFixed64:
    case Kind::kSfixed64:
    case Kind::kDouble:
      return WireType::kFixed64;
    default:
      return WireType::kBytes;
  }
}

const FieldPlan* MessagePlan::FindKey(absl::string_view json_name) const {
  const std::size_t mask = by_key.size() - 1;
  for (std::size_t slot = HashKey(json_name) & mask;; slot = (slot + 1) & mask) {
    const std::uint16_t index = by_key[slot];
    if (index == kNoField) return nullptr;
    const FieldPlan& field = fields[index];
    if (field.json_name.size() == json_name.size() &&
        std::memcmp(field.json_name.data(), json_name.data(), json_name.size()) == 0) {
      return &field;
    }
  }
}

const FieldPlan* MessagePlan::FindNumber(std::uint32_t number) const {
  if (number < by_number.size()) {
    const std::uint16_t index = by_number[number];
    return index == kNoField ? nullptr : &fields[index];
  }
  const auto found = std::lower_bound(
      fields.begin(), fields.end(), number,
      [](const FieldPlan& field, std::uint32_t wanted) { return field.number < wanted; });
  return found == fields.end() || found->number != number ? nullptr : &*found;
}

void IndexFields(MessagePlan* plan) {
  std::size_t size = 4;
  while (size < 3 * plan->fields.size()) size *= 2;
  plan->by_key.assign(size, kNoField);
  std::uint32_t last = 0;
  for (const FieldPlan& field : plan->fields) {
    std::size_t slot = HashKey(field.json_name) & (size - 1);
    while (plan->by_key[slot] != kNoField) slot = (slot + 1) & (size - 1);
    plan->by_key[slot] = field.index;
    if (field.number <= kMaxIndexedNumber) last = field.number;
  }
  plan->by_number.assign(last + 1, kNoField);
  for (const FieldPlan& field : plan->fields) {
    if (field.number <= last) plan->by_number[field.number] = field.index;
  }
}

}  // namespace portico::codec
