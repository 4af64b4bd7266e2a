// A value that a composition makes while it runs: a text, a caller's value, something
// of what a step brought, or a text with such things in it.
//
// Immutable; any thread.
#ifndef PORTICO_CORE_PLAN_EXPRESSION_H_
#define PORTICO_CORE_PLAN_EXPRESSION_H_

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/codec/json_allowance.h"
#include "core/codec/json_value.h"
#include "core/plan/json_path.h"

namespace portico::plan {

// What is known so far. Absent: not given, not run, or run without finding anything.
struct Values {
  std::vector<std::optional<codec::JsonValue>> inputs;  // by Operation::parameters
  std::vector<std::optional<codec::JsonValue>> steps;   // by Composition::steps
  // What may be copied out of them; null: anything. Whoever made it sees that it was
  // exceeded, and throws away what was made.
  codec::JsonAllowance* allowance = nullptr;

  // Whether there is room for a copy of `value`; takes it.
  bool Take(const codec::JsonValue& value) const {
    return allowance == nullptr || allowance->Take(value);
  }
};

class Expression {
 public:
  struct Piece {
    enum class Source { kText, kInput, kStep } source = Source::kText;
    std::string text;       // kText
    std::size_t index = 0;  // of the input or step
    JsonPath path;          // below it
  };

  // One piece is that piece; several are joined to a text.
  explicit Expression(std::vector<Piece> pieces) : pieces_(std::move(pieces)) {}
  static Expression Text(std::string text);
  static Expression Input(std::size_t index);

  // A single reference keeps its type, and is null where its source is there but not
  // what it points at, as JSONPath's users expect; absent where the source is absent. A
  // text is absent when all that it refers to is; otherwise what is absent is left out.
  std::optional<codec::JsonValue> Evaluate(const Values& values) const;

  const std::vector<Piece>& pieces() const { return pieces_; }

 private:
  std::vector<Piece> pieces_;
};

// A value as part of a text: strings bare, null as nothing, the rest as JSON.
std::string TextOf(const codec::JsonValue& value);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_EXPRESSION_H_
