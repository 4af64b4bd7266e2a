// Query parameters that are objects, as callers spell them pair by pair:
// `filter[state]=open&filter[by][name]=x`.
//
// One per request; not thread-safe.
#ifndef PORTICO_GATEWAY_REST_OBJECT_INPUTS_H_
#define PORTICO_GATEWAY_REST_OBJECT_INPUTS_H_

#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "core/codec/json_value.h"

namespace portico::rest {

class ObjectInputs {
 public:
  // The part of `name` before its brackets; empty when it is not of that form.
  static std::string OwnerOf(absl::string_view name);

  // Adds a pair whose name has the owner `OwnerOf(name)`. Why it cannot be added, in
  // words that follow its name; empty when it could.
  std::string Take(absl::string_view name, const std::string& value);

  // By owner; all scalars are texts.
  const std::map<std::string, codec::JsonValue>& objects() const { return objects_; }

 private:
  std::map<std::string, codec::JsonValue> objects_;
};

}  // namespace portico::rest

#endif  // PORTICO_GATEWAY_REST_OBJECT_INPUTS_H_
