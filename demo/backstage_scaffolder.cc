#include "demo/backstage_scaffolder.h"

#include <cmath>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "demo/backstage_body.h"
#include "demo/backstage_dry_run.h"
#include "demo/backstage_reply.h"
#include "demo/backstage_schema.h"
#include "demo/backstage_task_list.h"

namespace portico::demo {
namespace {

constexpr absl::string_view kGuest = "user:default/guest";

// The full form of a reference to a template; empty when it is to anything else.
// The kind, in any case, and the namespace may be left out.
std::string TemplateRef(absl::string_view ref) {
  if (const std::size_t colon = ref.find(':'); colon != absl::string_view::npos) {
    if (absl::AsciiStrToLower(ref.substr(0, colon)) != "template") return "";
    ref.remove_prefix(colon + 1);
  }
  if (ref.find(':') != absl::string_view::npos) return "";
  const bool with_namespace = ref.find('/') != absl::string_view::npos;
  return absl::StrCat("template:", with_namespace ? "" : "default/", ref);
}

// JavaScript's Number(): what is not one becomes NaN, and "" becomes 0.
double AsNumber(const std::string& text) {
  double number = 0;
  if (text.empty() || absl::SimpleAtod(text, &number)) return number;
  return std::nan("");
}

void ReplyStatus(Exchange& exchange, const Request& request, const absl::Status& status) {
  const std::string message(status.message());
  if (absl::IsPermissionDenied(status)) {
    return ReplyError(exchange, request, 403, "NotAllowedError", message);
  }
  if (absl::IsNotFound(status)) {
    return ReplyError(exchange, request, 404, "NotFoundError", message);
  }
  ReplyInputError(exchange, request, message);
}

absl::StatusOr<Json> ExecuteDryRun(const Json& body) {
  DryRun run(body["template"], body["values"]);
  const Json& files = body["directoryContents"];
  for (std::size_t i = 0; i < files.size(); ++i) {
    absl::Status status =
        CheckProperties(files[i], absl::StrCat("request/body/directoryContents/", i),
                        {{"path", "string", true}, {"base64Content", "string", true}});
    if (status.ok()) status = run.AddFile(files[i]["path"], files[i]["base64Content"]);
    if (!status.ok()) return status;
  }
  return run.Execute();
}

}  // namespace

BackstageScaffolder::BackstageScaffolder(const DemoOptions& options, Schedule* schedule)
    : options_(options),
      store_(schedule),
      runner_(schedule, &store_),
      readers_(schedule, &store_) {}

void BackstageScaffolder::Handle(const Request& request, std::unique_ptr<Exchange> exchange) {
  const auto token = BearerToken(request);
  if (!token.has_value()) {
    return ReplyError(*exchange, request, 401, "AuthenticationError", "Missing credentials");
  }
  const bool guest = *token == absl::StrCat(options_.token, "-guest");
  if (!guest && *token != options_.token) {
    return ReplyError(*exchange, request, 401, "AuthenticationError", "Illegal token");
  }
  Route(request, guest ? kGuest : "", std::move(exchange));
}

void BackstageScaffolder::Route(const Request& request, absl::string_view user,
                                std::unique_ptr<Exchange> exchange) {
  absl::string_view path = request.path();
  if (!absl::ConsumePrefix(&path, kScaffolderBase)) return ReplyUnknownPath(*exchange);
  const std::vector<absl::string_view> parts = PathSegments(path);
  const bool get = request.method == "GET";
  const bool post = request.method == "POST";
  if (parts.size() < 2 || parts.size() > 4 || parts[0] != "v2") return ReplyUnknownPath(*exchange);
  if (parts.size() == 2) {
    if (parts[1] == "dry-run" && post) return DryRunTemplate(request, *exchange);
    if (parts[1] == "tasks" && get) return List(request, *exchange);
    if (parts[1] == "tasks" && post) return Create(request, user, *exchange);
    return ReplyUnknownPath(*exchange);
  }
  const absl::string_view verb = parts.size() == 4 ? parts[3] : "";
  if (parts[1] != "tasks") return ReplyUnknownPath(*exchange);
  const auto id = PercentDecode(parts[2]);
  if (!id.has_value()) return ReplyInputError(*exchange, request, "malformed uri'");
  RouteTask(request, *id, verb, std::move(exchange));
}

void BackstageScaffolder::RouteTask(const Request& request, const std::string& id,
                                    absl::string_view verb, std::unique_ptr<Exchange> exchange) {
  const bool get = request.method == "GET";
  const bool known = get ? verb.empty() || verb == "eventstream" || verb == "events" ||
                               (verb == "logs" && !options_.strict_vendor)
                         : request.method == "POST" && verb == "cancel";
  if (!known) return ReplyUnknownPath(*exchange);
  Task* task = store_.Find(id);
  if (task == nullptr) {
    return ReplyError(*exchange, request, 404, "NotFoundError",
                      absl::StrCat("No task with id '", id, "' found"));
  }
  if (verb == "eventstream") return Stream(request, *task, std::move(exchange));
  if (verb == "events" || verb == "logs") {
    return Events(request, *task, /*long_poll=*/verb == "events", std::move(exchange));
  }
  if (verb.empty()) return ReplyJson(*exchange, 200, TaskText(*task, store_.now()));
  runner_.Cancel(*task);
  ReplyJson(*exchange, 200, "{\"status\":\"cancelled\"}");
}

void BackstageScaffolder::Create(const Request& request, absl::string_view user,
                                 Exchange& exchange) {
  const auto body = ReadBody(
      request,
      {{"templateRef", "string", true}, {"values", "object", true}, {"secrets", "object", false}});
  if (!body.ok()) return ReplyStatus(exchange, request, body.status());
  const std::string ref = TemplateRef((*body)["templateRef"].get_ref<const std::string&>());
  if (ref.empty()) {
    return ReplyInputError(exchange, request, "Invalid kind, only 'Template' kind is supported");
  }
  const Template* source = catalog_.Find(absl::StripPrefix(ref, "template:default/"));
  if (source == nullptr) {
    return ReplyError(exchange, request, 404, "NotFoundError",
                      absl::StrCat("Template ", ref, " not found"));
  }
  const Json& values = (*body)["values"];
  const Json errors = SchemaErrors(values, source->parameters);
  if (!errors.empty()) return ReplyJson(exchange, 400, Dump({{"errors", errors}}));
  Task& task = store_.Create(*source, Dump(values), std::string(user));
  runner_.Submit(task);
  ReplyJson(exchange, 201, absl::StrCat("{\"id\":\"", task.id, "\"}"));
}

void BackstageScaffolder::DryRunTemplate(const Request& request, Exchange& exchange) {
  const auto body = ReadBody(request, {{"template", "object", true},
                                       {"values", "object", true},
                                       {"directoryContents", "array", true},
                                       {"secrets", "object", false}});
  if (!body.ok()) return ReplyStatus(exchange, request, body.status());
  const Json& entity = (*body)["template"];
  if (entity.value("kind", Json()) != "Template" || !entity.value("spec", Json()).is_object()) {
    return ReplyInputError(exchange, request, "Input template is not a template");
  }
  const Json errors = SchemaErrors((*body)["values"], entity["spec"].value("parameters", Json()));
  if (!errors.empty()) return ReplyJson(exchange, 400, Dump({{"errors", errors}}));
  const auto result = ExecuteDryRun(*body);
  if (!result.ok()) return ReplyStatus(exchange, request, result.status());
  ReplyJson(exchange, 200, Dump(*result));
}

void BackstageScaffolder::List(const Request& request, Exchange& exchange) {
  const auto filter = TaskFilter::Parse(request.query());
  if (!filter.ok()) return ReplyStatus(exchange, request, filter.status());
  ReplyJson(exchange, 200, ListTasks(store_, *filter));
}

// `after` is not validated here, and Accept and Last-Event-ID are not looked at.
void BackstageScaffolder::Stream(const Request& request, const Task& task,
                                 std::unique_ptr<Exchange> exchange) {
  const std::vector<std::string> after = QueryValues(ParseQuery(request.query()), "after");
  std::optional<double> after_id;
  if (!after.empty()) after_id = AsNumber(after.back());
  readers_.Stream(task, after_id, std::move(exchange));
}

void BackstageScaffolder::Events(const Request& request, const Task& task, bool long_poll,
                                 std::unique_ptr<Exchange> exchange) {
  const std::vector<std::string> after = QueryValues(ParseQuery(request.query()), "after");
  std::optional<double> after_id;
  if (!after.empty()) {
    const auto number = ParseInteger("after", after.back());
    if (!number.ok()) return ReplyStatus(*exchange, request, number.status());
    after_id = static_cast<double>(*number);
  }
  if (long_poll) return readers_.LongPoll(task, after_id, std::move(exchange));
  ReplyJson(*exchange, 200, EventsText(TaskStore::EventsAfter(task, after_id)));
}

}  // namespace portico::demo
