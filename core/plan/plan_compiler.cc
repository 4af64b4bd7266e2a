#include "core/plan/plan_compiler.h"

#include <map>
#include <optional>
#include <set>

#include "absl/strings/str_cat.h"
#include "core/capability/finding_log.h"
#include "core/capability/finding_order.h"
#include "core/capability/suggestion.h"
#include "core/plan/access_compiler.h"
#include "core/plan/authentication_compiler.h"
#include "core/plan/authorization_settler.h"
#include "core/plan/binding_compiler.h"
#include "core/plan/call_resolver.h"
#include "core/plan/composition_compiler.h"
#include "core/plan/library_compiler.h"
#include "core/plan/method_binder.h"
#include "core/plan/method_synthesizer.h"
#include "core/plan/operation_compiler.h"
#include "core/plan/overlay_compiler.h"
#include "core/plan/plan_builder.h"
#include "core/plan/plan_draft.h"
#include "core/plan/route_compiler.h"
#include "core/plan/tool_compiler.h"
#include "core/plan/upstream_compiler.h"

namespace portico::plan {
namespace {

using capability::Capability;
using capability::Consume;
using capability::FindingLog;
using capability::Findings;

// Runs the steps in the order that each needs what the ones before it made.
class Compilation {
 public:
  Compilation(const std::vector<Capability>& capabilities, const CompileOptions& options)
      : capabilities_(capabilities), options_(options), overlays_(options.overlays) {
    for (const Capability& capability : capabilities_) logs_.emplace_back(capability.file, &found_);
  }

  void Run() {
    CompileApis();
    CheckBaseUris();
    overlays_.Apply(&draft_);  // before anything is bound to what it changes
    overlays_.MoveFindingsTo(&found_);
    SettleAuthorization(options_.allow_caller_authorization, &draft_, &found_);
    CompileDoors();
    BindMethods(options_.services, &draft_, &found_);
    SynthesizeMethods(&draft_, &found_);
    BindVendor();
    accesses_.Finish(&found_);
    for (FindingLog& log : logs_) log.Close();
  }

  PlanDraft TakeDraft() { return std::move(draft_); }

  // In the order of the files and their lines, then those of other places.
  Findings TakeFindings() {
    std::vector<std::string> files;
    for (const Capability& capability : capabilities_) files.push_back(capability.file);
    capability::SortByPlace(files, &found_);
    return std::move(found_);
  }

 private:
  void CompileApis() {
    for (std::size_t file = 0; file < capabilities_.size(); ++file) {
      for (const Consume& consume : capabilities_[file].consumes) CompileApi(consume, file);
    }
  }

  void CompileApi(const Consume& consume, std::size_t file) {
    if (consume.file.empty()) return CompileApi(consume, file, logs_[file]);
    FindingLog log(consume.file, &found_);
    CompileApi(consume, file, log);
    log.Close();
  }

  void CompileApi(const Consume& consume, std::size_t file, FindingLog& log) {
    const std::string& space = consume.space.text;
    const int line = consume.file.empty() ? consume.space.line : consume.position.line;
    const auto [first, fresh] = spaces_.emplace(space, capability::Place{log.file(), line});
    // Two files that import the same API share it.
    const bool imported = !consume.file.empty() && first->second.file == consume.file;
    if (!fresh && imported && first->second.line == line) return;
    if (!fresh) {
      left_out_.insert({file, space});
      log.Warn(capability::Rule::kRepeatedName, line,
               absl::StrCat(consume.position.key, ".namespace"),
               absl::StrCat("\"", space, "\" is already taken by ", first->second.file, ":",
                            first->second.line, "; this API is left out, with what calls it"));
      return;
    }
    const std::string* base_uri = BaseUriOf(space);
    std::optional<std::string> overlaid;
    const std::vector<capability::Bind>& binds = capabilities_[file].binds;
    const BaseUriValues environment = EnvironmentValues(VariablesOf(binds), options_.environment);
    if (base_uri == nullptr) overlaid = overlays_.BaseUriOf(consume, environment);
    draft_.upstreams.push_back(CompileUpstream(
        consume, binds, overlaid.has_value() ? &*overlaid : base_uri, environment, &log));
    draft_.upstreams.back().label = capabilities_[file].info.label.text;
    CompileOperations(consume,
                      {file, draft_.upstreams.size() - 1, options_.allow_caller_authorization},
                      &draft_, &log);
  }

  // The operator's, the last one given; or null.
  const std::string* BaseUriOf(const std::string& space) const {
    const std::string* found = nullptr;
    for (const auto& [name, uri] : options_.base_uris) {
      if (name == space) found = &uri;
    }
    return found;
  }

  void CheckBaseUris() {
    FindingLog log("--upstream", &found_);
    std::vector<std::string> names;
    for (const auto& [name, place] : spaces_) names.push_back(name);
    for (const auto& [name, uri] : options_.base_uris) {
      if (spaces_.count(name) == 0) {
        log.Error(
            capability::Rule::kBadBaseUri, 0, name,
            absl::StrCat("is no namespace of a consumed API", capability::DidYouMean(name, names)));
      }
      std::string problem = uri.empty() ? "must not be empty" : BaseUriProblem(uri);
      if (uri.find_first_of("{}") != std::string::npos) problem = "must hold no placeholder";
      if (!problem.empty())
        log.Error(capability::Rule::kBadBaseUri, 0, name, absl::StrCat("the base URI ", problem));
    }
  }

  void CompileDoors() {
    CallResolver resolver(draft_);
    for (const auto& [file, space] : left_out_) resolver.LeaveOut(file, space);
    CompositionCompiler compositions(&draft_, &resolver);
    for (std::size_t file = 0; file < capabilities_.size(); ++file) {
      for (const capability::Aggregate& aggregate : capabilities_[file].aggregates) {
        if (aggregate.file.empty()) {
          compositions.CompileAggregate(aggregate, file, &logs_[file]);
          continue;
        }
        FindingLog log(aggregate.file, &found_);
        compositions.CompileAggregate(aggregate, file, &log);
        log.Close();
      }
    }
    RouteCompiler routes(&draft_, &resolver, &compositions);
    ToolCompiler tools(&draft_, &resolver, &compositions);
    LibraryCompiler libraries(&draft_, &resolver, &compositions);
    for (std::size_t file = 0; file < capabilities_.size(); ++file) {
      for (const capability::Expose& expose : capabilities_[file].exposes) {
        routes.Compile(expose, file, &logs_[file]);
        tools.Compile(expose, file, &logs_[file]);
        libraries.Compile(capabilities_[file], expose, file, &logs_[file]);
        accesses_.Close(expose, capabilities_[file].binds, file, &logs_[file]);
      }
    }
  }

  void BindVendor() {
    std::map<const Operation*, const DraftOperation*> drafted;
    for (const auto& operation : draft_.operations) {
      drafted[operation->operation.get()] = operation.get();
    }
    for (Route& route : draft_.routes) BindVendorInputs(*drafted[route.operation], &route.bindings);
    for (Tool& tool : draft_.tools) BindVendorInputs(*drafted[tool.operation], &tool.bindings);
  }

  const std::vector<Capability>& capabilities_;
  const CompileOptions& options_;
  OverlayCompiler overlays_;
  Findings found_;
  std::vector<FindingLog> logs_;  // one per capability
  PlanDraft draft_;
  AccessCompiler accesses_{&draft_};
  std::map<std::string, capability::Place> spaces_;  // where each namespace is first taken
  std::set<std::pair<std::size_t, std::string>> left_out_;
};

}  // namespace

std::shared_ptr<const Plan> CompilePlan(const std::vector<Capability>& capabilities,
                                        const CompileOptions& options, Findings* findings) {
  Compilation compilation(capabilities, options);
  compilation.Run();
  const Findings found = compilation.TakeFindings();
  findings->insert(findings->end(), found.begin(), found.end());
  if (HasErrors(found)) return nullptr;
  return PlanBuilder::Build(compilation.TakeDraft());
}

}  // namespace portico::plan
