#include "gateway/mcp/endpoint.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "core/capability/suggestion.h"
#include "gateway/mcp/json_view.h"
#include "gateway/mcp/tool_result.h"

namespace portico::mcp {
namespace {

// `result` is the Endpoint's.
Answer Prepared(absl::string_view result) {
  Answer answer;
  answer.kind = Answer::Kind::kResult;
  answer.result = result;
  return answer;
}

Answer Made(std::string result) {
  auto made = std::make_unique<const std::string>(std::move(result));
  Answer answer = Prepared(*made);
  answer.made = std::move(made);
  return answer;
}

Answer Error(int code, std::string why, int status = 200) {
  Answer answer;
  answer.error = {code, std::move(why), ""};
  answer.status = status;
  return answer;
}

// Of every modern result.
std::string ModernMembers() {
  return absl::StrCat("\"resultType\":\"complete\",\"_meta\":{\"", kMetaServer, "\":", ServerInfo(),
                      "}");
}

// Of a modern result that may be kept. No tool depends on who asks.
std::string CachedMembers(absl::Duration ttl) {
  return absl::StrCat(",\"ttlMs\":", absl::ToInt64Milliseconds(ttl), ",\"cacheScope\":\"public\",",
                      ModernMembers());
}

std::string Discovered(const ToolSet& tools, absl::Duration ttl) {
  return absl::StrCat("{\"supportedVersions\":", kSupportedVersions,
                      ",\"capabilities\":{\"tools\":{\"listChanged\":true}},\"instructions\":",
                      Quoted(tools.instructions()), CachedMembers(ttl), "}");
}

bool IsModernMethod(absl::string_view method) {
  return method == "server/discover" || method == "tools/list" || method == "tools/call" ||
         method == "subscriptions/listen";
}

}  // namespace

absl::string_view ServerInfo() {
  return R"({"name":"portico","title":"Portico","version":"0.1.0"})";
}

std::string ModernResult(absl::string_view result) {
  result.remove_suffix(1);  // the brace
  return absl::StrCat(result, result.size() > 1 ? "," : "", ModernMembers(), "}");
}

Endpoint::Endpoint(const ToolSet& tools, const EndpointOptions& options, RateLimiter* limiter)
    : tools_(tools),
      limiter_(limiter),
      pages_(tools, options.page_size, CachedMembers(options.ttl)),
      discovered_(Discovered(tools, options.ttl)),
      instructions_(Quoted(tools.instructions())),
      tells_legacy_(options.tells_legacy) {}

Answer Endpoint::Handle(const Message& request, Era era, absl::string_view caller) const {
  const std::string& method = request.method;
  if (era == Era::kModern) {
    // What the revision removed is as unknown as what never was: 404.
    if (!IsModernMethod(method)) {
      return Error(kMethodNotFound, absl::StrCat("Method not found: ", method), 404);
    }
    if (method == "server/discover") return Prepared(discovered_);
    if (method == "subscriptions/listen") {
      if (!IsObject(Member(request.params, "notifications"))) {
        return Error(kInvalidParams, "Invalid params: notifications must be an object");
      }
      Answer answer;
      answer.kind = Answer::Kind::kListen;
      return answer;
    }
  } else {
    if (method == "initialize") return Initialize(request);
    if (method == "ping") return Prepared("{}");
  }
  if (method == "tools/list") return ListTools(request, era);
  if (method == "tools/call") return CallTool(request, era, caller);
  return Error(kMethodNotFound, absl::StrCat("Method not found: ", method));
}

Answer Endpoint::Initialize(const Message& request) const {
  const auto wanted = StringOf(Member(request.params, "protocolVersion"));
  if (!wanted.has_value()) {
    return Error(kInvalidParams, "Invalid params: protocolVersion must be a string");
  }
  return Made(
      absl::StrCat("{\"protocolVersion\":\"", Negotiate(*wanted),
                   "\",\"capabilities\":{\"tools\":{", tells_legacy_ ? "\"listChanged\":true" : "",
                   "}},\"serverInfo\":", ServerInfo(), ",\"instructions\":", instructions_, "}"));
}

Answer Endpoint::ListTools(const Message& request, Era era) const {
  const absl::string_view given = Member(request.params, "cursor");
  const auto cursor = given.empty() ? std::string() : StringOf(given);
  const std::string* const page = cursor.has_value() ? pages_.Find(*cursor, era) : nullptr;
  if (page == nullptr) {
    return Error(kInvalidParams,
                 "Invalid params: cursor is not one of this list's; begin again without it");
  }
  return Prepared(*page);
}

Answer Endpoint::CallTool(const Message& request, Era era, absl::string_view caller) const {
  const auto name = StringOf(Member(request.params, "name"));
  if (!name.has_value()) return Error(kInvalidParams, "Invalid params: name must be a string");
  Answer answer;
  answer.kind = Answer::Kind::kCall;
  answer.tool = tools_.Find(*name);
  answer.arguments = Member(request.params, "arguments");
  if (answer.tool != nullptr) {
    const absl::Duration wait =
        limiter_->Take(absl::StrCat(answer.tool->operation().id, "\n", caller), absl::Now());
    if (wait == absl::ZeroDuration()) return answer;
    std::string result = TooOften(*answer.tool, wait);
    return Made(era == Era::kModern ? ModernResult(result) : std::move(result));
  }
  std::vector<std::string> names;
  for (const ServedTool& tool : tools_.tools()) names.push_back(tool.name);
  return Error(kInvalidParams,
               absl::StrCat("Unknown tool: ", *name, capability::DidYouMean(*name, names)));
}

}  // namespace portico::mcp
