#include "core/codec/quick_printer.h"

#include <cstdint>

#include "core/codec/field_set.h"
#include "core/codec/scalar_printer.h"
#include "core/codec/unmodeled_members.h"

namespace portico::codec {
namespace {

constexpr std::size_t kMaxKeptKeys = 1 << 14;

// The wire bytes of a Value: its one field.
constexpr std::uint32_t kNull = MakeTag(1, WireType::kVarint);
constexpr std::uint32_t kNumber = MakeTag(2, WireType::kFixed64);
constexpr std::uint32_t kString = MakeTag(3, WireType::kBytes);
constexpr std::uint32_t kBool = MakeTag(4, WireType::kVarint);
constexpr std::uint32_t kStructValue = MakeTag(5, WireType::kBytes);
constexpr std::uint32_t kListValue = MakeTag(6, WireType::kBytes);

}  // namespace

void QuickPrinter::Memory::Trim() {
  if (keys.capacity() > kMaxKeptKeys) std::vector<absl::string_view>().swap(keys);
  duplicates.Trim();
}

bool QuickPrinter::PrintMessage(const MessagePlan& plan, absl::string_view wire, int levels) {
  FieldSet seen(plan.fields.size());
  absl::string_view unmodeled;
  WireCursor cursor(wire);
  WireField field;
  out_.Char('{');
  while (!cursor.AtEnd()) {
    if (!cursor.Next(&field)) return false;
    const FieldPlan* const plan_field = plan.FindNumber(field.number);
    if (plan_field == nullptr) {
      if (!plan.TakesUnmodeled(field.number) || field.type != WireType::kBytes) return false;
      if (!unmodeled.empty()) return false;  // several: not the quick way
      unmodeled = field.bytes;
    } else if (!seen.Insert(plan_field->index) ||
               !PrintField(*plan_field, field, &cursor, levels)) {
      return false;
    }
  }
  if (!unmodeled.empty() && !PrintUnmodeledMembers(unmodeled, &out_)) return false;
  out_.Char('}');
  return true;
}

bool QuickPrinter::PrintField(const FieldPlan& field, const WireField& wire, WireCursor* rest,
                              int levels) {
  out_.Member(field.quoted_key);
  switch (field.shape) {
    case Shape::kSingular:
      return PrintOne(field, wire, levels);
    case Shape::kRepeated:
      out_.Char('[');
      if (field.packable && wire.type == WireType::kBytes) {
        if (!PrintPacked(field, wire.bytes)) return false;
      } else if (!PrintElements(field, wire, rest, levels)) {
        return false;
      }
      out_.Char(']');
      return true;
    default:
      return PrintEntries(field, wire, rest, levels);
  }
}

bool QuickPrinter::PrintOne(const FieldPlan& field, const WireField& wire, int levels) {
  if (wire.type != WireTypeOf(field.kind)) return false;
  switch (field.kind) {
    case Kind::kMessage:
      return levels > 0 && PrintMessage(*field.message, wire.bytes, levels - 1);
    case Kind::kStruct:
    case Kind::kListValue:
    case Kind::kValue:
      return levels > 0 && PrintFreeForm(field.kind, wire.bytes, levels - 1);
    default:
      return PrintScalar(field.kind, wire, &out_) == nullptr;
  }
}

bool QuickPrinter::PrintElements(const FieldPlan& field, const WireField& first, WireCursor* rest,
                                 int levels) {
  Occurrences elements(first, rest);
  WireField element;
  while (elements.Next(&element)) {
    out_.Separator();
    if (!PrintOne(field, element, levels)) return false;
  }
  return true;
}

bool QuickPrinter::PrintPacked(const FieldPlan& field, absl::string_view packed) {
  WireCursor cursor(packed);
  WireField element = {field.number, WireTypeOf(field.kind), 0, {}};
  if (cursor.AtEnd()) return false;
  while (!cursor.AtEnd()) {
    out_.Separator();
    if (!cursor.Packed(element.type, &element.scalar) ||
        PrintScalar(field.kind, element, &out_) != nullptr) {
      return false;
    }
  }
  return true;
}

// Prints a map entry's key and finds its value: exactly these two, in this order.
bool QuickPrinter::PrintKey(absl::string_view entry, WireType value_type, WireField* value) {
  WireCursor cursor(entry);
  WireField key;
  if (!cursor.Next(&key) || key.number != 1 || key.type != WireType::kBytes) return false;
  if (!cursor.Next(value) || value->number != 2 || value->type != value_type) return false;
  if (!cursor.AtEnd()) return false;
  memory_.keys.push_back(key.bytes);
  out_.Separator();
  if (!out_.String(key.bytes)) return false;
  out_.Char(':');
  return true;
}

bool QuickPrinter::EndKeys(std::size_t first) {
  const absl::string_view* const keys = memory_.keys.data() + first;
  const bool found = memory_.duplicates.Find(
      memory_.keys.size() - first, [keys](std::size_t i) { return keys[i]; }, [](std::size_t) {});
  memory_.keys.resize(first);
  return !found;
}

bool QuickPrinter::PrintEntries(const FieldPlan& field, const WireField& first, WireCursor* rest,
                                int levels) {
  if (levels < 1 || first.type != WireType::kBytes) return false;
  const std::size_t first_key = memory_.keys.size();
  Occurrences entries(first, rest);
  WireField entry, value;
  out_.Char('{');
  while (entries.Next(&entry)) {
    if (entry.type != WireType::kBytes || !PrintKey(entry.bytes, WireTypeOf(field.kind), &value) ||
        !PrintOne(field, value, levels - 1)) {
      return false;
    }
  }
  out_.Char('}');
  return EndKeys(first_key);
}

bool QuickPrinter::PrintFreeForm(Kind kind, absl::string_view wire, int levels) {
  if (kind == Kind::kStruct) return PrintStruct(wire, levels);
  if (kind == Kind::kListValue) return PrintList(wire, levels);
  return PrintValue(wire, levels);
}

bool QuickPrinter::PrintStruct(absl::string_view wire, int levels) {
  const std::size_t first_key = memory_.keys.size();
  WireCursor cursor(wire);
  WireField entry, value;
  out_.Char('{');
  while (!cursor.AtEnd()) {
    if (!cursor.Next(&entry) || entry.number != 1 || entry.type != WireType::kBytes || levels < 2 ||
        !PrintKey(entry.bytes, WireType::kBytes, &value) || !PrintValue(value.bytes, levels - 2)) {
      return false;
    }
  }
  out_.Char('}');
  return EndKeys(first_key);
}

bool QuickPrinter::PrintList(absl::string_view wire, int levels) {
  WireCursor cursor(wire);
  WireField element;
  out_.Char('[');
  while (!cursor.AtEnd()) {
    if (!cursor.Next(&element) || element.number != 1 || element.type != WireType::kBytes ||
        levels < 1) {
      return false;
    }
    out_.Separator();
    if (!PrintValue(element.bytes, levels - 1)) return false;
  }
  out_.Char(']');
  return true;
}

bool QuickPrinter::PrintValue(absl::string_view wire, int levels) {
  WireCursor cursor(wire);
  WireField field;
  if (!cursor.Next(&field) || !cursor.AtEnd()) return false;
  switch (MakeTag(field.number, field.type)) {
    case kString:
      return out_.String(field.bytes);
    case kStructValue:
      return levels > 0 && PrintStruct(field.bytes, levels - 1);
    case kListValue:
      return levels > 0 && PrintList(field.bytes, levels - 1);
    case kNumber:
      return PrintScalar(Kind::kDouble, field, &out_) == nullptr;
    case kBool:
      return PrintScalar(Kind::kBool, field, &out_) == nullptr;
    case kNull:
      out_.Raw("null");
      return field.scalar == 0;
    default:
      return false;
  }
}

bool QuickPrinter::PrintRootArray(const FieldPlan& field, absl::string_view wire, int levels) {
  WireCursor cursor(wire);
  WireField first;
  out_.Char('[');
  if (!cursor.AtEnd()) {
    if (!cursor.Next(&first) || first.number != field.number) return false;
    if (field.packable && first.type == WireType::kBytes) {
      if (!PrintPacked(field, first.bytes)) return false;
    } else if (!PrintElements(field, first, &cursor, levels)) {
      return false;
    }
  }
  out_.Char(']');
  return cursor.AtEnd();
}

}  // namespace portico::codec
