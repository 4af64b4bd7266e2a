#include "gateway/http/request_head.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace portico::http {

const absl::string_view* RequestHead::Find(absl::string_view name) const {
  for (const RequestField& field : fields) {
    if (absl::EqualsIgnoreCase(field.name, name)) return &field.value;
  }
  return nullptr;
}

std::string RequestHead::List(absl::string_view name) const {
  std::string list;
  for (const RequestField& field : fields) {
    if (!absl::EqualsIgnoreCase(field.name, name)) continue;
    absl::StrAppend(&list, list.empty() ? "" : ", ", field.value);
  }
  return list;
}

}  // namespace portico::http
