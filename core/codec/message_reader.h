// A JSON text to one message's wire bytes by its MessagePlan.
//
// One thread at a time. All that the constructor gets must outlive it.
#ifndef PORTICO_CORE_CODEC_MESSAGE_READER_H_
#define PORTICO_CORE_CODEC_MESSAGE_READER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/codec/json_cursor.h"
#include "core/codec/message_plan.h"
#include "core/codec/structural_index.h"
#include "core/codec/value_reader.h"
#include "core/codec/wire_writer.h"

namespace portico::codec {

class MessageReader {
 public:
  // Working memory, to be kept for reuse by one thread.
  struct Memory {
    StructuralIndex index;
    std::vector<absl::string_view> unmodeled;
    std::vector<WireWriter::Length> lengths;
    ValueReader::Memory values;
    // Gives back what only an unusually large text needed.
    void Trim();
  };

  MessageReader(absl::string_view json, Memory* memory, WireWriter* writer)
      : cursor_(json, memory->index),
        writer_(*writer),
        unmodeled_(memory->unmodeled),
        values_(&cursor_, writer, &memory->values) {
    unmodeled_.clear();
  }

  // The whole text, an object, as the fields of a message; messages may nest `levels`
  // deep in it.
  Fit ReadRoot(const MessagePlan& plan, int levels);

  // The whole text, an array, as the elements of `field`.
  Fit ReadRootArray(const MessagePlan& plan, const FieldPlan& field, int levels);

  // The whole text, an array of one element, as the google.protobuf.Value `number`.
  Fit ReadOnlyElement(std::uint32_t number, int levels);

 private:
  struct Mark {
    JsonCursor::Position position;
    WireWriter::Mark writer;
    std::size_t unmodeled;
    std::size_t keys;
  };
  Mark mark() const;
  void Return(const Mark& mark);

  Fit ReadObject(const MessagePlan& plan, int levels);
  const FieldPlan* FindField(const MessagePlan& plan, absl::string_view raw_key);
  Fit ReadField(const FieldPlan& field, int levels);
  bool IsAbsentDefault(const FieldPlan& field, std::size_t payload) const;
  Fit ReadElement(const FieldPlan& field, int levels);
  Fit ReadMessage(const FieldPlan& field, int levels);
  Fit ReadArray(const FieldPlan& field, int levels);
  Fit ReadPacked(const FieldPlan& field);
  Fit ReadMap(const FieldPlan& field, int levels);
  Fit ReadVerbatimElement(const FieldPlan& field, int levels);
  void WriteUnmodeled(std::size_t first);

  JsonCursor cursor_;
  WireWriter& writer_;
  // Members that no field took, of all messages that are being read, innermost last.
  std::vector<absl::string_view>& unmodeled_;
  ValueReader values_;
};

// Appends to `wire`, which stays as it was on errors. InvalidArgument with the byte
// offset when `json` is not RFC 8259 in UTF-8, is not an object (an array, with
// `array_field`), or does not fit a message without `unmodeled_json`.
absl::Status ReadJson(const MessagePlan& plan, const FieldPlan* array_field, absl::string_view json,
                      int levels, std::string* wire);

// Appends a JSON text of any type to `wire` as its field `number`, a
// google.protobuf.Value. False, with `wire` as it was, when a Value cannot hold the
// text exactly. InvalidArgument with the byte offset when it is not RFC 8259 in UTF-8.
absl::StatusOr<bool> ReadValue(absl::string_view json, std::uint32_t number, int levels,
                               std::string* wire);

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_MESSAGE_READER_H_
