// One request on its way through the REST door, once its route is found.
#ifndef PORTICO_GATEWAY_REST_REST_REQUEST_H_
#define PORTICO_GATEWAY_REST_REST_REQUEST_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/invoke/call.h"
#include "core/invoke/invoker.h"
#include "gateway/http/request_handler.h"
#include "gateway/rest/route_inputs.h"

namespace portico::rest {

// Moved into what answers it. The writer outlives it.
struct RestRequest {
  std::shared_ptr<const void> keep;  // keeps the route's inputs and the Invoker alive
  const RouteInputs* inputs = nullptr;
  invoke::Invoker* invoker = nullptr;
  http::ResponseWriter* writer = nullptr;
  invoke::Call call;              // all but the body; moved from once it is made
  bool callers_deadline = false;  // the call's deadline is the caller's
  bool head_only = false;
  std::optional<std::uint64_t> content_length;  // of the body that follows
  std::size_t max_body_bytes = 0;
  // Fields of every answer: request id and trace, unless the upstream sends its own,
  // and what OriginPolicy says.
  std::vector<plan::Header> answered;
  std::vector<plan::Header> origin_fields;
};

// What `end` means, when no whole response came: also for a body that came short.
invoke::CallError ErrorOf(const RestRequest& request, upstream::ResponseHead head,
                          upstream::ExchangeEnd end, std::string body = "");

// Answers with a problem of Portico's own. Parameters are named as the route does.
void Refuse(const RestRequest& request, const invoke::CallError& error);

// The whole body, or its absence, becomes the call's.
void PlaceBody(std::string body, RestRequest* request);

// 413.
invoke::CallError BodyTooLarge(const RestRequest& request);

// The head of an upstream's response as the caller gets it.
http::ResponseHead Passed(const RestRequest& request, const upstream::ResponseHead& from);

// Fields that every answer carries.
void AddAnswered(const RestRequest& request, http::ResponseHead* head);

}  // namespace portico::rest

#endif  // PORTICO_GATEWAY_REST_REST_REQUEST_H_
