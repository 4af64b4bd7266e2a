// The places of inputs in a request: which each one takes, and which is taken already.
//
// Not thread-safe. What the constructor is given must outlive it.
#ifndef PORTICO_CORE_PLAN_INPUT_PLACES_H_
#define PORTICO_CORE_PLAN_INPUT_PLACES_H_

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "core/capability/capability.h"
#include "core/plan/input_log.h"
#include "core/plan/path_template.h"

namespace portico::plan {

struct InputPlace {
  std::string location;  // as the file says it, in lower case; "path", "query" or "body" if not
  std::string name;      // what is sent
};

class InputPlaces {
 public:
  InputPlaces(const PathTemplate& path, InputLog* log) : path_(path), log_(log) {}

  // Nullopt when an earlier input has the place, and, with an error, when there is no name.
  // Levels come in order, the operation's own as 0; two for one place within a level are worth
  // a warning.
  std::optional<InputPlace> Take(const capability::InputParameter& input, std::size_t level);

 private:
  // Wire name: what stands before the first white space.
  std::string NameOf(const capability::InputParameter& input);
  std::string LocationOf(const capability::InputParameter& input, const std::string& name);
  bool Claim(const InputPlace& place, const capability::InputParameter& input, std::size_t level);

  const PathTemplate& path_;
  InputLog* log_;
  std::set<std::pair<std::string, std::string>> claimed_;     // location, name
  std::set<std::pair<std::string, std::string>> this_level_;  // the same, of `level_` alone
  std::size_t level_ = 0;
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_INPUT_PLACES_H_
