// Field numbers of parameters: from their names alone, so that a parameter keeps its
// number whatever comes, goes or moves around it (docs/adr, "Numbers from names").
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_SYNTHESIS_FIELD_NUMBER_H_
#define PORTICO_CORE_SYNTHESIS_FIELD_NUMBER_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace portico::synthesis {

// All have tags of four bytes. Below are the numbers of fields that are no
// parameters, and Protobuf's own 19000 to 19999.
inline constexpr int kFirstParameterNumber = 1 << 18;
inline constexpr int kLastParameterNumber = (1 << 25) - 1;

int ParameterNumber(absl::string_view name);

// One number for each of `names`, which are distinct. Should two have the same (one
// chance in 270 for a message of 500), the one that sorts later takes another: its
// number then depends on the other's presence. `clashes` gets such pairs, as indexes.
std::vector<int> ParameterNumbers(const std::vector<std::string>& names,
                                  std::vector<std::pair<std::size_t, std::size_t>>* clashes);

}  // namespace portico::synthesis

#endif  // PORTICO_CORE_SYNTHESIS_FIELD_NUMBER_H_
