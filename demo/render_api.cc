#include "demo/render_api.h"

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "demo/render_page.h"

namespace portico::demo {
namespace {

constexpr absl::string_view kJsonHead = "Content-Type: application/json\r\n";

void ReplyJson(Exchange& exchange, int status, const Json& body) {
  exchange.Reply({status, std::string(kJsonHead)}, Dump(body));
}

// The ids of a comma-joined value, of repeated ones, or of both: the vendor's own
// clients disagree.
std::vector<std::string> RunIds(const Request& request) {
  std::vector<std::string> ids;
  for (const std::string& value : QueryValues(ParseQuery(request.query()), "taskRunIds")) {
    for (absl::string_view id : absl::StrSplit(value, ',', absl::SkipEmpty())) {
      ids.emplace_back(id);
    }
  }
  return ids;
}

// A page of `items` (a deque), newest first when `reversed`.
template <typename Iterator>
Json Page(Iterator begin, Iterator end, const RenderPage& page, const RenderFilter& filter,
          const char* name, Json (*write)(const typename Iterator::value_type&)) {
  Json items = Json::array();
  bool reached = page.after_id.empty();
  for (auto item = begin; item != end && items.size() < page.limit; ++item) {
    if (reached && filter.Fits(*item)) {
      items.push_back({{name, write(*item)}, {"cursor", CursorOf(item->id)}});
    }
    reached = reached || item->id == page.after_id;
  }
  return items;
}

}  // namespace

RenderApi::RenderApi(const DemoOptions& options, Schedule* schedule)
    : options_(options),
      events_(schedule),
      workflows_(schedule, [this](const TaskRun& run) { events_.Tell(run); }) {}

void RenderApi::ReplyError(Exchange& exchange, int status, absl::string_view message) {
  ReplyJson(exchange, status,
            {{"id", absl::StrCat("err-", ids_.Suffix(20))}, {"message", std::string(message)}});
}

void RenderApi::Handle(const Request& request, std::unique_ptr<Exchange> exchange) {
  if (BearerToken(request) != absl::string_view(options_.token)) {
    return ReplyError(*exchange, 401, "Unauthorized");
  }
  Route(request, std::move(exchange));
}

void RenderApi::Route(const Request& request, std::unique_ptr<Exchange> exchange) {
  absl::string_view path = request.path();
  const bool based = absl::ConsumePrefix(&path, "/v1/");
  const auto parts = PathSegments(path);
  const bool runs = !parts.empty() && parts[0] == "task-runs";
  const bool tasks = !parts.empty() && parts[0] == "tasks";
  if (!based || parts.size() > 2 || (!runs && !tasks)) {
    return ReplyError(*exchange, 404, "not found");
  }
  const bool get = request.method == "GET";
  if (parts.size() == 1) {
    if (runs && request.method == "POST") return CreateRun(request, *exchange);
    if (!get) return ReplyError(*exchange, 405, "method not allowed");
    return runs ? ListRuns(request, *exchange) : ListTasks(request, *exchange);
  }
  if (runs && get && parts[1] == "events") return StreamEvents(request, std::move(exchange));
  const auto id = PercentDecode(parts[1]);
  if (!id.has_value()) return ReplyError(*exchange, 400, "malformed path");
  if (runs) return RouteRun(request, *id, *exchange);
  if (!get) return ReplyError(*exchange, 405, "method not allowed");
  const WorkflowTask* task = workflows_.FindTask(*id);
  if (task == nullptr) return ReplyError(*exchange, 404, absl::StrCat("not found: task ", *id));
  ReplyJson(*exchange, 200, TaskJson(*task));
}

void RenderApi::RouteRun(const Request& request, const std::string& id, Exchange& exchange) {
  const bool cancel = request.method == "DELETE";
  if (!cancel && request.method != "GET") return ReplyError(exchange, 405, "method not allowed");
  const TaskRun* run = workflows_.FindRun(id);
  if (run == nullptr) return ReplyError(exchange, 404, absl::StrCat("not found: task run ", id));
  if (!cancel) return ReplyJson(exchange, 200, RunDetailsJson(*run));
  workflows_.Cancel(*run);
  exchange.Reply({204, ""}, "");
}

void RenderApi::CreateRun(const Request& request, Exchange& exchange) {
  const auto body = ParseJson(request.body);
  if (!body.ok()) return ReplyError(exchange, 400, body.status().message());
  const bool has_task = body->is_object() && body->contains("task") && (*body)["task"].is_string();
  if (!has_task) return ReplyError(exchange, 400, "task must be a string");
  if (!body->contains("input") || !(*body)["input"].is_structured()) {
    return ReplyError(exchange, 400, "input must be an array or an object");
  }
  const std::string& slug = (*body)["task"].get_ref<const std::string&>();
  const WorkflowTask* task = workflows_.FindTaskBySlug(slug);
  if (task == nullptr) return ReplyError(exchange, 404, absl::StrCat("not found: task ", slug));
  ReplyJson(exchange, 202, RunJson(workflows_.Start(*task, (*body)["input"], nullptr)));
}

void RenderApi::ListRuns(const Request& request, Exchange& exchange) {
  const Query query = ParseQuery(request.query());
  const auto page = RenderPage::Parse(query);
  if (!page.ok()) return ReplyError(exchange, 400, page.status().message());
  const auto& runs = workflows_.runs();
  ReplyJson(exchange, 200,
            Page(runs.rbegin(), runs.rend(), *page, RenderFilter(query), "taskRun", RunJson));
}

void RenderApi::ListTasks(const Request& request, Exchange& exchange) {
  const Query query = ParseQuery(request.query());
  const auto page = RenderPage::Parse(query);
  if (!page.ok()) return ReplyError(exchange, 400, page.status().message());
  const auto& tasks = workflows_.tasks();
  ReplyJson(exchange, 200,
            Page(tasks.begin(), tasks.end(), *page, RenderFilter(query), "task", TaskJson));
}

void RenderApi::StreamEvents(const Request& request, std::unique_ptr<Exchange> exchange) {
  if (!absl::StrContains(absl::AsciiStrToLower(request.accept), "text/event-stream")) {
    return ReplyError(*exchange, 400, "Accept must be text/event-stream");
  }
  std::vector<std::string> ids = RunIds(request);
  if (ids.empty()) return ReplyError(*exchange, 400, "taskRunIds is required");
  std::vector<const TaskRun*> finished;
  for (const std::string& id : ids) {
    const TaskRun* run = workflows_.FindRun(id);
    if (run == nullptr || !run->done() || run->status == RunStatus::kCanceled) continue;
    finished.push_back(run);
  }
  events_.Stream(std::move(ids), finished, std::move(exchange));
}

}  // namespace portico::demo
