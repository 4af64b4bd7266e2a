// "Did you mean ...?" for a misspelt name.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_CAPABILITY_SUGGESTION_H_
#define PORTICO_CORE_CAPABILITY_SUGGESTION_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace portico::capability {

// Edits that turn `a` into `b`, a swap of two neighbours counting as one
// (optimal string alignment distance). Bytes, case ignored.
std::size_t EditDistance(absl::string_view a, absl::string_view b);

// The candidate nearest to `name`, if near enough to be what was meant: at most
// a third of the name's length away. The first one wins a tie. Empty when there
// is none, and for names over 128 bytes.
std::string Nearest(absl::string_view name, const std::vector<std::string>& candidates);

// `; did you mean "listjobs"?`, or nothing.
std::string DidYouMean(absl::string_view name, const std::vector<std::string>& candidates);

}  // namespace portico::capability

#endif  // PORTICO_CORE_CAPABILITY_SUGGESTION_H_
