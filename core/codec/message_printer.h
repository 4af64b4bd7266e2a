// One message's wire bytes to JSON text by its MessagePlan.
//
// A message is first looked through - one step per field, nothing inside - and then
// printed: fields that Protobuf would merge (they stand apart, or a singular one
// stands twice) cost a second look at their own level only. Messages as Protobuf
// writes them rarely get here: QuickPrinter prints them.
//
// One thread at a time. All that the constructor gets must outlive it. `levels`,
// parts and faults: see value_printer.h.
#ifndef PORTICO_CORE_CODEC_MESSAGE_PRINTER_H_
#define PORTICO_CORE_CODEC_MESSAGE_PRINTER_H_

#include "absl/strings/string_view.h"
#include "core/codec/field_set.h"
#include "core/codec/message_plan.h"
#include "core/codec/value_printer.h"
#include "core/codec/wire_cursor.h"
#include "core/codec/wire_fault.h"

namespace portico::codec {

class MessagePrinter {
 public:
  // What a message holds, apart from its fields' contents.
  struct Survey {
    bool has_fields = false;
    bool in_order = true;         // no field needs gathering from several places
    absl::string_view unmodeled;  // unmodeled_json; empty when absent
  };

  MessagePrinter(JsonWriter* out, ValuePrinter::Memory* memory, WireFault* fault)
      : out_(*out), fault_(*fault), values_(out, memory, fault) {}

  // False when a field is malformed, unknown or of the wrong wire type.
  bool Look(const MessagePlan& plan, Parts parts, Survey* survey);

  // Calls `visit(field, occurrences)` for every field that the surveyed message holds
  // but unmodeled_json, until it returns false. What it leaves of the occurrences is
  // passed over.
  template <class Visit>
  bool ForEachField(const MessagePlan& plan, Parts parts, const Survey& survey, Visit visit);

  // `{...}`
  bool PrintMessage(const MessagePlan& plan, Parts parts, int levels);

  // One member of an object that is open.
  bool PrintMember(const FieldPlan& field, Occurrences* occurrences, int levels);
  bool PrintUnmodeled(absl::string_view unmodeled);
  // The value of a singular field, without its key.
  bool PrintValueOf(const FieldPlan& field, Occurrences* occurrences, int levels);
  // A text that is one JSON value of any type.
  bool PrintVerbatim(absl::string_view json);

  // A message that holds nothing but the elements of `field`, as `[...]`.
  bool PrintRootArray(const MessagePlan& plan, const FieldPlan& field, absl::string_view wire,
                      int levels);

 private:
  bool PrintMembers(const MessagePlan& plan, Parts parts, const Survey& survey, int levels);
  bool PrintSingular(const FieldPlan& field, Occurrences* occurrences, int levels);
  bool PrintElements(const FieldPlan& field, Occurrences* occurrences, int levels);
  bool PrintElement(const FieldPlan& field, const WireField& wire, int levels);
  bool PrintMap(const FieldPlan& field, Occurrences* occurrences, int levels);
  bool PrintMessageOf(const FieldPlan& field, Parts parts, int levels);
  bool PrintMessageElement(const MessagePlan& plan, absl::string_view wire, int levels);

  JsonWriter& out_;
  WireFault& fault_;
  ValuePrinter values_;
};

// Calls `visit(wire)` for every element of a singular or repeated field, those in packed
// bytes one by one, until it returns false. False then, or, with a fault, when packed
// bytes are malformed.
template <class Visit>
bool ForEachElement(const FieldPlan& field, Occurrences* occurrences, WireFault* fault,
                    Visit visit) {
  WireField wire;
  while (occurrences->Next(&wire)) {
    if (!field.packable || wire.type != WireType::kBytes) {
      if (!visit(wire)) return false;
      continue;
    }
    WireCursor cursor(wire.bytes);
    wire.type = WireTypeOf(field.kind);
    while (!cursor.AtEnd()) {
      if (!cursor.Packed(wire.type, &wire.scalar))
        return fault->Report("not valid Protobuf wire bytes");
      if (!visit(wire)) return false;
    }
  }
  return true;
}

template <class Visit>
bool MessagePrinter::ForEachField(const MessagePlan& plan, Parts parts, const Survey& survey,
                                  Visit visit) {
  FieldSet visited(survey.in_order ? 0 : plan.fields.size());
  for (const absl::string_view part : parts) {
    WireCursor cursor(part);
    WireField wire;
    while (!cursor.AtEnd()) {
      if (!cursor.Next(&wire)) return fault_.Report("not valid wire bytes");
      const FieldPlan* const field = plan.FindNumber(wire.number);
      if (field == nullptr) continue;  // unmodeled_json: Look() let nothing else pass
      if (survey.in_order && field->shape == Shape::kSingular) {
        Occurrences only(wire);
        if (!visit(*field, &only)) return false;
      } else if (survey.in_order) {
        Occurrences following(wire, &cursor);
        if (!visit(*field, &following)) return false;
      } else if (visited.Insert(field->index)) {
        Occurrences all(wire.number, parts);
        if (!visit(*field, &all)) return false;
      }
    }
  }
  return true;
}

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_MESSAGE_PRINTER_H_
