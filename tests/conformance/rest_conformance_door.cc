#include "tests/conformance/rest_conformance_door.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "core/invoke/failure_table.h"
#include "core/plan/percent_encoding.h"
#include "core/upstream/sse_parser.h"

namespace portico::conformance {
namespace {

using fakes::HttpCaller;
using nlohmann::json;

[[noreturn]] void Abort(const std::string& why) {
  std::fprintf(stderr, "RestConformanceDoor: %s\n", why.c_str());
  std::abort();
}

const plan::Route& RouteOf(const plan::Plan& plan, const std::string& operation) {
  for (const plan::Route& route : plan.routes()) {
    if (route.operation->id == operation) return route;
  }
  Abort("no route serves " + operation);
}

std::string TextOf(const json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

// The arguments under the names that the route's callers use.
std::map<std::string, json> CallersValues(const plan::Route& route, const json& arguments) {
  std::map<std::string, json> values;
  for (const auto& [name, value] : arguments.items()) {
    const auto binding =
        std::find_if(route.bindings.begin(), route.bindings.end(),
                     [&, name = name](const auto& one) { return one.parameter == name; });
    if (binding == route.bindings.end()) Abort(route.path.text() + " takes no " + name);
    values[binding->caller_name] = value;
  }
  return values;
}

// Takes the path's values out of `values`. Expand would refuse some that a caller
// may well send.
std::string PathOf(const plan::Route& route, std::map<std::string, json>* values) {
  std::string path = route.path.text();
  for (const std::string& placeholder : route.path.placeholders()) {
    std::string encoded;
    const auto value = values->find(placeholder);
    if (value != values->end()) {
      plan::AppendEncoded(TextOf(value->second), &encoded);
      values->erase(value);
    }
    const std::string braced = "{" + placeholder + "}";
    path.replace(path.find(braced), braced.size(), encoded);
  }
  return path;
}

std::string QueryOf(const std::map<std::string, json>& values) {
  std::string query;
  for (const auto& [name, value] : values) {
    for (const json& one : value.is_array() ? value : json::array({value})) {
      absl::StrAppend(&query, query.empty() ? "?" : "&");
      plan::AppendEncoded(name, &query);
      query.push_back('=');
      plan::AppendEncoded(TextOf(one), &query);
    }
  }
  return query;
}

std::vector<json> EventsOf(const std::string& bytes) {
  std::vector<json> events;
  upstream::SseParser parser;
  const absl::Status fed = parser.Feed(bytes, [&events](const upstream::SseEvent& event) {
    json plain = {{"data", std::string(event.data)}};
    if (event.has_id) plain["id"] = std::string(event.id);
    if (!event.event.empty()) plain["event"] = std::string(event.event);
    events.push_back(std::move(plain));
  });
  if (!fed.ok()) Abort(std::string(fed.message()));
  return events;
}

// What a passed-through response means, by the one failure table.
void SetMeaning(const plan::Plan& plan, const plan::Operation& operation,
                const HttpCaller::Response& response, Result* result) {
  invoke::Outcome outcome;
  outcome.head.status = response.status;
  outcome.body = response.body;
  for (const char* name : {"content-type", "retry-after", "location"}) {
    if (const auto value = response.Header(name)) outcome.head.headers.push_back({name, *value});
  }
  const auto error =
      invoke::ErrorOf(outcome, operation, plan.upstreams()[operation.upstream], absl::Now());
  result->code = absl::StatusCodeToString(error.has_value() ? error->code : absl::StatusCode::kOk);
  if (error.has_value()) result->reason = error->reason;
}

}  // namespace

Result RestConformanceDoor::Call(const Case& request) {
  const plan::Route& route = RouteOf(plan_, request.operation);
  std::map<std::string, json> values = CallersValues(route, request.arguments);
  const std::string path = PathOf(route, &values);
  HttpCaller caller(address_);
  caller.Request(route.http_method, path + QueryOf(values), "",
                 request.body.has_value() ? request.body->dump() : "");
  response_ = caller.ReadResponse();

  Result result;
  if (response_.Header("portico-source") == "portico") {
    const json problem = json::parse(response_.body);
    result.code = response_.status == 400 ? "INVALID_ARGUMENT" : absl::StrCat(response_.status);
    result.reason = problem.at("reason");
    return result;
  }
  SetMeaning(plan_, *route.operation, response_, &result);
  if (result.code != "OK") return result;
  if (route.operation->stream) {
    result.events = EventsOf(response_.body);
  } else {
    result.json =
        response_.body.empty() ? json::object() : json::parse(response_.body, nullptr, false);
  }
  return result;
}

}  // namespace portico::conformance
