// A caller's JSON body as a tree, for writing it in another form: numbers keep their
// digits, members their order.
//
// Plain data; any thread.
#ifndef PORTICO_CORE_INVOKE_BODY_VALUE_H_
#define PORTICO_CORE_INVOKE_BODY_VALUE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace portico::invoke {

struct BodyValue {
  enum class Kind { kNull, kText, kLiteral, kList, kObject };  // literal: number or boolean

  Kind kind = Kind::kNull;
  std::string text;                // of a text, without quotes; of a literal, as written
  std::vector<std::string> names;  // of an object, one for each element
  std::vector<BodyValue> elements;

  bool is_scalar() const { return kind != Kind::kList && kind != Kind::kObject; }
  // A member of an object; null when absent.
  const BodyValue* Find(absl::string_view name) const;
  // As JSON again.
  std::string ToJson() const;
};

// Deeper than any form that an API reads.
constexpr int kMaxBodyDepth = 64;
constexpr std::size_t kMaxBodyValues = 500'000;

// InvalidArgument, in words that follow "body", when `text` is no JSON, too deep or
// holds too many values. The body itself is never quoted: it may hold secrets.
absl::StatusOr<BodyValue> ParseBodyValue(absl::string_view text);

// A form repeats a list's name with each element, and names within names with each of
// theirs: from a caller's JSON, it could outgrow any memory.
constexpr std::size_t kMaxEncodedBytes = 64u << 20;

// InvalidArgument, in words that follow "body": it would exceed kMaxEncodedBytes.
absl::Status EncodedTooLarge();

// InvalidArgument, in words that follow "body": its members are to be sent as `form`.
absl::Status NotAnObject(absl::string_view form);

// The bytes of a text in base64; InvalidArgument, in words that follow `where`, for
// anything else.
absl::StatusOr<std::string> Base64Bytes(const BodyValue& base64, absl::string_view where);

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_BODY_VALUE_H_
