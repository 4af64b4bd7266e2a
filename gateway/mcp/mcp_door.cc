#include "gateway/mcp/mcp_door.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "core/codec/media_type.h"
#include "gateway/http/problem.h"
#include "gateway/http/request_caller.h"
#include "gateway/mcp/event_stream.h"
#include "gateway/mcp/list_kinds.h"
#include "gateway/mcp/post_response.h"
#include "gateway/mcp/posted_message.h"

namespace portico::mcp {
namespace {

constexpr char kPath[] = "/mcp";

Refusal Refused(int status, std::string why) { return {status, {kRefused, std::move(why), ""}}; }

bool TakesEvents(const http::RequestHead& head) {
  const std::string accept = head.List("accept");
  const std::vector<absl::string_view> ranges = absl::StrSplit(accept, ',');
  return std::any_of(ranges.begin(), ranges.end(), codec::IsEventStream);
}

// What is wrong with a POST before its body is read.
std::optional<Refusal> HeadProblem(const http::RequestHead& head, std::size_t max_body_bytes) {
  const absl::string_view* const type = head.Find("content-type");
  if (type == nullptr || !codec::IsOfType(*type, "application/json")) {
    return Refused(415, absl::StrCat("Content-Type must be application/json, not ",
                                     type == nullptr ? "absent" : *type));
  }
  const absl::string_view* const encoding = head.Find("content-encoding");
  if (encoding != nullptr && !absl::EqualsIgnoreCase(*encoding, "identity")) {
    return Refused(415, absl::StrCat("Content-Encoding: ", *encoding, " is not undone here"));
  }
  if (head.content_length.value_or(0) > max_body_bytes) {
    return Refused(413, absl::StrCat("Message of ", *head.content_length, " bytes, over ",
                                     max_body_bytes, "; --mcp-max-body sets the limit"));
  }
  return std::nullopt;
}

void RespondNothingThere(absl::string_view path, const std::vector<plan::Header>& fields,
                         http::ResponseWriter* writer) {
  RespondRefused(writer,
                 Refused(404, absl::StrCat("Nothing is served at ", path, "; tools are at ", kPath,
                                           " and ", kPath, "/<consumes namespace>")),
                 "", fields);
}

// Streams for GET and sessions to DELETE are legacy options that no stateless server has.
void RespondMethods(const http::RequestHead& head, const std::vector<plan::Header>& fields,
                    http::ResponseWriter* writer) {
  const bool options = head.method == "OPTIONS";
  http::ResponseHead answer(options ? 204 : 405);
  answer.Add("Allow", options ? "POST, OPTIONS" : "POST");
  if (http::OriginPolicy::IsPreflight(head)) answer.Add("Access-Control-Allow-Methods", "POST");
  answer.Add(http::kSourceField, "portico");
  for (const plan::Header& field : fields) answer.Add(field.name, field.value);
  if (options) return writer->Respond(answer, "");
  answer.Add("Content-Type", "application/json");
  writer->Respond(answer, ErrorText("", {kRefused, "Only POST is served here", ""}));
}

// 503 where nobody can show the right thing.
void RespondNotAdmitted(GuardedEndpoint::View view, std::vector<plan::Header> fields,
                        http::ResponseWriter* writer) {
  const bool shown = view.refusal->code == absl::StatusCode::kUnauthenticated;
  if (shown) fields.push_back({"WWW-Authenticate", std::move(view.challenge)});
  RespondRefused(writer, Refused(shown ? 401 : 503, view.refusal->message), "", fields);
}

// What a caller's requests have in common, where nothing better tells callers apart.
std::string CallerOf(const http::RequestHead& head) {
  std::string caller;
  for (const char* const name : {"authorization", "user-agent", "x-forwarded-for"}) {
    const absl::string_view* const value = head.Find(name);
    absl::StrAppend(&caller, value == nullptr ? "" : *value, "\n");
  }
  return caller;
}

CountedCaller Counted(const http::RequestHead& head) {
  const absl::string_view* const authorization = head.Find("authorization");
  return {std::string(head.peer), std::string(authorization == nullptr ? "" : *authorization)};
}

std::vector<plan::Header> Forwarded(const http::RequestHead& head) {
  std::vector<plan::Header> forwarded;
  for (const char* const name : invoke::kForwardedHeaders) {
    const absl::string_view* const value = head.Find(name);
    if (value != nullptr) forwarded.push_back({name, std::string(*value)});
  }
  return forwarded;
}

}  // namespace

Endpoints::Endpoints(const plan::Plan& plan, const access::AccessControl& access,
                     const McpOptions& options, RateLimiter& limiter)
    : catalog_(plan, options.tools),
      all_(plan, catalog_.all(), "", access, options.endpoint, &limiter) {
  for (const plan::Upstream& upstream : plan.upstreams()) {
    const ToolSet* const tools = catalog_.ForNamespace(upstream.space);
    if (tools == nullptr) continue;
    by_namespace_.try_emplace(upstream.space, plan, *tools, upstream.space, access,
                              options.endpoint, &limiter);
  }
}

const GuardedEndpoint* Endpoints::Find(absl::string_view path) const {
  if (!absl::ConsumePrefix(&path, kPath)) return nullptr;
  if (path.empty() || path == "/") return &all_;
  if (!absl::ConsumePrefix(&path, "/")) return nullptr;
  const auto found = by_namespace_.find(path);
  return found == by_namespace_.end() ? nullptr : &found->second;
}

McpDoor::McpDoor(loop::EventLoop& loop, Served first, CallBoard& board, const McpOptions& options)
    : options_(options),
      served_(std::move(first)),
      origins_(options.origins),
      state_(loop, options_, board),
      keep_alive_(loop, options.keep_alive, [this] {
        for (EventStream* const stream : state_.streams) stream->KeepAlive();
      }) {}

void McpDoor::Serve(Served next) {
  const Served before = std::exchange(served_, std::move(next));
  const auto listeners = state_.to_tell;  // one that is told may end
  for (PostedMessage* const listener : listeners) {
    const GuardedEndpoint* const old = before.endpoints->Find(listener->path());
    const GuardedEndpoint* const now = served_.endpoints->Find(listener->path());
    if (old == nullptr && now == nullptr) continue;
    listener->TellChanged(old == nullptr || now == nullptr ? ListKinds::All()
                                                           : now->MayListOther(*old));
  }
}

std::unique_ptr<http::RequestReceiver> McpDoor::Begin(const http::RequestHead& head,
                                                      http::ResponseWriter* writer) {
  PostHead post;
  post.origin_fields = origins_.FieldsFor(head);
  if (const auto problem = origins_.Refusal(head)) {
    RespondRefused(writer, Refused(403, problem->detail), "", post.origin_fields);
    return nullptr;
  }
  const absl::string_view path = head.target.substr(0, head.target.find('?'));
  const GuardedEndpoint* const endpoint = served_.endpoints->Find(path);
  if (endpoint == nullptr) {
    RespondNothingThere(path, post.origin_fields, writer);
    return nullptr;
  }
  if (head.method != "POST") {
    RespondMethods(head, post.origin_fields, writer);
    return nullptr;
  }
  if (const auto problem = HeadProblem(head, options_.max_body_bytes)) {
    RespondRefused(writer, *problem, "", post.origin_fields);
    return nullptr;
  }
  GuardedEndpoint::View view = endpoint->For(http::RequestCaller(head));
  if (view.endpoint == nullptr) {
    RespondNotAdmitted(std::move(view), std::move(post.origin_fields), writer);
    return nullptr;
  }
  post.path = std::string(path);
  post.endpoint = view.endpoint;
  post.invoker = served_.invoker;
  post.keep = served_.keep;
  post.fields = FieldsOf(head);
  post.forwarded = Forwarded(head);
  post.takes_events = TakesEvents(head);
  post.caller = CallerOf(head);
  post.counted = Counted(head);
  return std::make_unique<PostedMessage>(state_, std::move(post), writer);
}

}  // namespace portico::mcp
