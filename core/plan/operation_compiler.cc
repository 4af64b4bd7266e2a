#include "core/plan/operation_compiler.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/capability/suggestion.h"
#include "core/plan/parameter_compiler.h"
#include "core/plan/stream_detection.h"
#include "core/plan/variable_text.h"
#include "core/plan/written_path.h"

namespace portico::plan {
namespace {

using capability::ConsumedOperation;
using capability::ConsumedResource;
using capability::FindingLog;

class OperationsCompiler {
 public:
  OperationsCompiler(const capability::Consume& consume, const OperationSite& site,
                     PlanDraft* draft, FindingLog* log)
      : consume_(consume), site_(site), draft_(draft), log_(log) {}

  void CompileResource(const ConsumedResource& resource) {
    const std::string key = absl::StrCat(resource.position.key, ".path");
    const std::string cleaned = CleanPath(resource.path.text);
    if (cleaned != resource.path.text) {
      log_->Warn(capability::Rule::kBadPath, resource.path.line, key,
                 absl::StrCat("is called as ", cleaned));
    }
    const absl::StatusOr<PathTemplate> path = PathTemplate::Parse(cleaned);
    if (!path.ok()) {
      log_->Error(capability::Rule::kBadPath, resource.path.line, key,
                  std::string(path.status().message()));
    }
    for (const ConsumedOperation& operation : resource.operations) {
      Compile(resource, operation, path.ok() ? *path : PathTemplate());
    }
  }

 private:
  void Compile(const ConsumedResource& resource, const ConsumedOperation& written,
               const PathTemplate& path) {
    auto drafted = std::make_unique<DraftOperation>();
    drafted->file = site_.file;
    drafted->written_name = written.name.text;
    auto operation = std::make_unique<Operation>();
    operation->space = consume_.space.text;
    operation->name = UniqueName(written);
    operation->id = absl::StrCat(operation->space, ".", operation->name);
    operation->description = written.description.text;
    operation->place = {log_->file(), written.position.line};
    operation->upstream = site_.upstream;
    operation->http_method =
        CompileHttpMethod(written.method, absl::StrCat(written.position.key, ".method"), log_);
    operation->path = path;
    CompiledInputs inputs = CompileInputs({&written.inputs, &resource.inputs, &consume_.inputs},
                                          path, HandlingOfAuthorization(), written.position, log_);
    operation->parameters = std::move(inputs.parameters);
    operation->body = inputs.body;
    operation->body_type = inputs.body_type;
    operation->body_description = std::move(inputs.body_description);
    operation->constants = std::move(inputs.constants);
    operation->constant_body = std::move(inputs.constant_body);
    NoteVariables(*operation, &draft_->upstreams[site_.upstream]);
    operation->constant_headers = std::move(inputs.constant_headers);
    operation->stream = inputs.accepts_event_stream || SaysEventStream(written.description.text) ||
                        (operation->http_method == "GET" && PathSaysEventStream(path.text()));
    if (operation->stream) operation->constant_headers.push_back({"Accept", "text/event-stream"});
    operation->hints = HintsOfMethod(operation->http_method);
    drafted->body_name = std::move(inputs.body_name);
    drafted->untaken = std::move(inputs.untaken);
    drafted->outputs = &written.outputs;
    drafted->raw_format = written.output_raw_format.text;
    CheckFormat(written);
    drafted->operation = std::move(operation);
    draft_->operations.push_back(std::move(drafted));
  }

  AuthorizationInput HandlingOfAuthorization() const {
    if (!consume_.authentication.has_value()) return AuthorizationInput::kPassed;
    return site_.allow_caller_authorization ? AuthorizationInput::kReplacing
                                            : AuthorizationInput::kRefused;
  }

  void CheckFormat(const ConsumedOperation& written) {
    const std::string& format = written.output_raw_format.text;
    if (format.empty() || format == "json") return;
    log_->Warn(capability::Rule::kRawFormat, written.output_raw_format.line,
               absl::StrCat(written.position.key, ".outputRawFormat"),
               absl::StrCat("\"", format,
                            "\" is not read: REST and MCP pass such an answer on as "
                            "it comes, gRPC cannot"));
  }

  // Published files repeat names; the second becomes "name2".
  std::string UniqueName(const ConsumedOperation& written) {
    const std::string& name = written.name.text;
    if (names_.insert(name).second) return name;
    std::string unique;
    int& number = numbers_.try_emplace(name, 1).first->second;
    while (unique.empty()) {
      const std::string candidate = absl::StrCat(name, ++number);
      if (names_.insert(candidate).second) unique = candidate;
    }
    log_->Warn(capability::Rule::kRepeatedName, written.name.line,
               absl::StrCat(written.position.key, ".name"),
               absl::StrCat("\"", name, "\" stands twice in this API; this one is called \"",
                            unique, "\""));
    return unique;
  }

  const capability::Consume& consume_;
  const OperationSite& site_;
  PlanDraft* draft_;
  FindingLog* log_;
  std::set<std::string> names_;
  std::map<std::string, int> numbers_;  // the last one that a repeated name got
};

}  // namespace

void CompileOperations(const capability::Consume& consume, const OperationSite& site,
                       PlanDraft* draft, FindingLog* log) {
  std::size_t count = 0;
  for (const ConsumedResource& resource : consume.resources) count += resource.operations.size();
  if (count > kMaxOperationsOfAnApi) {
    log->Error(capability::Rule::kFileLimits, consume.position.line,
               absl::StrCat(consume.position.key, ".resources"),
               absl::StrCat("an API has at most ", kMaxOperationsOfAnApi, " operations"));
    return;
  }
  OperationsCompiler compiler(consume, site, draft, log);
  for (const ConsumedResource& resource : consume.resources) compiler.CompileResource(resource);
}

void NoteVariables(const Operation& operation, Upstream* upstream) {
  std::vector<std::string>& noted = upstream->variables;
  const auto note = [&noted](absl::string_view text) {
    for (std::string& name : VariablesOf(text)) {
      if (std::find(noted.begin(), noted.end(), name) == noted.end()) {
        noted.push_back(std::move(name));
      }
    }
  };
  for (const Constant& constant : operation.constants) note(constant.text);
  if (operation.constant_body.has_value()) note(*operation.constant_body);
}

Hints HintsOfMethod(absl::string_view http_method) {
  Hints hints;
  hints.read_only = http_method == "GET" || http_method == "HEAD" || http_method == "OPTIONS";
  hints.destructive = http_method == "DELETE";
  hints.idempotent = hints.read_only || http_method == "PUT" || http_method == "DELETE";
  return hints;
}

std::string CompileHttpMethod(const capability::Text& method, const std::string& key,
                              FindingLog* log) {
  static const std::vector<std::string> kMethods = {"GET",    "POST", "PUT",    "PATCH",
                                                    "DELETE", "HEAD", "OPTIONS"};
  std::string upper = absl::AsciiStrToUpper(method.text);
  if (std::find(kMethods.begin(), kMethods.end(), upper) != kMethods.end()) return upper;
  log->Error(capability::Rule::kWrongValue, method.line, key,
             absl::StrCat("\"", method.text, "\" is not an HTTP method that is served",
                          capability::DidYouMean(upper, kMethods)));
  return "";
}

}  // namespace portico::plan
