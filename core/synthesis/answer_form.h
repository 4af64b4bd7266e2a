// In which form a synthesised RPC answers.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_SYNTHESIS_ANSWER_FORM_H_
#define PORTICO_CORE_SYNTHESIS_ANSWER_FORM_H_

#include "core/plan/composition.h"
#include "core/plan/operation.h"

namespace portico::synthesis {

enum class AnswerForm {
  kWrapped,  // `result`, any JSON (codec::AnswerCodec)
  kObject,   // a field for each declared member (codec::DeclaredAnswerCodec)
  kArray,    // `result`, repeated: its elements (the same)
};

// Only answers that Portico makes itself are what their outputs declare; a step's own
// answer may be anything, and no JSON at all.
inline AnswerForm AnswerFormOf(const plan::Operation& operation) {
  using Type = plan::Output::Type;
  const bool made = operation.composition != nullptr && operation.output.has_value() &&
                    operation.composition->answer != plan::Composition::Answer::kLastStep;
  if (!made || operation.stream) return AnswerForm::kWrapped;
  const plan::Output& output = *operation.output;
  if (output.value.has_value() || output.constant.has_value()) return AnswerForm::kWrapped;
  if (output.type == Type::kObject && !output.properties.empty()) return AnswerForm::kObject;
  if (output.type == Type::kArray && !output.items.empty()) return AnswerForm::kArray;
  return AnswerForm::kWrapped;
}

}  // namespace portico::synthesis

#endif  // PORTICO_CORE_SYNTHESIS_ANSWER_FORM_H_
