#include "gateway/rest/rest_request.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "core/invoke/failure_table.h"
#include "gateway/rest/error_problem.h"
#include "gateway/rest/passed_fields.h"

namespace portico::rest {
namespace {

const plan::Upstream& UpstreamOf(const RestRequest& request) {
  const plan::Operation& operation = *request.inputs->route().operation;
  return request.invoker->plan().UpstreamOf(operation);
}

// The caller knows the route's names, not those of the upstream's parameters.
invoke::CallError InCallersWords(const RestRequest& request, invoke::CallError error) {
  if (error.reason != "INVALID_FIELD") return error;
  for (invoke::FieldViolation& violation : error.violations) {
    violation.field = request.inputs->CallersName(violation.field);
  }
  return invoke::InvalidFields(*request.inputs->route().operation, std::move(error.violations));
}

}  // namespace

invoke::CallError ErrorOf(const RestRequest& request, upstream::ResponseHead head,
                          upstream::ExchangeEnd end, std::string body) {
  const plan::Operation& operation = *request.inputs->route().operation;
  invoke::Outcome outcome;
  outcome.head = std::move(head);
  outcome.body = std::move(body);
  outcome.end = std::move(end);
  outcome.own_deadline = !request.callers_deadline;
  const auto error = invoke::ErrorOf(outcome, operation, UpstreamOf(request), absl::Now());
  if (error.has_value()) return *error;
  return invoke::MalformedResponse(outcome, operation, UpstreamOf(request),
                                   "not an event stream (text/event-stream)");
}

void Refuse(const RestRequest& request, const invoke::CallError& error) {
  const invoke::CallError told = InCallersWords(request, error);
  const http::Problem problem = ProblemOf(told);
  http::ResponseHead head = HeadOf(told, problem);
  AddAnswered(request, &head);
  request.writer->Respond(head, http::ToJson(problem));
}

void PlaceBody(std::string body, RestRequest* request) {
  invoke::Call& call = request->call;
  if (const std::optional<std::string>& fixed = request->inputs->fixed_body()) {
    request->inputs->PlaceFromBody(body, &call);
    call.arguments.send_body = true;
    call.arguments.body = *fixed;
    call.arguments.content_type = "application/json";
    return;
  }
  if (request->inputs->route().operation->body == plan::BodyUse::kRequired && body.empty()) {
    call.violations.push_back({"body", "is required, as JSON"});
  }
  request->inputs->PlaceFromBody(body, &call);
  call.arguments.send_body = request->inputs->takes_body() && !body.empty();
  call.arguments.body = std::move(body);
}

invoke::CallError BodyTooLarge(const RestRequest& request) {
  invoke::CallError error;
  error.code = absl::StatusCode::kResourceExhausted;
  error.reason = "REQUEST_TOO_LARGE";
  error.message = absl::StrCat("the request's body exceeds ", request.max_body_bytes,
                               " bytes; --rest-max-body sets the limit");
  return error;
}

http::ResponseHead Passed(const RestRequest& request, const upstream::ResponseHead& from) {
  http::ResponseHead head(from.status);
  PassFields(from, &head);
  head.Add(http::kSourceField, "upstream");
  for (const plan::Header& field : request.answered) {
    if (from.Find(field.name) == nullptr) head.Add(field.name, field.value);
  }
  for (const plan::Header& field : request.origin_fields) head.Add(field.name, field.value);
  return head;
}

void AddAnswered(const RestRequest& request, http::ResponseHead* head) {
  for (const auto* fields : {&request.answered, &request.origin_fields}) {
    for (const plan::Header& field : *fields) head->Add(field.name, field.value);
  }
}

}  // namespace portico::rest
