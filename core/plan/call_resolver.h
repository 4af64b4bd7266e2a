// Which operation a `call` means.
//
// Built while operations compile, then read. Not thread-safe.
#ifndef PORTICO_CORE_PLAN_CALL_RESOLVER_H_
#define PORTICO_CORE_PLAN_CALL_RESOLVER_H_

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/plan/plan_draft.h"

namespace portico::plan {

class CallResolver {
 public:
  struct Target {
    DraftOperation* operation = nullptr;  // null: see the others
    bool left_out = false;                // of an API that lost a clash of namespaces
    std::string problem;                  // why nothing is found, with a suggestion
  };

  // The operations of `draft` may be called from now on.
  explicit CallResolver(const PlanDraft& draft);

  // The API `space` of capability `file` is left out, and so is what calls it there.
  void LeaveOut(std::size_t file, const std::string& space) { left_out_.insert({file, space}); }

  // What `call` ("<namespace>.<name>") means in capability `file`. A file's own
  // APIs come before those of others. Where a name repeats in an API, the
  // operations answer in order to the `nth` call of that name (from 0): files
  // list operations, routes and tools in the same order.
  // The first hundred problems come with a suggestion, which costs a search.
  Target Resolve(std::size_t file, const std::string& call, std::size_t nth);

 private:
  std::string Problem(std::size_t file, const std::string& call);

  // By "<namespace>.<written name>"; of one file each.
  std::map<std::pair<std::size_t, std::string>, std::vector<DraftOperation*>> by_file_;
  std::map<std::string, std::vector<DraftOperation*>> by_name_;
  std::set<std::pair<std::size_t, std::string>> left_out_;
  int suggestions_left_ = 100;
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_CALL_RESOLVER_H_
