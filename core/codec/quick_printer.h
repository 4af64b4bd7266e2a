// The fast road from wire bytes to JSON: for messages as Protobuf writes them, every
// field once and its elements together, every key of a map once. It reads each byte
// once and gives up at the first thing that is otherwise, faults included; then
// MessagePrinter starts anew, which knows all of Protobuf's rules and says what is
// wrong. So giving up costs at most one reading, however deep it happens.
//
// One thread at a time. All that the constructor gets must outlive it.
#ifndef PORTICO_CORE_CODEC_QUICK_PRINTER_H_
#define PORTICO_CORE_CODEC_QUICK_PRINTER_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/codec/json_writer.h"
#include "core/codec/key_duplicates.h"
#include "core/codec/message_plan.h"
#include "core/codec/wire_cursor.h"

namespace portico::codec {

class QuickPrinter {
 public:
  // Working memory, to be kept for reuse.
  struct Memory {
    std::vector<absl::string_view> keys;
    KeyDuplicates duplicates;
    void Trim();
  };

  QuickPrinter(JsonWriter* out, Memory* memory) : out_(*out), memory_(*memory) {
    memory_.keys.clear();
  }

  // False when it gave up; then something may have been written. `levels`: how deep
  // messages may nest in this one.
  bool PrintMessage(const MessagePlan& plan, absl::string_view wire, int levels);
  bool PrintRootArray(const FieldPlan& field, absl::string_view wire, int levels);

 private:
  bool PrintField(const FieldPlan& field, const WireField& wire, WireCursor* rest, int levels);
  bool PrintElements(const FieldPlan& field, const WireField& first, WireCursor* rest, int levels);
  bool PrintPacked(const FieldPlan& field, absl::string_view packed);
  bool PrintEntries(const FieldPlan& field, const WireField& first, WireCursor* rest, int levels);
  bool PrintOne(const FieldPlan& field, const WireField& wire, int levels);
  bool PrintKey(absl::string_view entry, WireType value_type, WireField* value);
  bool EndKeys(std::size_t first);
  bool PrintFreeForm(Kind kind, absl::string_view wire, int levels);
  bool PrintStruct(absl::string_view wire, int levels);
  bool PrintList(absl::string_view wire, int levels);
  bool PrintValue(absl::string_view wire, int levels);

  JsonWriter& out_;
  Memory& memory_;
};

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_QUICK_PRINTER_H_
