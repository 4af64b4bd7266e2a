#include "demo/render_page.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace portico::demo {
namespace {

bool Allows(const std::vector<std::string>& filter, const std::string& value) {
  return filter.empty() || std::find(filter.begin(), filter.end(), value) != filter.end();
}

}  // namespace

std::string CursorOf(const std::string& id) { return absl::WebSafeBase64Escape(id); }

absl::StatusOr<RenderPage> RenderPage::Parse(const Query& query) {
  RenderPage page;
  const auto limit = QueryValues(query, "limit");
  if (!limit.empty() &&
      (!absl::SimpleAtoi(limit.back(), &page.limit) || page.limit < 1 || page.limit > 100)) {
    return absl::InvalidArgumentError("limit must be an integer from 1 to 100");
  }
  const auto cursor = QueryValues(query, "cursor");
  if (!cursor.empty() && !absl::WebSafeBase64Unescape(cursor.back(), &page.after_id)) {
    return absl::InvalidArgumentError("invalid cursor");
  }
  return page;
}

RenderFilter::RenderFilter(const Query& query)
    : task_slugs(QueryValues(query, "taskSlug")),
      root_run_ids(QueryValues(query, "rootTaskRunId")),
      workflow_ids(QueryValues(query, "workflowId")),
      workflow_version_ids(QueryValues(query, "workflowVersionId")) {
  const auto owners = QueryValues(query, "ownerId");
  if (!owners.empty()) owner_ids = absl::StrSplit(owners.back(), ',');
}

bool RenderFilter::Fits(const WorkflowTask& task) const {
  const bool slug_fits = task_slugs.empty() || std::any_of(task_slugs.begin(), task_slugs.end(),
                                                           [&](const std::string& slug) {
                                                             return task.MatchesSlug(slug);
                                                           });
  return slug_fits && Allows(owner_ids, task.owner_id) && Allows(workflow_ids, task.workflow_id) &&
         Allows(workflow_version_ids, task.workflow_version_id);
}

bool RenderFilter::Fits(const TaskRun& run) const {
  return Fits(*run.task) && Allows(root_run_ids, run.root_id);
}

}  // namespace portico::demo
