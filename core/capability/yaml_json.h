// A YAML value as JSON text.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_CAPABILITY_YAML_JSON_H_
#define PORTICO_CORE_CAPABILITY_YAML_JSON_H_

#include <string>

#include "core/capability/yaml_tree.h"

namespace portico::capability {

// Compact. Bare `true`, `false`, `null`, `~` and what JSON takes for a number keep their
// meaning and spelling; every other scalar is a string. Bytes as they are: a YAML text
// that is not UTF-8 makes none either.
std::string YamlAsJson(const YamlNode& node);

}  // namespace portico::capability

#endif  // PORTICO_CORE_CAPABILITY_YAML_JSON_H_
