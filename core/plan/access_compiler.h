// Who may call: `authentication` of the `exposes` entries, laid on the routes, tools and
// methods of a draft. docs/adr/0036-callers-are-checked-per-route.md has the rules.
//
// Not thread-safe. The draft must outlive the compiler.
#ifndef PORTICO_CORE_PLAN_ACCESS_COMPILER_H_
#define PORTICO_CORE_PLAN_ACCESS_COMPILER_H_

#include <cstddef>
#include <map>
#include <vector>

#include "core/capability/capability.h"
#include "core/capability/finding.h"
#include "core/capability/finding_log.h"
#include "core/plan/plan_draft.h"

namespace portico::plan {

class AccessCompiler {
 public:
  explicit AccessCompiler(PlanDraft* draft) : draft_(draft) {}

  // Closes the routes, tools, resources and prompts that were added to the draft since the last
  // call: they are those of `expose`, of capability `file`. Kinds of authentication that are not
  // checked are errors: such a door must neither be open nor seem closed.
  void Close(const capability::Expose& expose, const std::vector<capability::Bind>& binds,
             std::size_t file, capability::FindingLog* log);

  // Once all doors are closed, and methods and vendor's inputs bound. Closes the methods:
  // by the gRPC entry of the operation's file if it says who may call, else by whatever
  // opens one of the operation's closed routes and tools; an operation without any goes by
  // what its file closes. And what callers show for themselves is no input of a route any
  // more; a warning says so.
  void Finish(capability::Findings* findings);

 private:
  // Null: whoever reaches the door may call.
  const Access* Compile(const capability::Expose& expose,
                        const std::vector<capability::Bind>& binds, capability::FindingLog* log);
  // Of one operation's routes and tools.
  struct Faces {
    bool any = false;
    std::vector<const Access*> closed;
  };

  void CloseMethods();
  void TakeCredentialsFrom(Route& route, capability::Findings* findings) const;
  const Access* AnyOf(const std::vector<const Access*>& accesses);
  const Access* Add(Access access);

  PlanDraft* draft_;
  std::size_t routes_ = 0;  // of the draft, closed so far
  std::size_t tools_ = 0;
  std::size_t resources_ = 0;
  std::size_t prompts_ = 0;
  std::map<std::size_t, const Access*> grpc_;                 // by file; null: said to be open
  std::map<std::size_t, std::vector<const Access*>> closed_;  // by file
  std::map<std::vector<const Access*>, const Access*> joined_;
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_ACCESS_COMPILER_H_
