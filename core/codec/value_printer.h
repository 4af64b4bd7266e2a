// Wire bytes to JSON text, for everything that needs no MessagePlan: scalars, maps
// and google.protobuf.Value, Struct and ListValue.
//
// A message is given in parts: wherever a singular message field stands more than
// once, Protobuf merges its occurrences, as if their bytes stood in a row.
//
// `levels`: how deep messages may nest inside the message being printed. False means
// that the fault says why, and that something may have been written.
//
// One thread at a time. All that the constructor gets must outlive it.
#ifndef PORTICO_CORE_CODEC_VALUE_PRINTER_H_
#define PORTICO_CORE_CODEC_VALUE_PRINTER_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "core/codec/json_writer.h"
#include "core/codec/key_duplicates.h"
#include "core/codec/message_plan.h"
#include "core/codec/wire_cursor.h"
#include "core/codec/wire_fault.h"

namespace portico::codec {

using Parts = absl::Span<const absl::string_view>;

class ValuePrinter {
 public:
  struct MapEntry {
    absl::string_view key;
    WireField value;        // the last one; number 0 when there is none
    absl::string_view all;  // the entry's bytes
    bool merged;            // it has several values
    bool overridden;        // a later entry has the same key
  };
  // Working memory, to be kept for reuse.
  struct Memory {
    std::vector<MapEntry> entries;
    KeyDuplicates duplicates;
    void Trim();
  };

  ValuePrinter(JsonWriter* out, Memory* memory, WireFault* fault)
      : out_(*out), memory_(*memory), fault_(*fault) {
    memory_.entries.clear();
  }

  // A scalar or string of a wire type that suits `kind`.
  bool PrintScalar(Kind kind, const WireField& field);

  // kStruct, kListValue or kValue.
  bool PrintFreeForm(Kind kind, Parts parts, int levels);

  // A map: AddEntry() for each, then PrintEntries() from the entry_count() before
  // them. `print_value(parts, levels)` prints message values.
  std::size_t entry_count() const { return memory_.entries.size(); }
  bool AddEntry(absl::string_view bytes, Kind kind);
  template <class PrintMessage>
  bool PrintEntries(std::size_t first, Kind kind, int levels, PrintMessage print_message);

  // Whether a message may nest in one with `levels` left.
  bool MayNest(int levels) {
    return levels > 0 || fault_.Report("messages nest more than 100 levels deep");
  }

 private:
  bool PrintStruct(Parts parts, int levels);
  bool PrintList(Parts parts, int levels);
  bool PrintValue(Parts parts, int levels);
  bool PrintOneValue(Parts parts, const WireField& field, int levels);
  bool PrintMixedValue(Parts parts, int levels);
  void MarkOverridden(std::size_t first);

  JsonWriter& out_;
  Memory& memory_;
  WireFault& fault_;
};

template <class PrintMessage>
bool ValuePrinter::PrintEntries(std::size_t first, Kind kind, int levels,
                                PrintMessage print_message) {
  MarkOverridden(first);
  const bool is_message = WireTypeOf(kind) == WireType::kBytes && kind != Kind::kString;
  out_.Char('{');
  for (std::size_t i = first; i < memory_.entries.size(); ++i) {
    const MapEntry entry = memory_.entries[i];  // the vector may grow below
    const std::size_t before = out_.position();
    out_.Separator();
    if (!out_.String(entry.key)) return fault_.Report("a key is not UTF-8");
    out_.Char(':');
    bool printed = true;
    if (entry.merged || entry.value.number == 0) {
      std::vector<absl::string_view> values;
      Occurrences all(2, Parts(&entry.all, 1));
      WireField value = {2, WireTypeOf(kind), 0, {}};
      const std::size_t start = out_.position();
      if (!is_message && !entry.merged) printed = PrintScalar(kind, value);
      while (printed && all.Next(&value)) {
        values.push_back(value.bytes);
        out_.Return(start);  // the last one counts
        if (!is_message) printed = PrintScalar(kind, value);
      }
      if (is_message) printed = print_message(Parts(values), levels);
    } else if (is_message) {
      printed = print_message(Parts(&entry.value.bytes, 1), levels);
    } else {
      printed = PrintScalar(kind, entry.value);
    }
    if (!printed) return fault_.InEntry(entry.key);
    if (entry.overridden) out_.Return(before);
  }
  out_.Char('}');
  memory_.entries.resize(first);
  return true;
}

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_VALUE_PRINTER_H_
