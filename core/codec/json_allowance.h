// How much of the JSON that came may be copied into what is made of it. A path such as
// `$..a` finds values within values, and a list may repeat a whole answer in each of its
// elements: the copies outgrow by far what came, and whoever answers chooses by how much.
//
// Not thread-safe.
#ifndef PORTICO_CORE_CODEC_JSON_ALLOWANCE_H_
#define PORTICO_CORE_CODEC_JSON_ALLOWANCE_H_

#include <cstddef>

#include "core/codec/json_value.h"

namespace portico::codec {

class JsonAllowance {
 public:
  // A value weighs 1 for itself and for each value in it, and 1 more for each 64 bytes of
  // their texts and names.
  explicit JsonAllowance(std::size_t weight) : left_(weight) {}

  // Takes what `value` weighs. False when less is left; then nothing is any more. Looks
  // no further into `value` than what is left reaches.
  bool Take(const JsonValue& value);
  bool exceeded() const { return exceeded_; }

 private:
  std::size_t left_;
  bool exceeded_ = false;
};

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_JSON_ALLOWANCE_H_
