// JSON values to wire bytes, for everything that needs no MessagePlan: scalars and
// google.protobuf.Value, Struct and ListValue.
//
// One thread at a time. All that the constructor gets must outlive it.
#ifndef PORTICO_CORE_CODEC_VALUE_READER_H_
#define PORTICO_CORE_CODEC_VALUE_READER_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/codec/json_cursor.h"
#include "core/codec/key_duplicates.h"
#include "core/codec/message_plan.h"
#include "core/codec/wire_writer.h"

namespace portico::codec {

// Whether a JSON value fits the place it is read into. After anything but kFits the
// cursor stands anywhere and part of the value may have been written: the caller
// returns both to where they were. Text not looked at yet may be invalid, too.
enum class Fit {
  kFits,
  kMisfit,
  kInvalid,  // not JSON
};

class ValueReader {
 public:
  // A key as written on the wire.
  struct Key {
    std::size_t position;
    std::size_t size;
  };
  // Working memory, to be kept for reuse.
  struct Memory {
    std::vector<Key> keys;
    KeyDuplicates duplicates;
    void Trim();
  };

  ValueReader(JsonCursor* cursor, WireWriter* writer, Memory* memory)
      : cursor_(*cursor), writer_(*writer), memory_(*memory) {}

  // Writes the next value without a tag. `kind` is no message of any sort.
  Fit ReadScalar(Kind kind);

  // The same for kStruct, kListValue and kValue, with the length before it. `levels`:
  // how deep messages may nest inside the one that this field is in.
  Fit ReadFreeForm(Kind kind, int levels);

  // A string, with its length; the next token is one for sure.
  Fit ReadString();

  // The key of a map entry: what ReadString() writes, with its tag, noted for
  // EndKeys(). Then passes the colon.
  Fit ReadKey();
  // An object's keys from `first` (memory's number of keys at its start): false when
  // one occurs twice. Forgets them.
  bool EndKeys(std::size_t first);
  std::size_t key_count() const { return memory_.keys.size(); }
  void ForgetKeys(std::size_t first) { memory_.keys.resize(first); }

 private:
  Fit ReadStruct(int levels);
  Fit ReadList(int levels);
  Fit ReadValue(int levels);
  template <class Content>
  Fit ReadNested(std::uint32_t tag, Content content);

  JsonCursor& cursor_;
  WireWriter& writer_;
  Memory& memory_;
};

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_VALUE_READER_H_
