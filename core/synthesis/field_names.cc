#include "core/synthesis/field_names.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/codec/json_string.h"
#include "core/synthesis/field_number.h"
#include "core/synthesis/identifier.h"
#include "core/synthesis/unique_names.h"

namespace portico::synthesis {

bool MayBeJsonName(absl::string_view name) {
  if (name.empty() || name == kUnmodeledField || name == "unmodeledJson") return false;
  if (name.front() == '[' && name.back() == ']') return false;  // an extension's, in JSON
  return codec::IsUtf8(name) &&
         std::none_of(name.begin(), name.end(), [](char c) { return absl::ascii_iscntrl(c); });
}

std::vector<FieldName> NameFields(const std::vector<std::string>& names,
                                  std::vector<std::string>* problems) {
  std::vector<Name> written;
  written.reserve(names.size());
  for (const std::string& name : names) written.push_back({name, FieldIdentifier(name)});
  std::vector<std::pair<std::size_t, std::size_t>> clashes;
  const std::vector<int> numbers = ParameterNumbers(names, &clashes);
  for (const auto& [kept, moved] : clashes) {
    problems->push_back(absl::StrCat("\"", names[moved], "\" and \"", names[kept],
                                     "\" have the same field number; the former got another, "
                                     "which holds as long as both are there"));
  }
  std::vector<std::string> identifiers = UniqueNames(written, "_");
  std::vector<FieldName> fields;
  for (std::size_t i = 0; i < names.size(); ++i) {
    fields.push_back({std::move(identifiers[i]), numbers[i]});
  }
  return fields;
}

}  // namespace portico::synthesis
