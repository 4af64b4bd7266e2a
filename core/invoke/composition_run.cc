#include "core/invoke/composition_run.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "core/codec/json_syntax.h"
#include "core/invoke/call_check.h"
#include "core/invoke/failure_table.h"
#include "core/invoke/input_values.h"
#include "core/invoke/lookup.h"
#include "core/invoke/output_shaper.h"

namespace portico::invoke {
namespace {

using codec::JsonValue;
using AnswerOf = plan::Composition::Answer;

// What of a step's head still holds when its body is not passed as it was encoded.
upstream::ResponseHead Reduced(const upstream::ResponseHead& head) {
  upstream::ResponseHead reduced{head.status, {}};
  for (const char* name : {"content-type", "retry-after", "location", "x-request-id"}) {
    if (const std::string* value = head.Find(name)) reduced.headers.push_back({name, *value});
  }
  return reduced;
}

// As a member of what is there, without its twin.
void Set(const std::string& name, JsonValue value, JsonValue* object) {
  if (JsonValue* there = object->Find(name)) {
    *there = std::move(value);
  } else {
    object->Add(name, std::move(value));
  }
}

void SetAt(const std::vector<std::string>& target, JsonValue value, JsonValue* object) {
  for (std::size_t i = 0; i + 1 < target.size(); ++i) {
    if (object->Find(target[i]) == nullptr) object->Add(target[i], JsonValue::Object());
    object = object->Find(target[i]);
  }
  Set(target.back(), std::move(value), object);
}

// What the consumed operation names of its answer stands beside what the answer has.
void AddParts(const plan::Step& step, const plan::Values& values, JsonValue* brought) {
  if (brought->kind == JsonValue::Kind::kArray) {
    for (JsonValue& element : brought->elements) AddParts(step, values, &element);
  } else if (brought->kind == JsonValue::Kind::kObject) {
    const JsonValue whole = step.parts.empty() ? JsonValue() : *brought;
    for (const plan::Output& part : step.parts) {
      std::optional<JsonValue> value = ShapeOutput(part, &whole, values);
      if (value.has_value()) Set(part.name, *std::move(value), brought);
    }
  }
}

// Whether the file wrote steps; a composition of one call has none to speak of.
bool NamesSteps(const plan::Composition& composition) {
  return composition.steps.size() > 1 || composition.answer == AnswerOf::kMapped ||
         composition.answer == AnswerOf::kOfSteps;
}

}  // namespace

std::optional<CallError> CompositionRun::Start(Call call, bool own_deadline) {
  call_ = std::move(call);
  own_deadline_ = own_deadline;
  values_.inputs = InputsOf(&call_);
  values_.steps.resize(composition().steps.size());
  std::vector<FieldViolation> violations = CheckArguments(call_);
  if (!violations.empty()) return InvalidFields(*call_.operation, std::move(violations));
  for (const plan::Step& one : composition().steps) {
    if (one.operation == nullptr) continue;
    if (std::optional<CallError> unready = starter_.Unready(*one.operation)) return unready;
  }
  if (std::optional<CallError> refused = CheckFirstStep()) return refused;
  turn_ = loop_.After(absl::ZeroDuration(), [this] { Go(); });
  return std::nullopt;
}

// What a caller can do better: told before anything is sent, and in the caller's words.
std::optional<CallError> CompositionRun::CheckFirstStep() const {
  if (composition().steps.empty() || step().operation == nullptr) return std::nullopt;
  std::vector<FieldViolation> violations = CheckArguments(CallOf(step(), values_, call_));
  if (violations.empty()) return std::nullopt;
  for (FieldViolation& violation : violations) {
    for (const plan::StepArgument& argument : step().arguments) {
      if (step().operation->parameters[argument.parameter].name != violation.field) continue;
      for (const plan::Expression::Piece& piece : argument.value.pieces()) {
        if (piece.source != plan::Expression::Piece::Source::kInput) continue;
        violation.field = call_.operation->parameters[piece.index].name;
        break;
      }
      break;
    }
  }
  return InvalidFields(*call_.operation, std::move(violations));
}

void CompositionRun::Go() {
  for (; at_ < composition().steps.size(); ++at_) {
    if (step().lookup.has_value()) {
      const plan::Lookup& lookup = *step().lookup;
      const std::optional<JsonValue> value = lookup.value.Evaluate(values_);
      const std::optional<JsonValue>& index = values_.steps[lookup.index];
      if (value.has_value() && index.has_value()) {
        values_.steps[at_] = LookUp(lookup, *index, *value, &allowance_);
      }
      if (allowance_.exceeded()) return FailTooLarge();
      continue;
    }
    Call call = CallOf(step(), values_, call_);
    if (allowance_.exceeded()) return FailTooLarge();
    call.deadline = call_.deadline;
    CallError refusal;
    invocation_ = starter_.Start(std::move(call), this, &refusal);
    if (invocation_ == nullptr) {
      Outcome outcome;
      outcome.end = {upstream::Failure::kInvalidRequest, refusal.message, false};
      Fail(std::move(refusal), std::move(outcome));
    }
    return;
  }
  Deliver();
}

void CompositionRun::OnOutcome(Outcome outcome) {
  invocation_.reset();
  outcome.own_deadline = own_deadline_;
  const plan::Operation& called = *step().operation;
  const plan::Upstream& upstream = plan_.UpstreamOf(called);
  if (std::optional<CallError> error = ErrorOf(outcome, called, upstream, absl::Now())) {
    return Fail(*std::move(error), std::move(outcome));
  }
  const bool last = at_ + 1 == composition().steps.size();
  if (last && composition().answer == AnswerOf::kLastStep) return PassOn(std::move(outcome));
  if (composition().answer == AnswerOf::kShaped && outcome.head.status <= 203) {
    status_ = outcome.head.status;
  }
  if (codec::TrimJsonSpace(outcome.body).empty()) return Keep(JsonValue());
  std::optional<JsonValue> brought = codec::ParseJson(outcome.body, kMaxValues);
  if (!brought.has_value()) {
    CallError error = MalformedResponse(outcome, called, upstream,
                                        "it is not JSON, or too large to be looked into");
    outcome.end = {upstream::Failure::kMalformed, "the answer is not JSON, or too large", true};
    outcome.head = {};
    return Fail(std::move(error), std::move(outcome));
  }
  AddParts(step(), {{}, {}, &allowance_}, &*brought);
  if (allowance_.exceeded()) return FailTooLarge();
  Keep(std::move(brought));
}

// On the next turn: an engine may not be called from inside its own callback.
void CompositionRun::Keep(std::optional<JsonValue> brought) {
  values_.steps[at_++] = std::move(brought);
  turn_ = loop_.After(absl::ZeroDuration(), [this] { Go(); });
}

std::optional<JsonValue> CompositionRun::Answer() const {
  const std::optional<plan::Output>& output = call_.operation->output;
  switch (composition().answer) {
    case AnswerOf::kMock:
      return ShapeOutput(*output, nullptr, values_);
    case AnswerOf::kShaped:
      return ShapeOutput(*output, &*values_.steps.back(), values_);
    case AnswerOf::kOfSteps: {
      const JsonValue steps = StepsByName();
      return ShapeOutput(*output, &steps, values_);
    }
    case AnswerOf::kMapped:
      return MappedAnswer();
    case AnswerOf::kLastStep:
      break;
  }
  return values_.steps.back();
}

JsonValue CompositionRun::MappedAnswer() const {
  JsonValue answer = JsonValue::Object();
  for (const plan::Mapping& mapping : composition().mappings) {
    std::optional<JsonValue> value = mapping.value.Evaluate(values_);
    if (value.has_value()) SetAt(mapping.target, *std::move(value), &answer);
  }
  if (!call_.operation->output.has_value()) return answer;
  // Outputs that state their own value need no mapping.
  for (const plan::Output& output : call_.operation->output->properties) {
    if (!output.value.has_value() && !output.constant.has_value()) continue;
    if (answer.Find(output.name) != nullptr) continue;
    std::optional<JsonValue> value = ShapeOutput(output, nullptr, values_);
    if (value.has_value()) answer.Add(output.name, *std::move(value));
  }
  return answer;
}

JsonValue CompositionRun::StepsByName() const {
  JsonValue steps = JsonValue::Object();
  for (std::size_t i = 0; i < values_.steps.size(); ++i) {
    if (values_.steps[i].has_value()) steps.Add(composition().steps[i].name, *values_.steps[i]);
  }
  return steps;
}

void CompositionRun::Deliver() {
  const std::optional<JsonValue> answer = Answer();
  if (allowance_.exceeded()) return FailTooLarge();
  Outcome outcome;
  outcome.body = codec::WriteJson(answer.value_or(JsonValue()));
  outcome.head = {status_,
                  {{"Content-Type", "application/json"},
                   {"Content-Length", absl::StrCat(outcome.body.size())}}};
  receiver_->OnOutcome(std::move(outcome));  // may destroy this
}

void CompositionRun::PassOn(Outcome outcome) {
  outcome.head = Reduced(outcome.head);
  receiver_->OnOutcome(std::move(outcome));  // may destroy this
}

void CompositionRun::Fail(CallError error, Outcome outcome) {
  outcome.head = Reduced(outcome.head);
  if (NamesSteps(composition()) && at_ < composition().steps.size()) {
    const std::string& name = step().name;
    error.metadata["step"] = name;
    error.message = absl::StrCat("step ", name, ": ", error.message);
    outcome.end.detail =
        absl::StrCat("step ", name, outcome.end.detail.empty() ? "" : ": ", outcome.end.detail);
    if (outcome.head.status != 0) outcome.head.headers.push_back({kStepHeader, name});
  }
  outcome.error = std::move(error);
  receiver_->OnOutcome(std::move(outcome));  // may destroy this
}

void CompositionRun::FailTooLarge() {
  Outcome outcome;
  outcome.end = {
      upstream::Failure::kResponseTooLarge,
      absl::StrCat("what the capability file makes of it copies more than ", kMaxCopied, " values"),
      true};
  const plan::Operation& operation = *call_.operation;
  CallError error = *ErrorOf(outcome, operation, plan_.UpstreamOf(operation), absl::Now());
  Fail(std::move(error), std::move(outcome));
}

}  // namespace portico::invoke
