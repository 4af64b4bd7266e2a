#include "core/codec/message_reader.h"

#include <cstdint>
#include <limits>
#include <string>

#include "absl/container/inlined_vector.h"
#include "absl/strings/str_cat.h"
#include "core/codec/field_set.h"
#include "core/codec/json_string.h"
#include "core/codec/json_syntax.h"
#include "core/codec/unmodeled_json.h"

namespace portico::codec {
namespace {

constexpr std::uint32_t kUnmodeledTag = MakeTag(kUnmodeledJson, WireType::kBytes);
constexpr std::size_t kMaxKept = 1 << 14;
constexpr std::size_t kMaxMessageSize = std::numeric_limits<std::int32_t>::max();

bool IsFreeForm(Kind kind) {
  return kind == Kind::kStruct || kind == Kind::kListValue || kind == Kind::kValue;
}

}  // namespace

void MessageReader::Memory::Trim() {
  index.Trim();
  if (unmodeled.capacity() > kMaxKept) std::vector<absl::string_view>().swap(unmodeled);
  if (lengths.capacity() > kMaxKept) std::vector<WireWriter::Length>().swap(lengths);
  values.Trim();
}

MessageReader::Mark MessageReader::mark() const {
  return {cursor_.position(), writer_.mark(), unmodeled_.size(), values_.key_count()};
}

void MessageReader::Return(const Mark& mark) {
  cursor_.Return(mark.position);
  writer_.Return(mark.writer);
  unmodeled_.resize(mark.unmodeled);
  values_.ForgetKeys(mark.keys);
}

Fit MessageReader::ReadRoot(const MessagePlan& plan, int levels) {
  if (cursor_.Peek() != '{') return Fit::kMisfit;
  const Fit fit = ReadObject(plan, levels);
  return fit == Fit::kFits && !cursor_.AtEnd() ? Fit::kInvalid : fit;
}

Fit MessageReader::ReadRootArray(const MessagePlan& plan, const FieldPlan& field, int levels) {
  if (cursor_.Peek() != '[') return Fit::kMisfit;
  const Mark start = mark();
  Fit fit = Fit::kFits;
  if (cursor_.Take('[') && !cursor_.Take(']')) {
    Return(start);
    fit = ReadArray(field, levels);
  }
  if (fit == Fit::kMisfit && plan.has_unmodeled) {
    Return(start);
    absl::string_view text;
    fit = cursor_.TakeValue(&text) ? Fit::kFits : Fit::kInvalid;
    writer_.Varint(kUnmodeledTag);
    writer_.Bytes(text);
  }
  return fit == Fit::kFits && !cursor_.AtEnd() ? Fit::kInvalid : fit;
}

Fit MessageReader::ReadOnlyElement(std::uint32_t number, int levels) {
  if (!cursor_.Take('[')) return Fit::kInvalid;
  writer_.Varint(MakeTag(number, WireType::kBytes));
  const Fit fit = values_.ReadFreeForm(Kind::kValue, levels);
  if (fit != Fit::kFits) return fit;
  return cursor_.Take(']') && cursor_.AtEnd() ? Fit::kFits : Fit::kInvalid;
}

const FieldPlan* MessageReader::FindField(const MessagePlan& plan, absl::string_view raw_key) {
  if (!HasEscapes(raw_key)) return plan.FindKey(raw_key);
  absl::InlinedVector<char, 128> key(raw_key.size());
  std::size_t size;
  if (Unescape(raw_key, key.data(), &size) != Unescaped::kDone) return nullptr;
  return plan.FindKey(absl::string_view(key.data(), size));
}

Fit MessageReader::ReadObject(const MessagePlan& plan, int levels) {
  cursor_.Take('{');
  if (cursor_.Take('}')) return Fit::kFits;
  FieldSet seen(plan.fields.size());
  const std::size_t first_unmodeled = unmodeled_.size();
  bool after_unmodeled = false;
  do {
    if (cursor_.Peek() != '"') return Fit::kInvalid;
    const absl::string_view key = cursor_.TakeString();
    if (!cursor_.Take(':')) return Fit::kInvalid;
    const FieldPlan* const field = FindField(plan, key);
    if (field != nullptr && seen.Insert(field->index)) {
      const Mark before = mark();
      const Fit fit = ReadField(*field, levels);
      if (fit == Fit::kInvalid) return fit;
      if (fit == Fit::kFits) {
        after_unmodeled = false;
        continue;
      }
      Return(before);
    }
    if (!plan.has_unmodeled) return Fit::kMisfit;
    absl::string_view value;
    if (!cursor_.TakeValue(&value)) return Fit::kInvalid;
    if (HasEscapes(key) && !EscapesAreValid(key)) return Fit::kInvalid;
    const char* const end = value.data() + value.size();
    // Neighbours stay together, with the comma between them.
    const char* const begin = after_unmodeled ? unmodeled_.back().data() : key.data() - 1;
    if (after_unmodeled) unmodeled_.pop_back();
    unmodeled_.emplace_back(begin, end - begin);
    after_unmodeled = true;
  } while (cursor_.Take(','));
  if (!cursor_.Take('}')) return Fit::kInvalid;
  if (unmodeled_.size() != first_unmodeled) WriteUnmodeled(first_unmodeled);
  return Fit::kFits;
}

void MessageReader::WriteUnmodeled(std::size_t first) {
  std::size_t size = 2 + (unmodeled_.size() - first - 1);
  for (std::size_t i = first; i < unmodeled_.size(); ++i) size += unmodeled_[i].size();
  writer_.Varint(kUnmodeledTag);
  writer_.Reserve(10 + size);
  writer_.AppendVarint(size);
  writer_.AppendBytes("{");
  for (std::size_t i = first; i < unmodeled_.size(); ++i) {
    if (i != first) writer_.AppendBytes(",");
    writer_.AppendBytes(unmodeled_[i]);
  }
  writer_.AppendBytes("}");
  unmodeled_.resize(first);
}

Fit MessageReader::ReadField(const FieldPlan& field, int levels) {
  if (field.shape == Shape::kRepeated) return ReadArray(field, levels);
  if (field.shape == Shape::kMap) return ReadMap(field, levels);
  writer_.Varint(field.tag);
  const std::size_t payload = writer_.position();
  const Fit fit = ReadElement(field, levels);
  if (fit == Fit::kFits && field.implicit_presence && IsAbsentDefault(field, payload)) {
    return Fit::kMisfit;
  }
  return fit;
}

// Whether the scalar written at `payload` is one that Protobuf drops when it
// serialises a field without presence. -0.0 counts: implementations differ.
bool MessageReader::IsAbsentDefault(const FieldPlan& field, std::size_t payload) const {
  const char* const end = writer_.At(writer_.position());
  const char* p = writer_.At(payload);
  for (; p != end; ++p) {
    const bool sign_bit = field.kind == Kind::kDouble && p + 1 == end && *p == '\x80';
    if (*p != 0 && !sign_bit) return false;
  }
  return true;
}

Fit MessageReader::ReadElement(const FieldPlan& field, int levels) {
  if (field.kind == Kind::kMessage) return ReadMessage(field, levels);
  if (IsFreeForm(field.kind)) return values_.ReadFreeForm(field.kind, levels);
  return values_.ReadScalar(field.kind);
}

Fit MessageReader::ReadMessage(const FieldPlan& field, int levels) {
  if (cursor_.Peek() != '{' || levels < 1) return Fit::kMisfit;
  const std::size_t length = writer_.Open();
  const Fit fit = ReadObject(*field.message, levels - 1);
  if (fit == Fit::kFits) writer_.Close(length);
  return fit;
}

Fit MessageReader::ReadArray(const FieldPlan& field, int levels) {
  // The wire cannot show an empty array.
  if (!cursor_.Take('[') || cursor_.Peek() == ']') return Fit::kMisfit;
  if (field.packable) return ReadPacked(field);
  do {
    writer_.Varint(field.tag);
    const bool verbatim = field.kind == Kind::kMessage && cursor_.Peek() != '{';
    const Fit fit = verbatim ? ReadVerbatimElement(field, levels) : ReadElement(field, levels);
    if (fit != Fit::kFits) return fit;
  } while (cursor_.Take(','));
  return cursor_.Take(']') ? Fit::kFits : Fit::kInvalid;
}

Fit MessageReader::ReadPacked(const FieldPlan& field) {
  writer_.Varint(field.tag);
  const std::size_t length = writer_.Open();
  do {
    const Fit fit = values_.ReadScalar(field.kind);
    if (fit != Fit::kFits) return fit;
  } while (cursor_.Take(','));
  writer_.Close(length);
  return cursor_.Take(']') ? Fit::kFits : Fit::kInvalid;
}

// An element that is no object: a message that holds nothing but its text.
Fit MessageReader::ReadVerbatimElement(const FieldPlan& field, int levels) {
  if (!field.message->has_unmodeled || levels < 1) return Fit::kMisfit;
  absl::string_view text;
  if (!cursor_.TakeValue(&text)) return Fit::kInvalid;
  const std::size_t length = writer_.Open();
  writer_.Varint(kUnmodeledTag);
  writer_.Bytes(text);
  writer_.Close(length);
  return Fit::kFits;
}

Fit MessageReader::ReadMap(const FieldPlan& field, int levels) {
  if (!cursor_.Take('{') || cursor_.Peek() == '}' || levels < 1) return Fit::kMisfit;
  const std::size_t first_key = values_.key_count();
  do {
    writer_.Varint(field.tag);
    const std::size_t length = writer_.Open();
    Fit fit = values_.ReadKey();
    if (fit != Fit::kFits) return fit;
    writer_.Varint(MakeTag(2, WireTypeOf(field.kind)));
    fit = ReadElement(field, levels - 1);
    if (fit != Fit::kFits) return fit;
    writer_.Close(length);
  } while (cursor_.Take(','));
  if (!cursor_.Take('}')) return Fit::kInvalid;
  return values_.EndKeys(first_key) ? Fit::kFits : Fit::kMisfit;
}

namespace {

// Kept between calls, by every thread that reads JSON: about four bytes for each
// byte of the largest text up to 1 MiB, nothing beyond.
MessageReader::Memory& MemoryOfThread() {
  thread_local MessageReader::Memory memory;
  return memory;
}

absl::Status NotJson(const JsonSyntaxError& error) {
  return absl::InvalidArgumentError(
      absl::StrCat("not JSON: byte ", error.offset, ": ", error.what));
}

}  // namespace

absl::Status ReadJson(const MessagePlan& plan, const FieldPlan* array_field, absl::string_view json,
                      int levels, std::string* wire) {
  if (json.size() > kMaxJsonSize) {
    return absl::InvalidArgumentError("more than 2 GiB of JSON in one text");
  }
  MessageReader::Memory& memory = MemoryOfThread();
  WireWriter writer(wire, &memory.lengths);
  Fit fit = Fit::kInvalid;
  if (memory.index.Build(json)) {
    writer.Reserve(json.size() + 64);
    MessageReader reader(json, &memory, &writer);
    fit = array_field != nullptr ? reader.ReadRootArray(plan, *array_field, levels)
                                 : reader.ReadRoot(plan, levels);
  }
  const bool too_large = writer.size() > kMaxMessageSize;
  fit == Fit::kFits && !too_large ? writer.Finish() : writer.Abandon();
  memory.Trim();
  if (fit == Fit::kFits) {
    return too_large ? absl::InvalidArgumentError("more than Protobuf's 2 GiB in one message")
                     : absl::OkStatus();
  }
  if (const auto error = FindJsonSyntaxError(json)) return NotJson(*error);
  const absl::string_view text = TrimJsonSpace(json);
  const char wanted = array_field != nullptr ? '[' : '{';
  if (text[0] != wanted) {
    return absl::InvalidArgumentError(absl::StrCat("byte ", text.data() - json.data(), ": a JSON ",
                                                   wanted == '{' ? "object" : "array",
                                                   " expected"));
  }
  return absl::InvalidArgumentError(
      absl::StrCat("the JSON text does not fit message ", plan.name,
                   ", and it has no field unmodeled_json to keep what is left"));
}

absl::StatusOr<bool> ReadValue(absl::string_view json, std::uint32_t number, int levels,
                               std::string* wire) {
  if (json.size() > kMaxJsonSize - 2) {
    return absl::InvalidArgumentError("more than 2 GiB of JSON in one text");
  }
  // The cursor walks between brackets; a text of any type gets them.
  const std::string text = absl::StrCat("[", json, "]");
  MessageReader::Memory& memory = MemoryOfThread();
  WireWriter writer(wire, &memory.lengths);
  Fit fit = Fit::kInvalid;
  if (memory.index.Build(text)) {
    writer.Reserve(text.size() + 64);
    fit = MessageReader(text, &memory, &writer).ReadOnlyElement(number, levels);
  }
  fit == Fit::kFits ? writer.Finish() : writer.Abandon();
  memory.Trim();
  if (fit == Fit::kFits) return true;
  if (const auto error = FindJsonSyntaxError(json)) return NotJson(*error);
  return false;
}

}  // namespace portico::codec
