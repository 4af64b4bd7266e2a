// How Portico answers an operation that is more than one plain call: steps that run
// one after the other, and what is made of what they bring.
//
// Plain immutable data owned by the Plan; any thread.
#ifndef PORTICO_CORE_PLAN_COMPOSITION_H_
#define PORTICO_CORE_PLAN_COMPOSITION_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/plan/expression.h"
#include "core/plan/operation.h"
#include "core/plan/output.h"

namespace portico::plan {

struct StepArgument {
  std::size_t parameter = 0;  // index into the called Operation's parameters
  Expression value;
};

// Entries of what an earlier step brought, found by the text of one member.
struct Lookup {
  std::size_t index = 0;            // of that step
  std::string match;                // the member; names are compared folded where none is equal
  Expression value;                 // what to find; of an array each element
  std::vector<std::string> fields;  // what is kept of an entry
};

struct Step {
  std::string name;
  const Operation* operation = nullptr;  // a call; never a stream or a composition
  std::vector<StepArgument> arguments;
  std::optional<Expression> body;
  bool passes_body = false;      // the caller's, as it came
  std::vector<Output> parts;     // what the consumed operation names of its answer
  std::optional<Lookup> lookup;  // instead of a call
};

// `mappings`: a member of the answer, at a depth of the path's length.
struct Mapping {
  std::vector<std::string> target;
  Expression value;
};

struct Composition {
  enum class Answer {
    kMock,      // Operation::output, of inputs alone
    kLastStep,  // what the last step brought; bytes, of a call
    kShaped,    // Operation::output, of what the only step brought
    kOfSteps,   // Operation::output, of an object with a member for every step
    kMapped,    // `mappings`
  };

  std::vector<Step> steps;
  std::vector<Mapping> mappings;
  Answer answer = Answer::kMock;
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_COMPOSITION_H_
