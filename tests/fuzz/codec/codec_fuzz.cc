// The first byte chooses the direction; the rest is JSON text or wire bytes.
//
// JSON: it is refused exactly when it is not RFC 8259 or not an object, and comes back
// as it was. Wire: what is printed is JSON, means what Protobuf's own parser read, and
// what that parser writes is printed, too, unless JSON cannot hold it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/codec/json_syntax.h"
#include "core/codec/json_tree.h"
#include "core/codec/message_codec.h"
#include "core/codec/testdata/things.pb.h"

namespace portico::codec {
namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

const MessageCodec& Codec() {
  static const MessageCodec* const kCodec =
      new MessageCodec(*MessageCodec::Compile(test::Thing::descriptor()));
  return *kCodec;
}

// json_tree.h is recursive.
bool IsDeep(absl::string_view json) {
  int depth = 0;
  for (const char c : json) {
    depth += c == '{' || c == '[';
    if (depth > 500) return true;
  }
  return false;
}

void ExpectSame(absl::string_view expected, absl::string_view actual, MemberOrder order) {
  if (IsDeep(expected)) return;
  const auto expected_tree = ParseJsonTree(expected), actual_tree = ParseJsonTree(actual);
  Require(expected_tree.has_value() && actual_tree.has_value());
  Require(SameJson(*expected_tree, *actual_tree, order));
}

// Takes out the members that a field without presence (things.proto, 40 to 43) prints for
// its default: Protobuf does not write it, but other writers may.
void DropDefaults(JsonTree* tree) {
  for (std::size_t i = 0; i < tree->elements.size();) {
    const JsonTree& value = tree->elements[i];
    const absl::string_view name = tree->names.empty() ? "" : absl::string_view(tree->names[i]);
    const bool is_default = (name == "plainText" && value.type == '"' && value.text.empty()) ||
                            ((name == "plainNumber" || name == "plainDouble") &&
                             value.type == '0' && value.text == "0") ||
                            (name == "plainFlag" && value.type == 'f');
    if (is_default) {
      tree->names.erase(tree->names.begin() + static_cast<std::ptrdiff_t>(i));
      tree->elements.erase(tree->elements.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      DropDefaults(&tree->elements[i++]);
    }
  }
}

void ExpectSameButForDefaults(absl::string_view expected, absl::string_view actual) {
  if (IsDeep(expected)) return;
  auto expected_tree = ParseJsonTree(expected), actual_tree = ParseJsonTree(actual);
  Require(expected_tree.has_value() && actual_tree.has_value());
  DropDefaults(&*expected_tree);
  DropDefaults(&*actual_tree);
  Require(SameJson(*expected_tree, *actual_tree, MemberOrder::kAny));
}

void TryJson(absl::string_view json) {
  const absl::string_view text = TrimJsonSpace(json);
  const bool is_object = !FindJsonSyntaxError(json) && text[0] == '{';
  std::string wire, back;
  Require(Codec().JsonToWire(json, &wire).ok() == is_object);
  if (!is_object) return;
  Require(Codec().WireToJson(wire, &back).ok());
  ExpectSame(json, back, MemberOrder::kRemainderLast);
  test::Thing thing;
  Require(thing.ParseFromString(wire));
  std::string again;
  Require(Codec().WireToJson(thing.SerializeAsString(), &again).ok());
  ExpectSame(json, again, MemberOrder::kAny);
}

void TryWire(absl::string_view wire) {
  std::string json;
  if (!Codec().WireToJson(wire, &json).ok()) return;
  Require(!FindJsonSyntaxError(json));
  test::Thing theirs;
  Require(theirs.ParseFromArray(wire.data(), static_cast<int>(wire.size())));
  // As Protobuf writes it: the same, but for defaults and the order of members.
  std::string again;
  Require(Codec().WireToJson(theirs.SerializeAsString(), &again).ok());
  ExpectSameButForDefaults(json, again);
  // And back: a message that prints as this one does.
  std::string wire_again, json_again;
  Require(Codec().JsonToWire(json, &wire_again).ok());
  Require(Codec().WireToJson(wire_again, &json_again).ok());
  ExpectSame(json, json_again, MemberOrder::kAny);
}

}  // namespace
}  // namespace portico::codec

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const absl::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  data[0] % 2 == 0 ? portico::codec::TryJson(input) : portico::codec::TryWire(input);
  return 0;
}
