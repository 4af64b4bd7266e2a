#include "core/codec/message_printer.h"

#include "absl/container/inlined_vector.h"
#include "absl/strings/str_cat.h"
#include "core/codec/json_string.h"
#include "core/codec/json_syntax.h"
#include "core/codec/unmodeled_members.h"

namespace portico::codec {
namespace {

bool IsFreeForm(Kind kind) {
  return kind == Kind::kStruct || kind == Kind::kListValue || kind == Kind::kValue;
}

bool IsMessage(Kind kind) { return kind == Kind::kMessage || IsFreeForm(kind); }

// Whether `field` may stand on the wire as `type`.
bool Accepts(const FieldPlan& field, WireType type) {
  if (field.shape == Shape::kMap) return type == WireType::kBytes;
  return type == WireTypeOf(field.kind) || (field.packable && type == WireType::kBytes);
}

}  // namespace

bool MessagePrinter::Look(const MessagePlan& plan, Parts parts, Survey* survey) {
  FieldSet seen(plan.fields.size());
  for (const absl::string_view part : parts) {
    const FieldPlan* previous = nullptr;
    WireCursor cursor(part);
    WireField wire;
    while (!cursor.AtEnd()) {
      if (!cursor.Next(&wire)) return fault_.Report("not valid Protobuf wire bytes");
      if (plan.TakesUnmodeled(wire.number)) {
        if (wire.type != WireType::kBytes) {
          fault_.Report("of the wrong wire type");
          return fault_.In("unmodeled_json");
        }
        // The last one counts, but Protobuf reads none of a message with such text.
        if (!IsUtf8(survey->unmodeled)) {
          fault_.Report("not UTF-8");
          return fault_.In("unmodeled_json");
        }
        survey->unmodeled = wire.bytes;
        previous = nullptr;
        continue;
      }
      const FieldPlan* const field = plan.FindNumber(wire.number);
      if (field == nullptr) {
        return fault_.Report(
            absl::StrCat("message ", plan.name, " has no field with number ", wire.number));
      }
      if (!Accepts(*field, wire.type)) {
        fault_.Report("of the wrong wire type");
        return fault_.In(field->name);
      }
      const bool continues = field == previous && field->shape != Shape::kSingular;
      if (!continues && !seen.Insert(field->index)) survey->in_order = false;
      previous = field;
      survey->has_fields = true;
    }
  }
  return true;
}

bool MessagePrinter::PrintMessage(const MessagePlan& plan, Parts parts, int levels) {
  Survey survey;
  if (!Look(plan, parts, &survey)) return false;
  out_.Char('{');
  if (!PrintMembers(plan, parts, survey, levels)) return false;
  out_.Char('}');
  return true;
}

bool MessagePrinter::PrintMembers(const MessagePlan& plan, Parts parts, const Survey& survey,
                                  int levels) {
  const auto print = [&](const FieldPlan& field, Occurrences* occurrences) {
    return PrintMember(field, occurrences, levels);
  };
  return ForEachField(plan, parts, survey, print) && PrintUnmodeled(survey.unmodeled);
}

bool MessagePrinter::PrintMember(const FieldPlan& field, Occurrences* occurrences, int levels) {
  const std::size_t start = out_.position();
  out_.Separator();
  out_.Raw(field.quoted_key);
  switch (field.shape) {
    case Shape::kSingular:
      return PrintSingular(field, occurrences, levels) || fault_.In(field.name);
    case Shape::kRepeated:
      out_.Char('[');
      if (!PrintElements(field, occurrences, levels)) return fault_.In(field.name);
      if (out_.Last() == '[') {
        out_.Return(start);  // packed bytes without an element: an absent field
      } else {
        out_.Char(']');
      }
      return true;
    default:
      return PrintMap(field, occurrences, levels) || fault_.In(field.name);
  }
}

bool MessagePrinter::PrintValueOf(const FieldPlan& field, Occurrences* occurrences, int levels) {
  return PrintSingular(field, occurrences, levels) || fault_.In(field.name);
}

bool MessagePrinter::PrintSingular(const FieldPlan& field, Occurrences* occurrences, int levels) {
  WireField wire;
  if (!IsMessage(field.kind)) {
    const std::size_t start = out_.position();
    while (occurrences->Next(&wire)) {
      out_.Return(start);  // the last one counts
      if (!values_.PrintScalar(field.kind, wire)) return false;
    }
    return true;
  }
  absl::InlinedVector<absl::string_view, 2> parts;
  while (occurrences->Next(&wire)) parts.push_back(wire.bytes);
  return PrintMessageOf(field, Parts(parts), levels);
}

// `parts` of a message that a message with `levels` left holds.
bool MessagePrinter::PrintMessageOf(const FieldPlan& field, Parts parts, int levels) {
  if (!values_.MayNest(levels)) return false;
  if (IsFreeForm(field.kind)) return values_.PrintFreeForm(field.kind, parts, levels - 1);
  return PrintMessage(*field.message, parts, levels - 1);
}

bool MessagePrinter::PrintElements(const FieldPlan& field, Occurrences* occurrences, int levels) {
  std::size_t index = 0;
  const auto print = [&](const WireField& wire) {
    out_.Separator();
    if (!PrintElement(field, wire, levels)) return false;
    ++index;
    return true;
  };
  return ForEachElement(field, occurrences, &fault_, print) || fault_.InElement(index);
}

bool MessagePrinter::PrintElement(const FieldPlan& field, const WireField& wire, int levels) {
  if (!IsMessage(field.kind)) return values_.PrintScalar(field.kind, wire);
  if (field.kind != Kind::kMessage) return PrintMessageOf(field, Parts(&wire.bytes, 1), levels);
  return values_.MayNest(levels) && PrintMessageElement(*field.message, wire.bytes, levels - 1);
}

bool MessagePrinter::PrintMap(const FieldPlan& field, Occurrences* occurrences, int levels) {
  const std::size_t first = values_.entry_count();
  WireField wire;
  while (occurrences->Next(&wire)) {
    if (!values_.AddEntry(wire.bytes, field.kind)) return false;
  }
  if (!values_.MayNest(levels)) return false;
  return values_.PrintEntries(first, field.kind, levels - 1, [&](Parts parts, int left) {
    return PrintMessageOf(field, parts, left);
  });
}

// An element that holds nothing but unmodeled_json may be any JSON value.
bool MessagePrinter::PrintMessageElement(const MessagePlan& plan, absl::string_view wire,
                                         int levels) {
  const Parts parts(&wire, 1);
  Survey survey;
  if (!Look(plan, parts, &survey)) return false;
  if (!survey.has_fields && !survey.unmodeled.empty()) {
    const absl::string_view text = TrimJsonSpace(survey.unmodeled);
    if (text.empty() || text[0] != '{') return PrintVerbatim(text);
  }
  out_.Char('{');
  if (!PrintMembers(plan, parts, survey, levels)) return false;
  out_.Char('}');
  return true;
}

bool MessagePrinter::PrintVerbatim(absl::string_view json) {
  if (const auto error = FindJsonSyntaxError(json)) {
    fault_.Report(absl::StrCat("not JSON: byte ", error->offset, ": ", error->what));
    return fault_.In("unmodeled_json");
  }
  out_.Raw(json);
  return true;
}

bool MessagePrinter::PrintUnmodeled(absl::string_view unmodeled) {
  if (unmodeled.empty() || PrintUnmodeledMembers(unmodeled, &out_)) return true;
  if (const auto error = FindJsonSyntaxError(unmodeled)) {
    fault_.Report(absl::StrCat("not JSON: byte ", error->offset, ": ", error->what));
  } else {
    fault_.Report("not a JSON object");
  }
  return fault_.In("unmodeled_json");
}

bool MessagePrinter::PrintRootArray(const MessagePlan& plan, const FieldPlan& field,
                                    absl::string_view wire, int levels) {
  const Parts parts(&wire, 1);
  Survey survey;
  if (!Look(plan, parts, &survey)) return false;
  if (!survey.unmodeled.empty()) {
    const absl::string_view text = TrimJsonSpace(survey.unmodeled);
    if (!survey.has_fields && !text.empty() && text[0] == '[') return PrintVerbatim(text);
    fault_.Report("has no place in a JSON array");
    return fault_.In("unmodeled_json");
  }
  out_.Char('[');
  const auto print = [&](const FieldPlan& present, Occurrences* occurrences) {
    if (&present == &field) {
      return PrintElements(field, occurrences, levels) || fault_.In(field.name);
    }
    fault_.Report("has no place in a JSON array");
    return fault_.In(present.name);
  };
  if (!ForEachField(plan, parts, survey, print)) return false;
  out_.Char(']');
  return true;
}

}  // namespace portico::codec
