#include "core/plan/composition_compiler.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/capability/suggestion.h"
#include "core/plan/mapping_compiler.h"
#include "core/plan/name_folding.h"
#include "core/plan/operation_compiler.h"
#include "core/plan/output_compiler.h"
#include "core/plan/preset_operation.h"
#include "core/plan/step_compiler.h"

namespace portico::plan {
namespace {

using capability::FindingLog;
using capability::InputParameter;

// Whether `{{...}}` of an input is only a part of a value: a plain call has no such thing.
bool HoldsTemplate(const RecipeSite& site) {
  if (!site.recipe->call.with.has_value()) return false;
  const std::vector<std::string> names = CallersNames(site);
  for (const capability::Entry& entry : *site.recipe->call.with) {
    for (const std::string& name : names) {
      const std::string reference = absl::StrCat("{{", name, "}}");
      if (entry.value.text != reference && absl::StrContains(entry.value.text, reference)) {
        return true;
      }
    }
  }
  return false;
}

void DeclareInputs(const RecipeSite& site, InputScope* scope, FindingLog* log) {
  const bool required = site.route == nullptr;  // what tools and functions ask for, they need
  for (const auto* inputs : {&site.recipe->inputs, site.more_inputs}) {
    if (inputs == nullptr) continue;
    for (const InputParameter& input : *inputs) scope->Declare(input, required, log);
  }
  if (site.route == nullptr) return;
  for (const std::string& capture : site.route->placeholders()) scope->DeclareCapture(capture);
}

// All that the steps may do.
Hints HintsOf(const Composition& composition) {
  Hints hints{true, false, true, false};
  for (const Step& step : composition.steps) {
    if (step.operation == nullptr) continue;
    const Hints& called = step.operation->hints;
    hints.read_only = hints.read_only && called.read_only;
    hints.idempotent = hints.idempotent && called.idempotent;
    hints.destructive = hints.destructive || called.destructive;
    hints.open_world = hints.open_world || called.open_world;
  }
  return hints;
}

std::size_t UpstreamOf(const Composition& composition) {
  std::size_t upstream = kNoUpstream;
  for (const Step& step : composition.steps) {
    if (step.operation == nullptr) continue;
    if (upstream != kNoUpstream && upstream != step.operation->upstream) return kNoUpstream;
    upstream = step.operation->upstream;
  }
  return upstream;
}

bool AnyMapping(const std::vector<capability::OutputParameter>& outputs) {
  return std::any_of(outputs.begin(), outputs.end(), [](const auto& output) {
    return output.mapping.present() || AnyMapping(output.properties) || AnyMapping(output.items);
  });
}

}  // namespace

std::vector<std::string> InputNames(const RecipeSite& site) {
  std::vector<std::string> names;
  for (const auto* inputs : {&site.recipe->inputs, site.more_inputs}) {
    if (inputs == nullptr) continue;
    for (const capability::InputParameter& input : *inputs) names.push_back(input.name.text);
  }
  return names;
}

std::vector<std::string> CallersNames(const RecipeSite& site) {
  std::vector<std::string> names = InputNames(site);
  if (site.route == nullptr) return names;
  const auto& captures = site.route->placeholders();
  names.insert(names.end(), captures.begin(), captures.end());
  return names;
}

CompositionCompiler::CompositionCompiler(PlanDraft* draft, CallResolver* resolver)
    : draft_(draft), resolver_(resolver) {
  for (const auto& drafted : draft_->operations) ids_.insert(drafted->operation->id);
}

bool CompositionCompiler::IsPlainCall(const RecipeSite& site) {
  const capability::Recipe& recipe = *site.recipe;
  const bool own_answer = !recipe.call.operation.present() && !recipe.outputs.empty();
  return recipe.steps.empty() && !recipe.ref.present() && !own_answer &&
         IsWholeAnswer(recipe.outputs) && !HoldsTemplate(site);
}

DraftOperation* CompositionCompiler::Compile(const RecipeSite& site, std::size_t file,
                                             FindingLog* log) {
  InputScope scope(site.space);
  DeclareInputs(site, &scope, log);
  auto operation = std::make_unique<Operation>();
  auto composition = std::make_shared<Composition>();
  if (!CompileSteps(site, file, &scope, composition.get(), operation.get(), log)) return nullptr;
  if (!CompileAnswer(site, &scope, composition.get(), operation.get(), log)) return nullptr;
  if (!composition->steps.empty()) scope.CheckUse(log);
  operation->space = site.space;
  operation->name = UniqueName(site.space, site.name);
  operation->id = absl::StrCat(operation->space, ".", operation->name);
  operation->description = site.description;
  operation->place = {log->file(), site.position.line};
  operation->upstream = UpstreamOf(*composition);
  operation->hints = HintsOf(*composition);
  operation->http_method = !site.http_method.empty()    ? site.http_method
                           : operation->hints.read_only ? "GET"
                                                        : "POST";
  // Names of the file's author: what cannot stand in a path is left out.
  if (auto path = PathTemplate::Parse(absl::StrCat("/", FoldName(operation->id))); path.ok()) {
    operation->path = *std::move(path);
  }
  operation->parameters = scope.inputs();
  if (scope.takes_body() && operation->body == BodyUse::kNone) operation->body = BodyUse::kOptional;
  operation->composition = std::move(composition);
  auto drafted = std::make_unique<DraftOperation>();
  drafted->file = file;
  drafted->written_name = site.name;
  if (operation->body != BodyUse::kNone) drafted->body_name = "body";
  drafted->operation = std::move(operation);
  draft_->operations.push_back(std::move(drafted));
  return draft_->operations.back().get();
}

bool CompositionCompiler::CompileSteps(const RecipeSite& site, std::size_t file, InputScope* scope,
                                       Composition* made, Operation* operation, FindingLog* log) {
  const capability::Recipe& recipe = *site.recipe;
  StepCompiler compiler(file, recipe, draft_->upstreams, resolver_, scope, log);
  if (recipe.steps.size() > kMaxSteps) {
    log->Error(capability::Rule::kBadComposition, recipe.steps[kMaxSteps].position.line,
               absl::StrCat(site.position.key, ".steps"),
               absl::StrCat("has more than ", kMaxSteps, " steps"));
    return false;
  }
  bool whole = true;
  for (const capability::Step& written : recipe.steps) {
    std::optional<Step> step = compiler.Compile(written);
    whole = whole && step.has_value();
    if (step.has_value()) made->steps.push_back(*std::move(step));
  }
  if (recipe.steps.empty() && recipe.call.operation.present()) {
    std::optional<Step> step = compiler.CompileOnly(recipe.call, site.position, site.nth);
    if (!step.has_value()) return false;
    if (step->passes_body) operation->body = step->operation->body;
    scope->AddStep(step->name);
    made->steps.push_back(*std::move(step));
  }
  for (auto& preset : compiler.TakePresets()) {
    const std::string name = absl::StrCat(site.name, "-", preset->written_name);
    Adopt(std::move(preset), {nullptr, site.space, name, {log->file(), site.position.line}});
  }
  return whole;
}

DraftOperation* CompositionCompiler::Preset(const PresetSite& site, DraftOperation* called) {
  const Upstream& upstream = draft_->upstreams[called->operation->upstream];
  auto preset = PresetOperation(*called, *site.call, upstream, [&](absl::string_view name) {
    return FindName(site.inputs, name).has_value();
  });
  return preset == nullptr ? called : Adopt(std::move(preset), site);
}

DraftOperation* CompositionCompiler::Adopt(std::unique_ptr<DraftOperation> preset,
                                           const PresetSite& site) {
  Operation& operation = *preset->operation;
  operation.space = site.space;
  operation.name = UniqueName(site.space, site.name);
  operation.id = absl::StrCat(operation.space, ".", operation.name);
  operation.place = site.place;
  NoteVariables(operation, &draft_->upstreams[operation.upstream]);
  draft_->operations.push_back(std::move(preset));
  return draft_->operations.back().get();
}

bool CompositionCompiler::CompileAnswer(const RecipeSite& site, InputScope* scope,
                                        Composition* made, Operation* operation, FindingLog* log) {
  using Answer = Composition::Answer;
  const capability::Recipe& recipe = *site.recipe;
  const bool mapped = !recipe.steps.empty() && !recipe.mappings.empty();
  // Outputs beside steps may only say what the last one answers.
  const bool of_steps = !recipe.steps.empty() && !mapped && AnyMapping(recipe.outputs);
  const bool of_call = recipe.steps.empty() && !made->steps.empty();
  operation->output = CompileOutputs(recipe.outputs, of_steps || of_call, scope, log);
  if (!recipe.outputs.empty() && !operation->output.has_value()) return false;
  if (mapped) {
    made->answer = Answer::kMapped;
    return CompileMappings(recipe, operation->output, scope, &made->mappings, log);
  }
  if (made->steps.empty()) {
    made->answer = Answer::kMock;
  } else if (recipe.steps.empty()) {
    made->answer = IsWholeAnswer(recipe.outputs) ? Answer::kLastStep : Answer::kShaped;
  } else {
    made->answer = of_steps ? Answer::kOfSteps : Answer::kLastStep;
  }
  return true;
}

void CompositionCompiler::CompileAggregate(const capability::Aggregate& aggregate, std::size_t file,
                                           FindingLog* log) {
  for (const capability::Function& function : aggregate.functions) {
    RecipeSite site;
    site.recipe = &function;
    site.position = function.position;
    site.space = aggregate.space.text;
    site.name = function.name.text;
    site.description = function.description.text;
    const std::string ref = absl::StrCat(site.space, ".", site.name);
    const auto [at, fresh] = functions_.try_emplace({file, ref}, nullptr);
    if (!fresh) {
      log->Error(capability::Rule::kRepeatedName, function.name.line,
                 absl::StrCat(function.position.key, ".name"),
                 absl::StrCat("\"", ref, "\" stands twice"));
      continue;
    }
    DraftOperation* const drafted = Compile(site, file, log);
    at->second = drafted;
    if (drafted == nullptr) continue;
    Hints& hints = drafted->operation->hints;
    if (function.safe.present()) hints.read_only = function.safe.value;
    if (function.safe.value) hints.destructive = false;
    if (function.idempotent.present()) hints.idempotent = function.idempotent.value;
  }
}

DraftOperation* CompositionCompiler::FindFunction(const capability::Text& ref,
                                                  const capability::Position& position,
                                                  std::size_t file, FindingLog* log) {
  const auto found = functions_.find({file, ref.text});
  if (found != functions_.end()) return found->second;
  std::vector<std::string> names;
  for (const auto& [name, function] : functions_) {
    if (name.first == file) names.push_back(name.second);
  }
  log->Error(capability::Rule::kUnresolvedCall, ref.line, absl::StrCat(position.key, ".ref"),
             absl::StrCat("names unknown function \"", ref.text, "\"",
                          capability::DidYouMean(ref.text, names)));
  return nullptr;
}

std::string CompositionCompiler::UniqueName(const std::string& space, const std::string& name) {
  std::string unique = name;
  for (int n = 2; !ids_.insert(absl::StrCat(space, ".", unique)).second; ++n) {
    unique = absl::StrCat(name, n);
  }
  return unique;
}

}  // namespace portico::plan
