// Render's paging and filters: which of a list's items a query chooses.
//
// Threads: any.
#ifndef PORTICO_DEMO_RENDER_PAGE_H_
#define PORTICO_DEMO_RENDER_PAGE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "demo/http_message.h"
#include "demo/render_run.h"

namespace portico::demo {

// The cursor of the item with this id: opaque, and it names the item after which
// the next page begins.
std::string CursorOf(const std::string& id);

struct RenderPage {
  std::size_t limit = 20;
  std::string after_id;  // empty: from the start

  // InvalidArgument unless limit is 1 to 100 and the cursor is one of CursorOf.
  static absl::StatusOr<RenderPage> Parse(const Query& query);
};

// Filters repeat (ownerId instead is one comma-joined value, of which the last
// counts); an item must fit each filter that is given.
struct RenderFilter {
  explicit RenderFilter(const Query& query);
  bool Fits(const WorkflowTask& task) const;
  bool Fits(const TaskRun& run) const;

  std::vector<std::string> task_slugs;
  std::vector<std::string> root_run_ids;
  std::vector<std::string> owner_ids;
  std::vector<std::string> workflow_ids;
  std::vector<std::string> workflow_version_ids;
};

}  // namespace portico::demo

#endif  // PORTICO_DEMO_RENDER_PAGE_H_
