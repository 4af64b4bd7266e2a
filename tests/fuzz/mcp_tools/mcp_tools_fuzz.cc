// Whatever a client sends as arguments and whatever an upstream answers: problems are
// told or the arguments are placed as JSON and text that may go upstream, and every
// result is one line of JSON whose text and structure are the same, within the limit.
//
// The input's first line names a tool; then, up to a line "--", the arguments; then the
// upstream's status, its content type and its body.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "core/codec/json_syntax.h"
#include "gateway/mcp/event_collector.h"
#include "gateway/mcp/tool_arguments.h"
#include "gateway/mcp/tool_catalog.h"
#include "gateway/mcp/tool_result.h"
#include "server/plan_loader.h"

namespace {

using namespace portico;  // NOLINT(build/namespaces): most of it is used

constexpr std::size_t kLimit = 1000;

void Require(bool holds) {
  if (!holds) std::abort();
}

// What stands before `end`, which is taken along.
absl::string_view TakeUntil(absl::string_view end, absl::string_view* rest) {
  const absl::string_view taken = rest->substr(0, rest->find(end));
  rest->remove_prefix(std::min(rest->size(), taken.size() + end.size()));
  return taken;
}

const plan::Plan& BuiltIn() {
  static const auto* const plan = [] {
    capability::Findings findings;
    return new std::shared_ptr<const plan::Plan>(server::LoadPlan({}, &findings));
  }();
  return **plan;
}

const mcp::ToolSet& Tools() {
  static const auto* const catalog = [] {
    mcp::ToolOptions options;
    options.limits.text_bytes = kLimit;
    return new mcp::ToolCatalog(BuiltIn(), options);
  }();
  return catalog->all();
}

void Place(const mcp::ServedTool& tool, absl::string_view arguments) {
  invoke::Call call;
  for (const std::string& problem : mcp::PlaceArguments(tool, arguments, &call)) {
    Require(!problem.empty());
    return;
  }
  Require(call.arguments.parameters.size() == tool.operation().parameters.size());
  Require(call.arguments.send_body || call.arguments.body.empty());
  if (!call.arguments.send_body) return;
  Require(!codec::FindJsonSyntaxError(call.arguments.body).has_value());
  Require(tool.operation().body != plan::BodyUse::kNone);
}

void CheckResult(const std::string& result) {
  Require(result.find('\n') == std::string::npos);
  Require(!codec::FindJsonSyntaxError(result).has_value());
  // The library knows no number beyond double; they are passed on all the same.
  const auto parsed = nlohmann::json::parse(result, nullptr, /*allow_exceptions=*/false);
  if (parsed.is_discarded()) return;
  const std::string text = parsed["content"][0]["text"];
  if (parsed["isError"] == true) return;
  Require(text.size() <= kLimit);
  Require(parsed["structuredContent"].is_object());
  Require(nlohmann::json::parse(text) == parsed["structuredContent"]);
}

void Answer(const mcp::ServedTool& tool, absl::string_view answer) {
  invoke::Outcome outcome;
  int status = 200;
  if (absl::SimpleAtoi(TakeUntil("\n", &answer), &status)) outcome.head.status = status;
  outcome.head.headers = {{"Content-Type", std::string(TakeUntil("\n", &answer))}};
  outcome.body = std::string(answer);
  const plan::Upstream& upstream = BuiltIn().upstreams()[tool.operation().upstream];
  if (!tool.stream()) {
    CheckResult(mcp::ResultOf(tool, outcome, upstream, absl::UnixEpoch()));
    return;
  }
  mcp::EventCollector events(tool);
  upstream::SseParser parser;
  bool more = true;
  (void)parser.Feed(answer,
                    [&](const upstream::SseEvent& event) { more = more && events.Take(event); });
  CheckResult(more ? events.Ended(outcome, upstream, absl::UnixEpoch()) : events.Stopped());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  absl::string_view rest(reinterpret_cast<const char*>(data), size);
  const mcp::ServedTool* tool = Tools().Find(TakeUntil("\n", &rest));
  if (tool == nullptr) return 0;
  Place(*tool, TakeUntil("\n--\n", &rest));
  Answer(*tool, rest);
  return 0;
}
