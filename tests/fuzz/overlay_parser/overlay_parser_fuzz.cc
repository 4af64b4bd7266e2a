// Any text as an overlay: parsed and applied to fixed APIs within bounds, with an error
// whenever no Plan comes of it; and a Plan that comes of it calls URIs of HTTP alone.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "core/capability/capability_parser.h"
#include "core/overlay/overlay_parser.h"
#include "core/plan/plan_compiler.h"
#include "core/plan/plan_table.h"

namespace {

using namespace portico;  // NOLINT(build/namespaces): most of it is used

// The namespaces and operations that capabilities/overlays speak of, and a body, a header,
// credentials and a door to each, for what else an overlay can say.
constexpr char kApis[] = R"(naftiko: 1.0.0-alpha2
binds: [{namespace: env, keys: {KEY: API_KEY}}]
capability:
  consumes:
  - namespace: scaffolder-tasks
    baseUri: https://a.example/api
    resources:
    - path: /v2/tasks
      operations:
      - name: listtasks
        method: GET
        inputParameters: [{name: createdBy, in: query, type: string}]
    - path: /v2/tasks/{taskId}/logs
      operations: [{name: gettasklogs, method: GET}]
  - namespace: render-workflow-tasks-beta
    baseUri: https://{host}/v1
    authentication: {type: bearer, token: '{{env.KEY}}'}
    resources:
    - path: /task-runs
      operations:
      - name: listtaskruns
        method: GET
        inputParameters: [{name: rootTaskRunId, in: query, type: array}]
    - path: /task-runs/events
      operations:
      - name: streamtaskrunsevents
        method: GET
        inputParameters:
        - {name: taskRunIds, in: query, type: array}
        - {name: Accept, in: header, description: text/event-stream}
    - path: /tasks
      operations: [{name: listtasks, method: GET}]
  - namespace: northflank-jobs
    baseUri: https://n.example
    resources:
    - path: /projects/{projectId}/jobs
      operations: [{name: listjobs, method: GET}]
    - path: /projects/{projectId}/jobs/{jobId}/run
      operations:
      - name: runjob
        method: POST
        inputParameters: [{name: X-Team, in: header}, {name: body, in: body, type: object}]
  exposes:
  - type: rest
    namespace: r
    resources:
    - path: /v1/tasks/{taskid}/logs
      operations: [{method: GET, call: scaffolder-tasks.gettasklogs}]
    - path: /v1/task-runs
      operations: [{method: GET, call: render-workflow-tasks-beta.listtaskruns}]
  - type: mcp
    namespace: m
    tools:
    - {name: run-job, call: northflank-jobs.runjob, with: {projectId: m.project, jobId: fixed}}
    - {name: list-tasks, call: scaffolder-tasks.listtasks}
    - {name: events, call: render-workflow-tasks-beta.streamtaskrunsevents}
)";

void Require(bool condition) {
  if (!condition) std::abort();
}

const std::vector<capability::Capability>& Apis() {
  static const auto* const apis = [] {
    capability::Findings findings;
    auto parsed = capability::ParseCapability("f.yaml", kApis, &findings);
    auto* const all = new std::vector<capability::Capability>;
    all->push_back(*std::move(parsed));
    Require(plan::CompilePlan(*all, {}, &findings) != nullptr);
    return all;
  }();
  return *apis;
}

void RequireOrdered(const capability::Findings& findings) {
  int line = 0;
  for (const capability::Finding& finding : findings) {
    Require(finding.place.line >= line);
    line = finding.place.line;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  overlay::IsOverlay(text);
  capability::Findings findings;
  std::optional<overlay::Overlay> parsed = overlay::ParseOverlay("o.yaml", text, &findings);
  Require(parsed.has_value() != capability::HasErrors(findings));
  RequireOrdered(findings);
  if (!parsed.has_value()) return 0;
  findings.clear();
  plan::CompileOptions options;
  options.overlays.push_back(*std::move(parsed));
  const auto compiled = plan::CompilePlan(Apis(), options, &findings);
  Require((compiled != nullptr) != capability::HasErrors(findings));
  if (compiled == nullptr) return 0;
  plan::DescribePlan(*compiled);
  for (const plan::Upstream& upstream : compiled->upstreams()) {
    const std::string& uri = upstream.base_uri;
    Require(uri.empty() || absl::StartsWith(uri, "http://") || absl::StartsWith(uri, "https://"));
  }
  return 0;
}
