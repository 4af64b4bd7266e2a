// Protobuf wire bytes by hand, for tests: also those that no serializer writes.
#ifndef PORTICO_CORE_CODEC_WIRE_BYTES_H_
#define PORTICO_CORE_CODEC_WIRE_BYTES_H_

#include <bit>
#include <cstdint>
#include <string>

namespace portico::codec {

inline std::string Number(std::uint64_t value) {
  std::string out;
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>(value | 0x80));
  out.push_back(static_cast<char>(value));
  return out;
}
inline std::string Varint(int field, std::uint64_t value) {
  return Number(field << 3) + Number(value);
}
inline std::string Bytes(int field, const std::string& bytes) {
  return Number(field << 3 | 2) + Number(bytes.size()) + bytes;
}
inline std::string Fixed64(int field, std::uint64_t value) {
  return Number(field << 3 | 1) + std::string(reinterpret_cast<const char*>(&value), 8);
}
inline std::string Fixed32(int field, std::uint32_t value) {
  return Number(field << 3 | 5) + std::string(reinterpret_cast<const char*>(&value), 4);
}
inline std::string Double(int field, double value) {
  return Fixed64(field, std::bit_cast<std::uint64_t>(value));
}

inline std::string Entry(int field, const std::string& key, const std::string& value) {
  return Bytes(field, Bytes(1, key) + Bytes(2, value));
}

// Field numbers of test.Thing and of google.protobuf.Value.
enum { kId = 1, kDone = 2, kI32 = 3, kI64 = 4, kU32 = 5, kS32 = 7, kSf32 = 11, kNumber = 13 };
enum { kPart = 14, kFreeForm = 15, kAny = 16, kList = 17, kTags = 20, kCounts = 21, kNumbers = 22 };
enum { kParts = 23, kAnys = 24, kFlags = 26, kFixeds = 27, kLabels = 30, kByName = 31 };
enum { kAnyByName = 32, kCountByName = 33, kUnmodeled = 1000, kLate = 2000 };
enum { kNullValue = 1, kNumberValue = 2, kStringValue = 3, kBoolValue = 4 };
enum { kStructValue = 5, kListValue = 6 };

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_WIRE_BYTES_H_
