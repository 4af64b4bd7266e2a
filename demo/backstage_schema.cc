#include "demo/backstage_schema.h"

#include <cmath>
#include <cstddef>
#include <regex>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"

namespace portico::demo {
namespace {

// std::regex recurses once per character: longer text would end the stack.
constexpr std::size_t kMaxPatternText = 1000;

bool IsWhole(const Json& value) {
  return value.is_number_integer() ||
         (value.is_number_float() && std::floor(value.get<double>()) == value.get<double>());
}

bool HasType(const Json& value, absl::string_view type) {
  if (type == "string") return value.is_string();
  if (type == "number") return value.is_number();
  if (type == "integer") return IsWhole(value);
  if (type == "boolean") return value.is_boolean();
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "null") return value.is_null();
  return true;
}

bool MatchesPattern(const std::string& text, const std::string& pattern) {
  if (text.size() > kMaxPatternText) return false;
  try {
    return std::regex_search(text, std::regex(pattern, std::regex::ECMAScript));
  } catch (const std::regex_error&) {
    return true;  // JavaScript's expressions know more than std::regex
  }
}

class Checker {
 public:
  // Keywords in the order in which the schema has them, as the vendor's checker.
  void Check(const Json& value, const Json& schema, const Json& path, const std::string& property) {
    if (!schema.is_object()) return;
    for (const auto& [keyword, argument] : schema.items()) {
      const Place place{value, schema, path, property};
      if (keyword == "properties" && value.is_object() && argument.is_object()) {
        CheckProperties(place, argument);
      } else if (keyword == "items" && value.is_array()) {
        CheckItems(place, argument);
      } else if (keyword == "required" && value.is_object() && argument.is_array()) {
        CheckRequired(place, argument);
      } else {
        CheckScalar(place, keyword, argument);
      }
    }
  }
  Json TakeErrors() { return std::move(errors_); }

 private:
  struct Place {
    const Json& value;
    const Json& schema;
    const Json& path;
    const std::string& property;
  };

  void CheckProperties(const Place& place, const Json& properties) {
    for (const auto& [name, schema] : properties.items()) {
      const auto found = place.value.find(name);
      if (found == place.value.end()) continue;
      Json path = place.path;
      path.push_back(name);
      Check(*found, schema, path, absl::StrCat(place.property, ".", name));
    }
  }

  void CheckItems(const Place& place, const Json& schema) {
    for (std::size_t i = 0; i < place.value.size(); ++i) {
      Json path = place.path;
      path.push_back(i);
      Check(place.value[i], schema, path, absl::StrCat(place.property, "[", i, "]"));
    }
  }

  void CheckRequired(const Place& place, const Json& names) {
    for (const Json& name : names) {
      if (!name.is_string() || place.value.contains(name.get<std::string>())) continue;
      Report(place, absl::StrCat("requires property ", Dump(name)), "required", name);
    }
  }

  void CheckScalar(const Place& place, const std::string& keyword, const Json& argument) {
    const Json& value = place.value;
    if (keyword == "type") {
      const Json types = argument.is_array() ? argument : Json::array({argument});
      std::vector<std::string> names;
      for (const Json& type : types) names.push_back(type.is_string() ? type : Json(""));
      for (const std::string& name : names) {
        if (HasType(value, name)) return;
      }
      Report(place, absl::StrCat("is not of a type(s) ", absl::StrJoin(names, ",")), "type", types);
    } else if (keyword == "pattern" && value.is_string() && argument.is_string()) {
      if (MatchesPattern(value, argument)) return;
      Report(place, absl::StrCat("does not match pattern ", Dump(argument)), "pattern", argument);
    } else if (keyword == "enum" && argument.is_array()) {
      for (const Json& allowed : argument) {
        if (allowed == value) return;
      }
      Report(place, absl::StrCat("is not one of enum values: ", Listed(argument)), "enum",
             argument);
    } else if (keyword == "minimum" && value.is_number() && argument.is_number()) {
      if (value >= argument) return;
      Report(place, absl::StrCat("must be greater than or equal to ", Dump(argument)), keyword,
             argument);
    } else if (keyword == "maximum" && value.is_number() && argument.is_number()) {
      if (value <= argument) return;
      Report(place, absl::StrCat("must be less than or equal to ", Dump(argument)), keyword,
             argument);
    }
  }

  static std::string Listed(const Json& values) {
    return absl::StrJoin(values, ",", [](std::string* out, const Json& value) {
      absl::StrAppend(out, value.is_string() ? value.get<std::string>() : Dump(value));
    });
  }

  void Report(const Place& place, const std::string& message, const std::string& keyword,
              const Json& argument) {
    errors_.push_back({{"path", place.path},
                       {"property", place.property},
                       {"message", message},
                       {"schema", place.schema},
                       {"instance", place.value},
                       {"name", keyword},
                       {"argument", argument},
                       {"stack", absl::StrCat(place.property, " ", message)}});
  }

  Json errors_ = Json::array();
};

}  // namespace

Json SchemaErrors(const Json& values, const Json& schema) {
  const Json pages = schema.is_array() ? schema : Json::array({schema});
  for (const Json& page : pages) {
    Checker checker;
    checker.Check(values, page, Json::array(), "instance");
    Json errors = checker.TakeErrors();
    if (!errors.empty()) return errors;
  }
  return Json::array();
}

}  // namespace portico::demo
