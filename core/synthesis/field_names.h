// What fields are called that stand for names of an API's own: identifier, number and
// JSON name of each.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_SYNTHESIS_FIELD_NAMES_H_
#define PORTICO_CORE_SYNTHESIS_FIELD_NAMES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace portico::synthesis {

inline constexpr char kUnmodeledField[] = "unmodeled_json";
inline constexpr int kUnmodeledNumber = 1000;

inline constexpr char kResultField[] = "result";  // of responses

struct FieldName {
  std::string identifier;
  int number = 0;
};

// Whether protoc (3.21 and later) takes `name` as a json_name, beside that of
// unmodeled_json.
bool MayBeJsonName(absl::string_view name);

// Of each of `names`, which are distinct. `problems` is told of those whose numbers clash.
std::vector<FieldName> NameFields(const std::vector<std::string>& names,
                                  std::vector<std::string>* problems);

}  // namespace portico::synthesis

#endif  // PORTICO_CORE_SYNTHESIS_FIELD_NAMES_H_
