#include "core/codec/scalar_printer.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace portico::codec {
namespace {

std::int64_t UnZigZag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1 ^ (~(value & 1) + 1));
}

bool InInt32(std::int64_t value) {
  return value >= std::numeric_limits<std::int32_t>::min() &&
         value <= std::numeric_limits<std::int32_t>::max();
}

const char* PrintInteger(Kind kind, std::uint64_t value, JsonWriter* out) {
  std::int64_t integer = static_cast<std::int64_t>(value);
  bool in_range = true;
  switch (kind) {
    case Kind::kUint64:
    case Kind::kFixed64:
      out->Uint64(value);
      return nullptr;
    case Kind::kUint32:
    case Kind::kFixed32:
      in_range = value <= std::numeric_limits<std::uint32_t>::max();
      break;
    case Kind::kInt32:
      in_range = InInt32(integer);
      break;
    case Kind::kSfixed32:
      integer = static_cast<std::int32_t>(static_cast<std::uint32_t>(value));
      break;
    case Kind::kSint32:
      integer = UnZigZag(value);
      in_range = InInt32(integer);
      break;
    case Kind::kSint64:
      integer = UnZigZag(value);
      break;
    default:
      break;
  }
  if (!in_range) return "more than 32 bits";
  out->Int64(integer);
  return nullptr;
}

}  // namespace

const char* PrintScalar(Kind kind, const WireField& field, JsonWriter* out) {
  switch (kind) {
    case Kind::kString:
      return out->String(field.bytes) ? nullptr : "not UTF-8";
    case Kind::kBool:
      out->Raw(field.scalar != 0 ? "true" : "false");
      return nullptr;
    case Kind::kDouble: {
      const double value = std::bit_cast<double>(field.scalar);
      if (!std::isfinite(value)) return "JSON has no NaN and no infinity";
      out->Double(value);
      return nullptr;
    }
    default:
      return PrintInteger(kind, field.scalar, out);
  }
}

}  // namespace portico::codec
