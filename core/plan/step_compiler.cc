#include "core/plan/step_compiler.h"

#include <algorithm>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/capability/suggestion.h"
#include "core/plan/mapping_compiler.h"
#include "core/plan/name_folding.h"
#include "core/plan/output_compiler.h"
#include "core/plan/preset_operation.h"

namespace portico::plan {
namespace {

constexpr char kBody[] = "body";

std::vector<std::string> NamesOf(const DraftOperation& drafted) {
  std::vector<std::string> names;
  for (const Parameter& parameter : drafted.operation->parameters) names.push_back(parameter.name);
  if (!drafted.body_name.empty()) names.push_back(drafted.body_name);
  return names;
}

}  // namespace

void StepCompiler::Error(int line, const std::string& key, std::string message) {
  failed_ = true;
  log_->Error(capability::Rule::kBadComposition, line, key, std::move(message));
}

std::optional<Step> StepCompiler::CompileOnly(const capability::Call& call,
                                              const capability::Position& position,
                                              std::size_t nth) {
  only_ = true;
  return CompileCall(call, position, nth);
}

std::optional<Step> StepCompiler::Compile(const capability::Step& written) {
  failed_ = false;
  called_ = nullptr;
  if (scope_->FindStep(written.name.text).has_value()) {
    Error(written.name.line, absl::StrCat(written.position.key, ".name"),
          absl::StrCat("\"", written.name.text, "\" is the name of an earlier step"));
  }
  std::optional<Step> step = written.type.text == "lookup"
                                 ? CompileLookup(written)
                                 : CompileCall(written.call, written.position, 0);
  if (step.has_value()) {
    step->name = written.name.text;
    if (step->operation != nullptr) {
      FeedFromMappings(step->name, &*step);
      FeedUnmentioned(written.call, written.position, &*step);
    }
  }
  scope_->AddStep(written.name.text);
  if (failed_) return std::nullopt;
  return step;
}

std::optional<Step> StepCompiler::CompileCall(const capability::Call& call,
                                              const capability::Position& position,
                                              std::size_t nth) {
  const std::string key = absl::StrCat(position.key, ".call");
  const CallResolver::Target target = resolver_->Resolve(file_, call.operation.text, nth);
  if (!target.problem.empty()) Error(call.operation.line, key, target.problem);
  if (target.operation == nullptr) return std::nullopt;
  called_ = target.operation;
  Preset(call);
  Step step;
  step.name = called_->written_name;
  step.operation = called_->operation.get();
  if (step.operation->stream) {
    Error(call.operation.line, key,
          absl::StrCat(step.operation->id,
                       " is an event stream, whose end may never come: it "
                       "can be called, but not looked into"));
  }
  if (!called_->raw_format.empty() && called_->raw_format != "json") {
    Error(call.operation.line, key,
          absl::StrCat(step.operation->id, " answers in ", called_->raw_format,
                       ": only JSON can be looked into"));
  }
  CompileWith(call, position, &step);
  AddParts(&step);
  if (only_) FeedUnmentioned(call, position, &step);
  if (failed_) return std::nullopt;
  return step;
}

std::optional<Step> StepCompiler::CompileLookup(const capability::Step& written) {
  const std::string& key = written.position.key;
  const std::optional<std::size_t> index = scope_->FindStep(written.index.text);
  if (!index.has_value()) {
    Error(written.index.line, absl::StrCat(key, ".index"),
          absl::StrCat("\"", written.index.text, "\" is no step before this",
                       scope_->Suggest(written.index.text)));
  }
  std::optional<Expression> value = Read(written.lookup_value, absl::StrCat(key, ".lookupValue"));
  if (!index.has_value() || !value.has_value()) return std::nullopt;
  Step step;
  step.lookup = Lookup{*index, written.match.text, *std::move(value), {}};
  for (const capability::Text& field : written.fields) step.lookup->fields.push_back(field.text);
  return step;
}

std::optional<Expression> StepCompiler::Read(const capability::Text& text, const std::string& key) {
  absl::StatusOr<Expression> value = ParseExpression(text.text, scope_);
  if (value.ok()) return *std::move(value);
  Error(text.line, key, std::string(value.status().message()));
  return std::nullopt;
}

// A step or an input comes before a variable of its name.
void StepCompiler::Preset(const capability::Call& call) {
  const auto is_callers = [this](absl::string_view name) {
    const absl::string_view head = name.substr(0, name.find_first_of(".["));
    return scope_->IsCallersSpace(head) || scope_->FindStep(head).has_value() ||
           scope_->FindInput(head).has_value();
  };
  auto preset =
      PresetOperation(*called_, call, upstreams_[called_->operation->upstream], is_callers);
  if (preset == nullptr) return;
  called_ = preset.get();
  presets_.push_back(std::move(preset));
}

void StepCompiler::CompileWith(const capability::Call& call, const capability::Position& position,
                               Step* step) {
  if (!call.with.has_value()) return;
  const std::vector<std::string> names = NamesOf(*called_);
  for (const capability::Entry& entry : *call.with) {
    if (called_->IsPreset(entry.name.text)) continue;
    const std::string key = absl::StrCat(position.key, ".with.", entry.name.text);
    const std::optional<std::size_t> index = FindName(names, entry.name.text);
    if (!index.has_value() && FindName(called_->untaken, entry.name.text).has_value()) {
      log_->Warn(capability::Rule::kBadBinding, entry.value.line, key,
                 "has no effect: it is not taken from callers");
      continue;
    }
    if (!index.has_value()) {
      Error(entry.name.line, key,
            absl::StrCat("is not an input of ", step->operation->id,
                         capability::DidYouMean(entry.name.text, names)));
      continue;
    }
    std::optional<Expression> value = Read(entry.value, key);
    if (!value.has_value()) continue;
    const auto& piece = value->pieces().empty() ? Expression::Piece() : value->pieces()[0];
    if (piece.source == Expression::Piece::Source::kText &&
        scope_->FindInput(entry.value.text).has_value()) {
      log_->Warn(capability::Rule::kBadBinding, entry.value.line, key,
                 absl::StrCat("is sent as the text \"", entry.value.text, "\"; write \"{{",
                              entry.value.text, "}}\" for the input of that name"));
    }
    if (*index < step->operation->parameters.size()) {
      if (piece.source == Expression::Piece::Source::kInput && piece.path.whole() &&
          value->pieces().size() == 1) {
        scope_->Resemble(piece.index, step->operation->parameters[*index]);
      }
      Feed(names[*index], *std::move(value), step);
    } else {
      step->body = *std::move(value);
    }
  }
}

void StepCompiler::Feed(const std::string& name, const Expression& value, Step* step) {
  for (std::size_t i = 0; i < step->operation->parameters.size(); ++i) {
    if (step->operation->parameters[i].name == name) step->arguments.push_back({i, value});
  }
}

// `target: STEP.INPUT`.
void StepCompiler::FeedFromMappings(const std::string& step_name, Step* step) {
  const std::vector<std::string> names = NamesOf(*called_);
  for (const capability::StepMapping& mapping : recipe_.mappings) {
    absl::string_view target = mapping.target.text;
    if (!absl::StartsWith(target, absl::StrCat(step_name, ".")) || !FeedsStep(recipe_, target)) {
      continue;
    }
    target.remove_prefix(step_name.size() + 1);
    const std::optional<std::size_t> index = FindName(names, target);
    if (!index.has_value()) {
      Error(mapping.target.line, absl::StrCat(mapping.position.key, ".target"),
            absl::StrCat("\"", target, "\" is not an input of ", step->operation->id,
                         capability::DidYouMean(target, names)));
      continue;
    }
    std::optional<Expression> value =
        Read(mapping.value, absl::StrCat(mapping.position.key, ".value"));
    if (!value.has_value()) continue;
    if (*index < step->operation->parameters.size()) {
      Feed(names[*index], *std::move(value), step);
    } else {
      step->body = *std::move(value);
    }
  }
}

bool StepCompiler::IsFed(const Step& step, std::size_t parameter) const {
  return std::any_of(step.arguments.begin(), step.arguments.end(),
                     [&](const StepArgument& fed) { return fed.parameter == parameter; });
}

void StepCompiler::FeedUnmentioned(const capability::Call& call,
                                   const capability::Position& position, Step* step) {
  for (std::size_t i = 0; i < step->operation->parameters.size(); ++i) {
    const Parameter& parameter = step->operation->parameters[i];
    const bool needed = parameter.required || parameter.location == ParameterLocation::kPath;
    if (IsFed(*step, i) || (call.with.has_value() && !needed)) continue;
    if (only_) {
      step->arguments.push_back({i, Expression::Input(scope_->InputLike(parameter))});
    } else if (const auto input = scope_->FindInput(parameter.name)) {
      step->arguments.push_back({i, Expression::Input(*input)});
    } else if (needed) {
      Error(position.line, absl::StrCat(position.key, ".with"),
            absl::StrCat("nothing feeds \"", parameter.name, "\", which ", step->operation->id,
                         " requires: name it here"));
    }
  }
  FeedBody(call, step);
}

void StepCompiler::FeedBody(const capability::Call& call, Step* step) {
  const BodyUse use = step->operation->body;
  if (use == BodyUse::kNone || step->body.has_value()) return;
  if (call.with.has_value() && use != BodyUse::kRequired) return;
  step->passes_body = only_;
  if (only_) return;
  if (const auto input = scope_->FindInput(called_->body_name.empty() ? kBody : called_->body_name))
    step->body = Expression::Input(*input);
}

// `outputParameters` of the consumed operation that are more than the whole answer.
void StepCompiler::AddParts(Step* step) {
  if (called_->outputs == nullptr) return;
  for (const capability::OutputParameter& written : *called_->outputs) {
    if (written.name.text.empty() || IsWholeAnswer({written})) continue;
    if (auto part = CompileOutputs({written}, true, scope_, log_)) {
      step->parts.push_back(std::move(part->properties.front()));
    }
  }
}

}  // namespace portico::plan
