// portico.v1.ArrayStyle, as .proto options and overlays write it, in the Plan's words.
#ifndef PORTICO_CORE_PLAN_ARRAY_STYLE_H_
#define PORTICO_CORE_PLAN_ARRAY_STYLE_H_

#include "core/plan/operation.h"
#include "portico/v1/annotations.pb.h"

namespace portico::plan {

inline ArrayStyle StyleOf(v1::ArrayStyle written) {
  switch (written) {
    case v1::ARRAY_STYLE_COMMA:
      return ArrayStyle::kComma;
    case v1::ARRAY_STYLE_BRACKETS:
      return ArrayStyle::kBrackets;
    case v1::ARRAY_STYLE_DEEP_OBJECT:
      return ArrayStyle::kDeepObject;
    case v1::ARRAY_STYLE_PIPE:
      return ArrayStyle::kPipe;
    case v1::ARRAY_STYLE_SPACE:
      return ArrayStyle::kSpace;
    default:
      return ArrayStyle::kRepeat;
  }
}

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_ARRAY_STYLE_H_
