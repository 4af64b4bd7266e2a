#include "core/plan/plan.h"

namespace portico::plan {

const Method* Plan::FindMethod(absl::string_view path) const {
  const auto found = methods_by_path_.find(path);
  return found == methods_by_path_.end() ? nullptr : found->second;
}

const Operation* Plan::FindOperation(absl::string_view id) const {
  const auto found = operations_by_id_.find(id);
  return found == operations_by_id_.end() ? nullptr : found->second;
}

}  // namespace portico::plan
