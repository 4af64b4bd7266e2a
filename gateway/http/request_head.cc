#include "gateway/http/request_head.h"

#include "absl/strings/match.h"

namespace portico::http {

const absl::string_view* RequestHead::Find(absl::string_view name) const {
  for (const RequestField& field : fields) {
    if (absl::EqualsIgnoreCase(field.name, name)) return &field.value;
  }
  return nullptr;
}

}  // namespace portico::http
