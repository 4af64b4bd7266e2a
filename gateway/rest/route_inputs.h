// Where a route's inputs come from in a request, compiled once per route: the
// path's placeholders, the query, header fields, constants, the body.
//
// Immutable; any thread. The Plan must outlive it.
#ifndef PORTICO_GATEWAY_REST_ROUTE_INPUTS_H_
#define PORTICO_GATEWAY_REST_ROUTE_INPUTS_H_

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/invoke/call.h"
#include "core/plan/operation.h"
#include "gateway/http/request_head.h"
#include "gateway/rest/query_string.h"

namespace portico::rest {

class RouteInputs {
 public:
  explicit RouteInputs(const plan::Route& route);

  const plan::Route& route() const { return *route_; }
  bool takes_body() const { return takes_body_; }
  // Whether a body is of use at all, if only to PlaceFromBody.
  bool reads_body() const { return takes_body_ || fills_path_from_body_; }

  // Places the request's values into `call`; what cannot be placed becomes a
  // violation of the call: a query parameter that the route does not know, with the
  // nearest that it does, and several values where one is taken. An object is one JSON
  // text, or a pair for each of its members (object_inputs.h).
  void Place(std::vector<std::string> captures, const std::vector<QueryPair>& query,
             const http::RequestHead& head, invoke::Call* call) const;

  // Takes what the upstream's path needs, the route's does not capture and the query does
  // not give from the members of `body`, a whole JSON text (dialect, feature 16).
  void PlaceFromBody(absl::string_view body, invoke::Call* call) const;

  // The body that the route's `with` fixes, as JSON; nullopt: the caller's, if any, counts.
  const std::optional<std::string>& fixed_body() const { return fixed_body_; }

  // A violation's parameter in the words of this route's callers.
  std::string CallersName(const std::string& parameter) const;

 private:
  using Indices = std::vector<std::size_t>;  // into Operation::parameters

  static void Give(const Indices& parameters, const std::string& value, invoke::Call* call);
  bool TakesObject(const std::string& name) const;
  bool MayFillPath(const Indices& parameters) const;
  void PlaceQuery(const std::vector<QueryPair>& query, invoke::Call* call) const;
  std::string Unknown(const std::string& name) const;

  const plan::Route* route_;
  std::vector<Indices> captures_;  // per placeholder
  std::map<std::string, Indices> query_;
  std::vector<std::pair<std::string, std::size_t>> fields_;     // header field, parameter
  std::vector<std::pair<std::size_t, std::string>> constants_;  // parameter, value
  bool takes_body_ = false;
  std::optional<std::string> fixed_body_;
  bool fills_path_from_body_ = false;
};

}  // namespace portico::rest

#endif  // PORTICO_GATEWAY_REST_ROUTE_INPUTS_H_
