#include "core/codec/json_allowance.h"

#include <string>

namespace portico::codec {

bool JsonAllowance::Take(const JsonValue& value) {
  std::size_t weight = 1 + value.text.size() / 64;
  for (const std::string& name : value.names) weight += name.size() / 64;
  if (exceeded_ || weight > left_) {
    left_ = 0;
    exceeded_ = true;
    return false;
  }
  left_ -= weight;
  for (const JsonValue& element : value.elements) {
    if (!Take(element)) return false;
  }
  return true;
}

}  // namespace portico::codec
