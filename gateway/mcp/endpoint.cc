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

// Of a modern result that may be kept.
std::string CachedMembers(const EndpointOptions& options) {
  return absl::StrCat(",\"ttlMs\":", absl::ToInt64Milliseconds(options.ttl), ",\"cacheScope\":\"",
                      options.varies_by_caller ? "private" : "public", "\",", ModernMembers());
}

bool HasResources(const Library& library) {
  return !library.resources.listed().empty() || !library.resources.templates().empty();
}

// What of the rest is offered, as members of `capabilities` behind `tools`.
// `tells`: whether the client can hear that a list has changed.
std::string CapabilitiesOf(const Library& library, bool tells) {
  const absl::string_view lists = tells ? "{\"listChanged\":true}" : "{}";
  return absl::StrCat("{\"tools\":", lists, HasResources(library) ? ",\"resources\":" : "",
                      HasResources(library) ? lists : "",
                      library.prompts.listed().empty() ? "" : ",\"prompts\":",
                      library.prompts.listed().empty() ? "" : lists, "}");
}

std::vector<absl::string_view> Views(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

std::vector<absl::string_view> JsonOf(const ToolSet& tools) {
  std::vector<absl::string_view> json;
  for (const ServedTool& tool : tools.tools()) json.emplace_back(tool.json);
  return json;
}

Answer PageOf(const ListPages& pages, const Message& request, Era era) {
  const absl::string_view given = Member(request.params, "cursor");
  const auto cursor = given.empty() ? std::string() : StringOf(given);
  const std::string* const page = cursor.has_value() ? pages.Find(*cursor, era) : nullptr;
  if (page == nullptr) {
    return Error(kInvalidParams,
                 "Invalid params: cursor is not one of this list's; begin again without it");
  }
  return Prepared(*page);
}

std::string Discovered(const ToolSet& tools, const Library& library,
                       const EndpointOptions& options) {
  return absl::StrCat("{\"supportedVersions\":", kSupportedVersions,
                      ",\"capabilities\":", CapabilitiesOf(library, true),
                      ",\"instructions\":", Quoted(tools.instructions()), CachedMembers(options),
                      "}");
}

}  // namespace

absl::string_view ServerInfo() {
  return R"({"name":"portico","title":"Portico","version":"0.1.0"})";
}

std::string ModernResult(absl::string_view result) {
  result.remove_suffix(1);  // the brace
  return absl::StrCat(result, result.size() > 1 ? "," : "", ModernMembers(), "}");
}

Endpoint::Endpoint(const ToolSet& tools, Library library, const EndpointOptions& options,
                   RateLimiter* limiter)
    : tools_(tools),
      library_(std::move(library)),
      options_(options),
      limiter_(limiter),
      pages_("tools", JsonOf(tools), options.page_size, CachedMembers(options)),
      resource_pages_("resources", Views(library_.resources.listed()), options.page_size,
                      CachedMembers(options)),
      template_pages_("resourceTemplates", Views(library_.resources.templates()), options.page_size,
                      CachedMembers(options)),
      prompt_pages_("prompts", Views(library_.prompts.listed()), options.page_size,
                    CachedMembers(options)),
      discovered_(Discovered(tools, library_, options)),
      instructions_(Quoted(tools.instructions())) {}

Answer Endpoint::Handle(const Message& request, Era era, const CountedCaller& caller) const {
  const std::string& method = request.method;
  if (era == Era::kModern) {
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
  if (method == "tools/list") return PageOf(pages_, request, era);
  if (method == "tools/call") return CallTool(request, era, caller);
  if (auto answer = Read(request, era, caller)) return *std::move(answer);
  // What the modern revision removed is as unknown as what never was.
  return Error(kMethodNotFound, absl::StrCat("Method not found: ", method),
               era == Era::kModern ? 404 : 200);
}

// Methods of capabilities that are not announced are unknown.
std::optional<Answer> Endpoint::Read(const Message& request, Era era,
                                     const CountedCaller& caller) const {
  const std::string& method = request.method;
  if (HasResources(library_)) {
    if (method == "resources/list") return PageOf(resource_pages_, request, era);
    if (method == "resources/templates/list") return PageOf(template_pages_, request, era);
    if (method == "resources/read") return ReadResource(request, era, caller);
  }
  if (!library_.prompts.listed().empty()) {
    if (method == "prompts/list") return PageOf(prompt_pages_, request, era);
    if (method == "prompts/get") return GetPrompt(request, era);
  }
  return std::nullopt;
}

Answer Endpoint::ReadResource(const Message& request, Era era, const CountedCaller& caller) const {
  const auto uri = StringOf(Member(request.params, "uri"));
  if (!uri.has_value()) return Error(kInvalidParams, "Invalid params: uri must be a string");
  auto reading = library_.resources.Find(*uri);
  if (!reading.has_value()) {
    RpcError error{kInvalidParams, absl::StrCat("Resource not found: ", *uri),
                   absl::StrCat("{\"uri\":", Quoted(*uri), "}")};
    Answer answer;
    answer.error = std::move(error);
    return answer;
  }
  if (reading->content != nullptr) {
    std::string result = ReadResult(*uri, *reading->content);
    if (era == Era::kLegacy) return Made(std::move(result));
    result.pop_back();
    return Made(absl::StrCat(result, CachedMembers(options_), "}"));
  }
  const std::string key = absl::StrCat(reading->call->operation().id, "\n",
                                       caller.For(reading->call->resource->access));
  if (limiter_->Take(key, absl::Now()) != absl::ZeroDuration()) {
    return Error(kInternalError, "Read more often than --mcp-rate lets one caller");
  }
  Answer answer = Made(std::move(reading->arguments));
  answer.kind = Answer::Kind::kCall;
  answer.arguments = *answer.made;
  answer.tool = reading->call;
  answer.uri = *uri;
  return answer;
}

ListKinds Endpoint::OtherThan(const Endpoint& other) const {
  const auto differ = [](const ListPages& a, const ListPages& b) {
    return a.fingerprint() != b.fingerprint();
  };
  return {differ(pages_, other.pages_),
          differ(resource_pages_, other.resource_pages_) ||
              differ(template_pages_, other.template_pages_),
          differ(prompt_pages_, other.prompt_pages_)};
}

Answer Endpoint::GetPrompt(const Message& request, Era era) const {
  const auto name = StringOf(Member(request.params, "name"));
  if (!name.has_value()) return Error(kInvalidParams, "Invalid params: name must be a string");
  auto result = library_.prompts.Get(*name, Member(request.params, "arguments"));
  if (!result.ok()) {
    return Error(kInvalidParams, absl::StrCat("Invalid params: ", result.status().message()));
  }
  return Made(era == Era::kModern ? ModernResult(*result) : *std::move(result));
}

Answer Endpoint::Initialize(const Message& request) const {
  const auto wanted = StringOf(Member(request.params, "protocolVersion"));
  if (!wanted.has_value()) {
    return Error(kInvalidParams, "Invalid params: protocolVersion must be a string");
  }
  return Made(absl::StrCat("{\"protocolVersion\":\"", Negotiate(*wanted),
                           "\",\"capabilities\":", CapabilitiesOf(library_, options_.tells_legacy),
                           ",\"serverInfo\":", ServerInfo(), ",\"instructions\":", instructions_,
                           "}"));
}

Answer Endpoint::CallTool(const Message& request, Era era, const CountedCaller& caller) const {
  const auto name = StringOf(Member(request.params, "name"));
  if (!name.has_value()) return Error(kInvalidParams, "Invalid params: name must be a string");
  Answer answer;
  answer.kind = Answer::Kind::kCall;
  answer.tool = tools_.Find(*name);
  answer.arguments = Member(request.params, "arguments");
  if (answer.tool != nullptr) {
    const absl::Duration wait = limiter_->Take(
        absl::StrCat(answer.tool->operation().id, "\n", caller.For(answer.tool->tool->access)),
        absl::Now());
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
