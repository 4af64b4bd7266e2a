#include "gateway/rest/rest_door.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "core/codec/media_type.h"
#include "core/invoke/body_encoder.h"
#include "core/plan/percent_encoding.h"
#include "gateway/http/request_caller.h"
#include "gateway/rest/caller_timeout.h"
#include "gateway/rest/error_problem.h"
#include "gateway/rest/negotiation.h"
#include "gateway/rest/passed_fields.h"
#include "gateway/rest/relay_call.h"

namespace portico::rest {
namespace {

using http::MakeProblem;

bool EscapesAreWhole(absl::string_view path) {
  for (std::size_t at = path.find('%'); at != absl::string_view::npos;
       at = path.find('%', at + 1)) {
    if (!plan::IsEscape(path, at)) return false;
  }
  return true;
}

// Problems and preflights are answered here; calls answer for themselves.
void Respond(const RestRequest& request, http::ResponseHead head, absl::string_view body) {
  AddAnswered(request, &head);
  request.writer->Respond(head, body);
}

void RespondWith(const RestRequest& request, const http::Problem& problem) {
  Respond(request, http::HeadOf(problem), http::ToJson(problem));
}

void RespondNoRoute(const RestRequest& request, const http::RequestHead& head,
                    absl::string_view path, const std::set<std::string>& allowed) {
  if (allowed.empty()) {
    return RespondWith(request, MakeProblem(404, "NO_SUCH_ROUTE", "No such route",
                                            absl::StrCat("no capability serves ", path,
                                                         "; /openapi.json lists what is served")));
  }
  const std::string methods = absl::StrJoin(allowed, ", ");
  if (head.method == "OPTIONS") {
    http::ResponseHead allow(204);
    allow.Add("Allow", absl::StrCat(methods, ", OPTIONS"));
    allow.Add(http::kSourceField, "portico");
    if (http::OriginPolicy::IsPreflight(head)) allow.Add("Access-Control-Allow-Methods", methods);
    return Respond(request, std::move(allow), "");
  }
  const http::Problem problem =
      MakeProblem(405, "METHOD_NOT_ALLOWED", "Method not allowed",
                  absl::StrCat(head.method, " is not served here, only ", methods));
  http::ResponseHead refused = http::HeadOf(problem);
  refused.Add("Allow", absl::StrCat(methods, ", OPTIONS"));
  Respond(request, std::move(refused), http::ToJson(problem));
}

void RespondNotAdmitted(const RestRequest& request, const invoke::CallError& refusal,
                        const std::string& challenge) {
  const http::Problem problem = ProblemOf(refusal);
  http::ResponseHead head = HeadOf(refusal, problem);
  if (problem.status == 401) head.Add("WWW-Authenticate", challenge);
  Respond(request, std::move(head), http::ToJson(problem));
}

// The caller's credential is for this door alone.
void RemoveCredentials(const plan::Access& access, std::vector<QueryPair>* pairs) {
  for (const plan::Authentication& one : access.accepted) {
    if (!one.in_query) continue;
    pairs->erase(std::remove_if(pairs->begin(), pairs->end(),
                                [&](const QueryPair& pair) { return pair.name == one.key_name; }),
                 pairs->end());
  }
}

// What the route offers; nullopt after the refusal.
std::optional<absl::string_view> ChooseType(const http::RequestHead& head, bool stream,
                                            http::Problem* refusal) {
  static constexpr absl::string_view kStream[] = {"text/event-stream", "application/x-ndjson"};
  static constexpr absl::string_view kJson[] = {"application/json"};
  const std::string accept = head.List("accept");
  const auto offered = stream ? absl::MakeConstSpan(kStream) : absl::MakeConstSpan(kJson);
  const auto chosen = Negotiate(accept, offered);
  if (!chosen.has_value()) {
    *refusal = MakeProblem(406, "NOT_ACCEPTABLE", "Not acceptable",
                           absl::StrCat("Accept: ", accept, " fits nothing of what is offered: ",
                                        absl::StrJoin(offered, ", ")));
  }
  return chosen;
}

// What is wrong with the body before any of it is read.
std::optional<http::Problem> BodyProblem(const http::RequestHead& head, const RouteInputs& inputs,
                                         std::size_t max_body_bytes) {
  if (!head.has_body) return std::nullopt;
  if (!inputs.reads_body()) {
    return MakeProblem(400, "UNEXPECTED_BODY", "Unexpected body",
                       absl::StrCat(inputs.route().http_method, " ", inputs.route().path.text(),
                                    " takes no body; nothing would be done with it"));
  }
  const absl::string_view* const type = head.Find("content-type");
  const absl::string_view own = invoke::MediaTypeOf(*inputs.route().operation);
  if (type != nullptr && !codec::IsJsonType(*type) && !codec::IsOfType(*type, own)) {
    return MakeProblem(
        415, "UNSUPPORTED_MEDIA_TYPE", "Unsupported media type",
        absl::StrCat("the body is read as application/json",
                     own == "application/json" ? "" : absl::StrCat(" or ", own), ", not ", *type,
                     "; with curl say -H 'Content-Type: application/json'"));
  }
  const absl::string_view* const encoding = head.Find("content-encoding");
  if (encoding != nullptr && !absl::EqualsIgnoreCase(*encoding, "identity")) {
    return MakeProblem(415, "UNSUPPORTED_MEDIA_TYPE", "Unsupported media type",
                       absl::StrCat("Content-Encoding: ", *encoding, " is not undone here"));
  }
  if (head.content_length.value_or(0) > max_body_bytes) {
    return MakeProblem(413, "REQUEST_TOO_LARGE", "Request too large",
                       absl::StrCat("the body of ", *head.content_length, " bytes exceeds ",
                                    max_body_bytes, "; --rest-max-body sets the limit"));
  }
  return std::nullopt;
}

}  // namespace

Routes::Routes(const plan::Plan& plan, const access::AccessControl& access)
    : table(plan), access(access) {
  inputs.reserve(plan.routes().size());
  for (const plan::Route& route : plan.routes()) inputs.emplace_back(route);
}

RestDoor::RestDoor(loop::EventLoop& loop, Served first, const RestOptions& options)
    : loop_(loop),
      served_(std::move(first)),
      options_(options),
      origins_(options.origins),
      keep_alive_(loop, options.keep_alive, [this] {
        for (EventRelay* const stream : streams_) stream->KeepAlive();
      }) {}

std::unique_ptr<http::RequestReceiver> RestDoor::Begin(const http::RequestHead& head,
                                                       http::ResponseWriter* writer) {
  RestRequest request;
  request.invoker = served_.invoker;
  request.keep = served_.keep;
  request.writer = writer;
  request.answered = FieldsToAnswer(head);
  request.origin_fields = origins_.FieldsFor(head);
  if (const auto problem = origins_.Refusal(head)) {
    RespondWith(request, *problem);
    return nullptr;
  }
  const absl::string_view path = head.target.substr(0, head.target.find('?'));
  const absl::string_view query =
      path.size() < head.target.size() ? head.target.substr(path.size() + 1) : "";
  if (served_.pages->Serve(head, path, writer)) return nullptr;
  if (const auto problem = http::OriginPolicy::CrossSiteRefusal(head)) {
    RespondWith(request, *problem);
    return nullptr;
  }
  if (path == "*") {  // OPTIONS, about the server as a whole
    http::ResponseHead whole(204);
    whole.Add(http::kSourceField, "portico");
    Respond(request, std::move(whole), "");
    return nullptr;
  }
  if (!EscapesAreWhole(path)) {
    RespondWith(request, MakeProblem(400, "MALFORMED_TARGET", "Malformed target",
                                     "the path holds a \"%\" that two hex digits do not follow"));
    return nullptr;
  }
  RouteMatch match = served_.routes->table.Find(head.method, path);
  if (!match.found) {
    RespondNoRoute(request, head, path, match.allowed);
    return nullptr;
  }
  const Routes& routes = *served_.routes;
  const RouteInputs& inputs = routes.inputs[match.route];
  if (inputs.route().access != nullptr) {
    const plan::Access& access = *inputs.route().access;
    if (const auto refusal = routes.access.Refusal(access, http::RequestCaller(head))) {
      RespondNotAdmitted(request, *refusal, routes.access.Challenge(access));
      return nullptr;
    }
  }
  return BeginCall(head, inputs, std::move(match), query, std::move(request));
}

std::unique_ptr<http::RequestReceiver> RestDoor::BeginCall(const http::RequestHead& head,
                                                           const RouteInputs& inputs,
                                                           RouteMatch match,
                                                           absl::string_view query,
                                                           RestRequest request) {
  const bool stream = inputs.route().operation->stream;
  http::Problem refusal;
  const auto type = ChooseType(head, stream, &refusal);
  auto body_problem = BodyProblem(head, inputs, options_.max_body_bytes);
  auto pairs = ParseQuery(query);
  const auto timeout = CallerTimeout(head);
  if (type.has_value() && body_problem.has_value()) refusal = *std::move(body_problem);
  if (refusal.reason.empty() && !(pairs.ok() && timeout.ok())) {
    refusal = pairs.ok() ? MakeProblem(400, "MALFORMED_FIELD", "Malformed header field",
                                       std::string(timeout.status().message()))
                         : MakeProblem(400, "MALFORMED_TARGET", "Malformed target",
                                       std::string(pairs.status().message()));
  }
  if (!refusal.reason.empty()) {
    RespondWith(request, refusal);
    return nullptr;
  }
  if (inputs.route().access != nullptr) RemoveCredentials(*inputs.route().access, &*pairs);
  request.inputs = &inputs;
  request.head_only = head.method == "HEAD";
  request.content_length = head.content_length;
  request.max_body_bytes = options_.max_body_bytes;
  inputs.Place(std::move(match.captures), *pairs, head, &request.call);
  request.call.headers = stream ? FieldsForEventStream(head) : FieldsForUpstream(head);
  if (const absl::string_view* content_type = head.Find("content-type")) {
    request.call.arguments.content_type = std::string(*content_type);
  }
  request.callers_deadline = *timeout != absl::InfiniteDuration();
  if (request.callers_deadline) request.call.deadline = absl::Now() + *timeout;
  if (!stream) return std::make_unique<RelayCall>(std::move(request));
  const EventForm form = *type == "text/event-stream" ? EventForm::kEventStream : EventForm::kLines;
  return std::make_unique<EventRelay>(std::move(request), form, loop_, streams_);
}

}  // namespace portico::rest
