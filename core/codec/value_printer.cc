#include "core/codec/value_printer.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "absl/container/inlined_vector.h"

namespace portico::codec {
namespace {

constexpr std::size_t kMaxKeptEntries = 1 << 12;

// Fields of google.protobuf.Value.
enum ValueField : std::uint32_t {
  kNull = 1,
  kNumber = 2,
  kString = 3,
  kBool = 4,
  kStructValue = 5,
  kListValue = 6
};

// Kind whose wire type the field of a Value has.
bool KindOfValueField(std::uint32_t number, Kind* kind) {
  static constexpr Kind kKinds[] = {Kind::kInt32, Kind::kDouble, Kind::kString,
                                    Kind::kBool,  Kind::kStruct, Kind::kListValue};
  if (number < kNull || number > kListValue) return false;
  *kind = kKinds[number - 1];
  return true;
}

bool IsMessage(std::uint32_t value_field) { return value_field >= kStructValue; }

std::int64_t UnZigZag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1 ^ (~(value & 1) + 1));
}

template <class Int>
bool InRange(std::int64_t value) {
  return value >= std::numeric_limits<Int>::min() && value <= std::numeric_limits<Int>::max();
}

}  // namespace

void ValuePrinter::Memory::Trim() {
  if (entries.capacity() > kMaxKeptEntries) std::vector<MapEntry>().swap(entries);
  duplicates.Trim();
}

bool ValuePrinter::PrintScalar(Kind kind, const WireField& field) {
  switch (kind) {
    case Kind::kString:
      return out_.String(field.bytes) || fault_.Report("not UTF-8");
    case Kind::kBool:
      out_.Raw(field.scalar != 0 ? "true" : "false");
      return true;
    case Kind::kDouble: {
      const double value = std::bit_cast<double>(field.scalar);
      if (!std::isfinite(value)) return fault_.Report("JSON has no NaN and no infinity");
      out_.Double(value);
      return true;
    }
    default:
      return PrintInteger(kind, field.scalar);
  }
}

bool ValuePrinter::PrintInteger(Kind kind, std::uint64_t value) {
  std::int64_t integer = static_cast<std::int64_t>(value);
  bool in_range = true;
  switch (kind) {
    case Kind::kUint64:
    case Kind::kFixed64:
      out_.Uint64(value);
      return true;
    case Kind::kUint32:
    case Kind::kFixed32:
      in_range = value <= std::numeric_limits<std::uint32_t>::max();
      break;
    case Kind::kInt32:
      in_range = InRange<std::int32_t>(integer);
      break;
    case Kind::kSfixed32:
      integer = static_cast<std::int32_t>(static_cast<std::uint32_t>(value));
      break;
    case Kind::kSint32:
      integer = UnZigZag(value);
      in_range = InRange<std::int32_t>(integer);
      break;
    case Kind::kSint64:
      integer = UnZigZag(value);
      break;
    default:
      break;
  }
  if (!in_range) return fault_.Report("more than 32 bits");
  out_.Int64(integer);
  return true;
}

bool ValuePrinter::PrintFreeForm(Kind kind, Parts parts, int levels) {
  if (kind == Kind::kStruct) return PrintStruct(parts, levels);
  if (kind == Kind::kListValue) return PrintList(parts, levels);
  return PrintValue(parts, levels);
}

bool ValuePrinter::AddEntry(absl::string_view bytes, Kind kind) {
  MapEntry entry = {{}, {0, WireType::kBytes, 0, {}}, bytes, false, false};
  WireCursor cursor(bytes);
  WireField field;
  bool has_key = false;
  while (!cursor.AtEnd()) {
    if (!cursor.Next(&field)) return fault_.Report("a map entry is not valid wire bytes");
    if (field.number == 1 && field.type == WireType::kBytes) {
      if (has_key) return fault_.Report("a map entry has two keys");
      entry.key = field.bytes;
      has_key = true;
    } else if (field.number == 2 && field.type == WireTypeOf(kind)) {
      entry.merged = entry.value.number != 0;
      entry.value = field;
    } else {
      return fault_.Report("a map entry has a field that is neither its key nor its value");
    }
  }
  memory_.entries.push_back(entry);
  return true;
}

void ValuePrinter::MarkOverridden(std::size_t first) {
  MapEntry* const entries = memory_.entries.data() + first;
  memory_.duplicates.Find(
      memory_.entries.size() - first, [entries](std::size_t i) { return entries[i].key; },
      [entries](std::size_t i) { entries[i].overridden = true; });
}

bool ValuePrinter::PrintStruct(Parts parts, int levels) {
  const std::size_t first = entry_count();
  for (const absl::string_view part : parts) {
    WireCursor cursor(part);
    WireField field;
    while (!cursor.AtEnd()) {
      if (!cursor.Next(&field) || field.number != 1 || field.type != WireType::kBytes) {
        return fault_.Report("not a google.protobuf.Struct");
      }
      if (!AddEntry(field.bytes, Kind::kValue)) return false;
    }
  }
  if (entry_count() != first && (!MayNest(levels) || !MayNest(levels - 1))) return false;
  return PrintEntries(first, Kind::kValue, levels - 2,
                      [this](Parts value, int left) { return PrintValue(value, left); });
}

bool ValuePrinter::PrintList(Parts parts, int levels) {
  std::size_t index = 0;
  out_.Char('[');
  for (const absl::string_view part : parts) {
    WireCursor cursor(part);
    WireField field;
    while (!cursor.AtEnd()) {
      if (!cursor.Next(&field) || field.number != 1 || field.type != WireType::kBytes) {
        return fault_.Report("not a google.protobuf.ListValue");
      }
      out_.Separator();
      if (!MayNest(levels) || !PrintValue(Parts(&field.bytes, 1), levels - 1)) {
        return fault_.InElement(index);
      }
      ++index;
    }
  }
  out_.Char(']');
  return true;
}

bool ValuePrinter::PrintValue(Parts parts, int levels) {
  if (parts.size() == 1) {
    WireCursor cursor(parts[0]);
    WireField field;
    if (!cursor.AtEnd() && cursor.Next(&field) && cursor.AtEnd()) {
      return PrintOneValue(Parts(&field.bytes, 1), field, levels);
    }
  }
  return PrintMixedValue(parts, levels);
}

// The value in `field`; when it is a message, in `parts`.
bool ValuePrinter::PrintOneValue(Parts parts, const WireField& field, int levels) {
  Kind kind;
  if (!KindOfValueField(field.number, &kind) || field.type != WireTypeOf(kind)) {
    return fault_.Report("not a google.protobuf.Value");
  }
  if (field.number == kNull) {
    if (field.scalar != 0) return fault_.Report("a null_value other than NULL_VALUE");
    out_.Raw("null");
    return true;
  }
  if (!IsMessage(field.number)) return PrintScalar(kind, field);
  return MayNest(levels) && PrintFreeForm(kind, parts, levels - 1);
}

// A Value on which more than one field is set, or none: the last one counts; messages
// of the same field are merged unless another one stands between them.
bool ValuePrinter::PrintMixedValue(Parts parts, int levels) {
  const std::size_t start = out_.position();
  absl::InlinedVector<absl::string_view, 4> run;
  WireField last = {0, WireType::kBytes, 0, {}};
  const auto print_run = [&] {
    out_.Return(start);
    return last.number == 0 || PrintOneValue(Parts(run), last, levels);
  };
  for (const absl::string_view part : parts) {
    WireCursor cursor(part);
    WireField field;
    while (!cursor.AtEnd()) {
      if (!cursor.Next(&field)) return fault_.Report("not a google.protobuf.Value");
      if (field.number != last.number || !IsMessage(field.number)) {
        if (!print_run()) return false;
        run.clear();
      }
      run.push_back(field.bytes);
      last = field;
    }
  }
  if (last.number == 0) return fault_.Report("a google.protobuf.Value without a value");
  return print_run();
}

}  // namespace portico::codec
