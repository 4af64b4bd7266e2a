#include "demo/northflank_jobs.h"

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace portico::demo {
namespace {

// "Nightly report" -> "nightly-report"
std::string Slug(const std::string& name) {
  std::string slug;
  for (const char c : name) {
    if (absl::ascii_isalnum(c)) {
      slug += absl::ascii_tolower(c);
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  return slug.empty() ? "job" : slug;
}

Json NewJob(const NorthflankProject& project, const std::string& name, const std::string& kind) {
  const std::string id = Slug(name);
  return {{"id", id},
          {"projectId", project.id},
          {"appId", absl::StrCat("/demo-team/", project.id, "/", id)},
          {"name", name},
          {"tags", Json::array()},
          {"jobType", kind},
          {"disabledCI", false},
          {"disabledCD", false},
          {"suspended", false}};
}

std::string TextAt(const Json& object, const char* key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

}  // namespace

const Json* NorthflankProject::FindJob(const std::string& job_id) const {
  for (const Json& job : jobs) {
    if (job["id"] == job_id) return &job;
  }
  return nullptr;
}

NorthflankJobs::NorthflankJobs() : projects_{{"demo-project", {}}, {"empty-project", {}}} {
  NorthflankProject& demo = projects_[0];
  demo.jobs.push_back(NewJob(demo, "Nightly report", "cron"));
  demo.jobs.push_back(NewJob(demo, "Migrate database", "manual"));
  demo.jobs.push_back(NewJob(demo, "Send invoices", "manual"));
}

NorthflankProject* NorthflankJobs::FindProject(const std::string& id) {
  for (NorthflankProject& project : projects_) {
    if (project.id == id) return &project;
  }
  return nullptr;
}

absl::StatusOr<Json> NorthflankJobs::Create(NorthflankProject& project, const Json& body,
                                            const std::string& kind) {
  if (!body.is_object()) return absl::InvalidArgumentError("Request body must be an object.");
  const std::string name = TextAt(body, "name");
  if (name.empty()) return absl::InvalidArgumentError("name is required.");
  if (TextAt(body.value("billing", Json()), "deploymentPlan").empty()) {
    return absl::InvalidArgumentError("billing.deploymentPlan is required.");
  }
  Json job = NewJob(project, name, kind);
  if (project.FindJob(job["id"]) != nullptr) {
    return absl::AlreadyExistsError(absl::StrCat("A job named ", name, " exists already."));
  }
  if (body.contains("description")) job["description"] = body["description"];
  if (body.contains("tags")) job["tags"] = body["tags"];
  project.jobs.push_back(job);
  return job;
}

}  // namespace portico::demo
