#include "demo/backstage_task.h"

#include "absl/strings/str_cat.h"

namespace portico::demo {
namespace {

// What a user's task carries of its user: the catalog's entity.
std::string UserText(const Task& task) {
  if (task.created_by.empty()) return "{}";
  const Json entity = {
      {"metadata",
       {{"namespace", "default"},
        {"name", "guest"},
        {"uid", "8f0bf595-4158-4eef-a2fd-3a29366ad231"},
        {"etag", "2e207b6d4f3ea9f31159d83f56169136dfe07e70"}}},
      {"apiVersion", "backstage.io/v1alpha1"},
      {"kind", "User"},
      {"spec", {{"memberOf", Json::array()}}},
      {"relations", {{{"type", "ownerOf"}, {"targetRef", "template:default/quick"}}}}};
  return Dump(Json{{"entity", entity}, {"ref", task.created_by}});
}

std::string Heartbeat(const Task& task, absl::Time now) {
  if (task.status == TaskStatus::kOpen) return "null";
  const bool running = task.status == TaskStatus::kProcessing;
  return absl::StrCat("\"", StoreTime(running ? now : task.ended_at), "\"");
}

}  // namespace

absl::string_view StatusName(TaskStatus status) {
  switch (status) {
    case TaskStatus::kOpen:
      return "open";
    case TaskStatus::kProcessing:
      return "processing";
    case TaskStatus::kCompleted:
      return "completed";
    case TaskStatus::kFailed:
      break;
  }
  return "failed";
}

std::string StoreTime(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%S.000Z", time, absl::UTCTimeZone());
}

std::string TaskText(const Task& task, absl::Time now) {
  std::string text = absl::StrCat(
      "{\"id\":\"", task.id, "\",\"spec\":", SpecText(*task.source, task.values, UserText(task)),
      ",\"status\":\"", StatusName(task.status), "\",\"createdAt\":\"", StoreTime(task.created_at),
      "\",\"lastHeartbeatAt\":", Heartbeat(task, now));
  if (!task.created_by.empty()) absl::StrAppend(&text, ",\"createdBy\":", Quote(task.created_by));
  return absl::StrCat(text, "}");
}

}  // namespace portico::demo
