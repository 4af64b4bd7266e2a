// Tells apart names whose identifiers are the same.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_SYNTHESIS_UNIQUE_NAMES_H_
#define PORTICO_CORE_SYNTHESIS_UNIQUE_NAMES_H_

#include <string>
#include <vector>

namespace portico::synthesis {

struct Name {
  std::string written;     // unique among those that are told apart
  std::string identifier;  // made of it
};

// The identifiers of `names`, no two of them equal even without case and underscores
// (protoc compares field names so). Of those that are, the one whose written name is
// spelled as the identifier keeps it, else the one that sorts first; the others get a
// number that is made of their written name: `separator` stands before it. So the
// order of `names` does not matter, and a newcomer renames at most one other.
std::vector<std::string> UniqueNames(const std::vector<Name>& names, const char* separator);

}  // namespace portico::synthesis

#endif  // PORTICO_CORE_SYNTHESIS_UNIQUE_NAMES_H_
