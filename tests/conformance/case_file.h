// Files of cases, which are JSON lists.
#ifndef PORTICO_TESTS_CONFORMANCE_CASE_FILE_H_
#define PORTICO_TESTS_CONFORMANCE_CASE_FILE_H_

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace portico::conformance {

// Throws std::invalid_argument at a key that is not `known`.
inline void CheckKeys(const nlohmann::json& object, const std::set<std::string>& known) {
  for (const auto& [key, value] : object.items()) {
    if (known.count(key) == 0) throw std::invalid_argument("unknown key " + key);
  }
}

// What `read`, which may throw, makes of each element; aborts with the file's name and
// the case where it does. A Case has a name.
template <typename Case>
std::vector<Case> ReadCaseFile(const std::string& path, Case (*read)(const nlohmann::json&)) {
  std::vector<Case> cases;
  std::string last = "the first case";
  try {
    std::ifstream file(path);
    for (const auto& text : nlohmann::json::parse(file, nullptr, true, /*ignore_comments=*/true)) {
      cases.push_back(read(text));
      last = "the case after " + cases.back().name;
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s: %s\n", path.c_str(), last.c_str(), error.what());
    std::abort();
  }
  return cases;
}

}  // namespace portico::conformance

#endif  // PORTICO_TESTS_CONFORMANCE_CASE_FILE_H_
