#include "core/codec/value_reader.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>

#include "core/codec/json_number.h"
#include "core/codec/json_string.h"

namespace portico::codec {
namespace {

// Fields of google/protobuf/struct.proto.
constexpr std::uint32_t kStructFields = MakeTag(1, WireType::kBytes);
constexpr std::uint32_t kEntryKey = MakeTag(1, WireType::kBytes);
constexpr std::uint32_t kEntryValue = MakeTag(2, WireType::kBytes);
constexpr std::uint32_t kListValues = MakeTag(1, WireType::kBytes);
constexpr std::uint32_t kValueNull = MakeTag(1, WireType::kVarint);
constexpr std::uint32_t kValueNumber = MakeTag(2, WireType::kFixed64);
constexpr std::uint32_t kValueString = MakeTag(3, WireType::kBytes);
constexpr std::uint32_t kValueBool = MakeTag(4, WireType::kVarint);
constexpr std::uint32_t kValueStruct = MakeTag(5, WireType::kBytes);
constexpr std::uint32_t kValueList = MakeTag(6, WireType::kBytes);

constexpr std::size_t kMaxKeptKeys = 1 << 14;

bool MayStartNumber(char c) { return c == '-' || (c >= '0' && c <= '9'); }

std::uint64_t ZigZag(std::int64_t value) {
  return static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
}

template <class Int>
bool InRange(std::int64_t value) {
  return value >= std::numeric_limits<Int>::min() && value <= std::numeric_limits<Int>::max();
}

// Writes the integer as its kind wants it; false when it does not fit.
bool WriteInteger(Kind kind, absl::string_view lexeme, WireWriter* writer) {
  if (kind == Kind::kUint64 || kind == Kind::kFixed64) {
    std::uint64_t value;
    if (!ReadExactUint64(lexeme, &value)) return false;
    kind == Kind::kUint64 ? writer->Varint(value) : writer->Fixed64(value);
    return true;
  }
  std::int64_t value;
  if (!ReadExactInt64(lexeme, &value)) return false;
  switch (kind) {
    case Kind::kInt64:
      writer->Varint(value);
      return true;
    case Kind::kSint64:
      writer->Varint(ZigZag(value));
      return true;
    case Kind::kSfixed64:
      writer->Fixed64(value);
      return true;
    case Kind::kUint32:
    case Kind::kFixed32:
      if (!InRange<std::uint32_t>(value)) return false;
      kind == Kind::kUint32 ? writer->Varint(value) : writer->Fixed32(value);
      return true;
    default:
      break;
  }
  if (!InRange<std::int32_t>(value)) return false;
  switch (kind) {
    case Kind::kInt32:
      writer->Varint(value);  // sign-extended, as Protobuf has it
      return true;
    case Kind::kSint32:
      writer->Varint(ZigZag(value));
      return true;
    default:
      writer->Fixed32(static_cast<std::uint32_t>(value));
      return true;
  }
}

}  // namespace

void ValueReader::Memory::Trim() {
  if (keys.capacity() > kMaxKeptKeys) std::vector<Key>().swap(keys);
  duplicates.Trim();
}

Fit ValueReader::ReadScalar(Kind kind) {
  const char first = cursor_.Peek();
  if (kind == Kind::kString) return first == '"' ? ReadString() : Fit::kMisfit;
  if (kind == Kind::kBool) {
    if (first != 't' && first != 'f') return Fit::kMisfit;
    const absl::string_view token = cursor_.TakeScalar();
    if (token != "true" && token != "false") return Fit::kInvalid;
    writer_.Byte(first == 't');
    return Fit::kFits;
  }
  if (!MayStartNumber(first)) return Fit::kMisfit;
  const absl::string_view lexeme = cursor_.TakeScalar();
  if (kind != Kind::kDouble) {
    return WriteInteger(kind, lexeme, &writer_) ? Fit::kFits : Fit::kMisfit;
  }
  double value;
  if (!ReadExactDouble(lexeme, &value)) return Fit::kMisfit;
  writer_.Fixed64(std::bit_cast<std::uint64_t>(value));
  return Fit::kFits;
}

Fit ValueReader::ReadString() {
  const absl::string_view raw = cursor_.TakeString();
  if (!HasEscapes(raw)) {
    writer_.Bytes(raw);
    return Fit::kFits;
  }
  // The text is shorter than `raw`, its length perhaps shorter by a byte.
  writer_.Reserve(10 + raw.size());
  const std::size_t room = VarintSize(raw.size());
  std::size_t size;
  switch (Unescape(raw, writer_.Here() + room, &size)) {
    case Unescaped::kDone:
      break;
    case Unescaped::kLoneSurrogate:
      return Fit::kMisfit;
    case Unescaped::kInvalid:
      return Fit::kInvalid;
  }
  const char* const text = writer_.Here() + room;
  writer_.AppendVarint(size);
  std::memmove(writer_.Here(), text, size);
  writer_.Advance(size);
  return Fit::kFits;
}

Fit ValueReader::ReadKey() {
  if (cursor_.Peek() != '"') return Fit::kInvalid;
  writer_.Varint(kEntryKey);
  const std::size_t begin = writer_.position();
  const Fit fit = ReadString();
  if (fit != Fit::kFits) return fit;
  const std::size_t written = writer_.position() - begin;
  std::size_t prefix = 1;
  while (written - prefix >= std::size_t{1} << (7 * prefix)) ++prefix;
  memory_.keys.push_back({begin + prefix, written - prefix});
  return cursor_.Take(':') ? Fit::kFits : Fit::kInvalid;
}

bool ValueReader::EndKeys(std::size_t first) {
  const Key* const keys = memory_.keys.data() + first;
  const auto key = [&](std::size_t i) {
    return absl::string_view(writer_.At(keys[i].position), keys[i].size);
  };
  const bool found = memory_.duplicates.Find(memory_.keys.size() - first, key, [](std::size_t) {});
  memory_.keys.resize(first);
  return !found;
}

// A message field: tag, length, and what `content` writes.
template <class Content>
Fit ValueReader::ReadNested(std::uint32_t tag, Content content) {
  writer_.Byte(tag);
  const std::size_t length = writer_.Open();
  const Fit fit = content();
  if (fit == Fit::kFits) writer_.Close(length);
  return fit;
}

Fit ValueReader::ReadFreeForm(Kind kind, int levels) {
  if (levels < 1) return Fit::kMisfit;
  const std::size_t length = writer_.Open();
  Fit fit;
  switch (kind) {
    case Kind::kStruct:
      fit = cursor_.Peek() == '{' ? ReadStruct(levels - 1) : Fit::kMisfit;
      break;
    case Kind::kListValue:
      fit = cursor_.Peek() == '[' ? ReadList(levels - 1) : Fit::kMisfit;
      break;
    default:
      fit = ReadValue(levels - 1);
  }
  if (fit == Fit::kFits) writer_.Close(length);
  return fit;
}

// In the three below `levels` counts those left inside the message being written.

Fit ValueReader::ReadStruct(int levels) {
  cursor_.Take('{');
  if (cursor_.Take('}')) return Fit::kFits;
  if (levels < 2) return Fit::kMisfit;
  const std::size_t first_key = memory_.keys.size();
  do {
    const Fit fit = ReadNested(kStructFields, [&] {
      const Fit key = ReadKey();
      if (key != Fit::kFits) return key;
      return ReadNested(kEntryValue, [&] { return ReadValue(levels - 2); });
    });
    if (fit != Fit::kFits) return fit;
  } while (cursor_.Take(','));
  if (!cursor_.Take('}')) return Fit::kInvalid;
  return EndKeys(first_key) ? Fit::kFits : Fit::kMisfit;
}

Fit ValueReader::ReadList(int levels) {
  cursor_.Take('[');
  if (cursor_.Take(']')) return Fit::kFits;
  if (levels < 1) return Fit::kMisfit;
  do {
    const Fit fit = ReadNested(kListValues, [&] { return ReadValue(levels - 1); });
    if (fit != Fit::kFits) return fit;
  } while (cursor_.Take(','));
  return cursor_.Take(']') ? Fit::kFits : Fit::kInvalid;
}

Fit ValueReader::ReadValue(int levels) {
  switch (cursor_.Peek()) {
    case '"':
      writer_.Byte(kValueString);
      return ReadString();
    case '{':
      if (levels < 1) return Fit::kMisfit;
      return ReadNested(kValueStruct, [&] { return ReadStruct(levels - 1); });
    case '[':
      if (levels < 1) return Fit::kMisfit;
      return ReadNested(kValueList, [&] { return ReadList(levels - 1); });
    case 't':
    case 'f':
      writer_.Byte(kValueBool);
      return ReadScalar(Kind::kBool);
    case 'n':
      writer_.Byte(kValueNull);
      writer_.Byte(0);
      return cursor_.TakeScalar() == "null" ? Fit::kFits : Fit::kInvalid;
    default:
      writer_.Byte(kValueNumber);
      return ReadScalar(Kind::kDouble);
  }
}

}  // namespace portico::codec
