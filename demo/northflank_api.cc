#include "demo/northflank_api.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace portico::demo {
namespace {

constexpr std::size_t kPerPage = 50;  // unless asked for
constexpr std::size_t kMaxPerPage = 100;

void ReplyJson(Exchange& exchange, int status, const Json& body) {
  exchange.Reply({status, "Content-Type: application/json; charset=utf-8\r\n"}, Dump(body));
}

void ReplyError(Exchange& exchange, int status, absl::string_view id, absl::string_view message,
                Json details = Json::object()) {
  ReplyJson(exchange, status,
            {{"error",
              {{"message", std::string(message)}, {"id", std::string(id)}, {"details", details}}}});
}

void ReplyNotFound(Exchange& exchange, absl::string_view what) {
  ReplyError(exchange, 404, "not_found", absl::StrCat(what, " not found."));
}

// A number of the query; `fallback` when it is absent, 0 when it is none.
std::size_t Count(const Query& query, absl::string_view name, std::size_t fallback) {
  const auto values = QueryValues(query, name);
  if (values.empty()) return fallback;
  std::size_t count = 0;
  return absl::SimpleAtoi(values.back(), &count) ? count : 0;
}

// The index at which a cursor's page begins; cursors are opaque to callers.
std::string CursorOf(std::size_t index) {
  return absl::WebSafeBase64Escape(absl::StrCat("jobs:", index));
}

bool ReadCursor(const std::string& cursor, std::size_t* index) {
  std::string text;
  if (!absl::WebSafeBase64Unescape(cursor, &text)) return false;
  absl::string_view digits = text;
  return absl::ConsumePrefix(&digits, "jobs:") && absl::SimpleAtoi(digits, index);
}

// The decoded segments below /v1/projects/, also of /v1/teams/TEAM/projects/;
// empty when the path is another.
std::vector<std::string> ProjectPath(absl::string_view path) {
  if (!absl::ConsumePrefix(&path, "/v1/")) return {};
  std::vector<std::string> decoded;
  for (absl::string_view part : PathSegments(path)) {
    decoded.push_back(PercentDecode(part).value_or(std::string(part)));
  }
  if (decoded.size() > 2 && decoded[0] == "teams")
    decoded.erase(decoded.begin(), decoded.begin() + 2);
  if (decoded.size() < 3 || decoded[0] != "projects" || decoded[2] != "jobs") return {};
  decoded.erase(decoded.begin());
  return decoded;
}

}  // namespace

void NorthflankApi::Handle(const Request& request, std::unique_ptr<Exchange> exchange) {
  if (BearerToken(request) != absl::string_view(options_.token)) {
    return ReplyError(*exchange, 401, "unauthorized", "Invalid or missing API token.");
  }
  Route(request, *exchange);
}

void NorthflankApi::Route(const Request& request, Exchange& exchange) {
  const std::vector<std::string> parts = ProjectPath(request.path());
  if (parts.empty() || parts.size() > 4) return ReplyNotFound(exchange, "Endpoint");
  const bool post = request.method == "POST";
  NorthflankProject* project = jobs_.FindProject(parts[0]);
  if (project == nullptr) return ReplyNotFound(exchange, "Project");
  if (parts.size() == 2) {
    if (request.method == "GET") return List(request, *project, exchange);
    if (post) return Create(request, "manual", *project, exchange);
    return ReplyError(exchange, 405, "method_not_allowed", "Method not allowed.");
  }
  const std::string& last = parts.back();
  if (parts.size() == 3 && post && (last == "manual" || last == "cron")) {
    return Create(request, last, *project, exchange);
  }
  const bool run = last == "runs" || (last == "run" && !options_.strict_vendor);
  if (parts.size() != 4 || !post || !run) return ReplyNotFound(exchange, "Endpoint");
  const Json* job = project->FindJob(parts[2]);
  if (job == nullptr) return ReplyNotFound(exchange, "Job");
  Run(request, *job, exchange);
}

void NorthflankApi::List(const Request& request, const NorthflankProject& project,
                         Exchange& exchange) {
  const Query query = ParseQuery(request.query());
  const std::size_t per_page = Count(query, "per_page", kPerPage);
  const std::size_t page = Count(query, "page", 1);
  if (per_page < 1 || per_page > kMaxPerPage || page < 1) {
    return ReplyError(exchange, 400, "invalid_query",
                      "per_page must be 1 to 100, and page at least 1.");
  }
  std::size_t begin = (page - 1) * per_page;
  const auto cursor = QueryValues(query, "cursor");
  if (!cursor.empty() && !ReadCursor(cursor.back(), &begin)) {
    return ReplyError(exchange, 400, "invalid_query", "The cursor is not valid.");
  }
  Json jobs = Json::array();
  for (std::size_t i = begin; i < project.jobs.size() && jobs.size() < per_page; ++i) {
    jobs.push_back(project.jobs[i]);
  }
  const std::size_t end = std::min(begin, project.jobs.size()) + jobs.size();
  const bool more = end < project.jobs.size();
  Json pagination = {{"hasNextPage", more}};
  if (more) pagination["cursor"] = CursorOf(end);
  pagination["count"] = jobs.size();
  ReplyJson(exchange, 200, {{"data", {{"jobs", jobs}}}, {"pagination", pagination}});
}

void NorthflankApi::Create(const Request& request, const std::string& kind,
                           NorthflankProject& project, Exchange& exchange) {
  const auto body = ParseJson(request.body);
  if (!body.ok()) return ReplyError(exchange, 400, "invalid_body", body.status().message());
  const auto job = NorthflankJobs::Create(project, *body, kind);
  if (absl::IsAlreadyExists(job.status())) {
    return ReplyError(exchange, 409, "already_exists", job.status().message());
  }
  if (!job.ok()) return ReplyError(exchange, 400, "validation_failed", job.status().message());
  ReplyJson(exchange, 200, {{"data", *job}});
}

// The body is optional; what it asks for changes nothing here.
void NorthflankApi::Run(const Request& request, const Json& job, Exchange& exchange) {
  if (!request.body.empty()) {
    const auto body = ParseJson(request.body);
    if (!body.ok() || !body->is_object()) {
      return ReplyError(exchange, 400, "invalid_body", "Request body must be an object.");
    }
  }
  const std::string name =
      absl::StrCat(job["id"].get_ref<const std::string&>(), "-", ids_.Suffix(5));
  ReplyJson(exchange, 200, {{"data", {{"id", ids_.Uuid()}, {"runName", name}}}});
}

}  // namespace portico::demo
