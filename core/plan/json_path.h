// Where in a JSON value something stands: `$.a.b`, `$['a b'][0]`, `$.items[*].id`,
// `$..id`. The part of JSONPath (RFC 9535) that capability files use, with their ways
// of writing it: `$.` is the whole value, and a name after a dot may hold anything but
// "." and "[". Filters, slices and unions are not read.
//
// Immutable; any thread.
#ifndef PORTICO_CORE_PLAN_JSON_PATH_H_
#define PORTICO_CORE_PLAN_JSON_PATH_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/codec/json_allowance.h"
#include "core/codec/json_value.h"

namespace portico::plan {

class JsonPath {
 public:
  // The whole value.
  JsonPath() = default;

  static constexpr std::size_t kMaxBytes = 1024;

  // InvalidArgument says what cannot be read and what can. `..` stands once at most,
  // so that no value is found twice.
  static absl::StatusOr<JsonPath> Parse(absl::string_view text);
  static JsonPath OfMember(std::string name);

  // What stands there. A path with `*` or `..` finds an array of all that it meets,
  // which may be empty; another finds one value, or nothing. Of members that share a
  // name the first is meant. Nothing is found when copies outgrow `allowance`; null: they
  // may grow as they like.
  std::optional<codec::JsonValue> Find(const codec::JsonValue& root,
                                       codec::JsonAllowance* allowance = nullptr) const;

  bool whole() const { return parts_.empty(); }
  // The name that the path begins with, and the path below it; nullopt when it begins
  // otherwise.
  std::optional<std::string> Head() const;
  JsonPath Tail() const;

 private:
  friend class JsonPathParser;
  struct Part {
    enum class Kind { kMember, kElement, kEach, kDescendants } kind;
    std::string name;        // kMember
    std::int64_t index = 0;  // kElement; negative: from the end
  };
  using Found = std::vector<const codec::JsonValue*>;

  static void Follow(const Part& part, const codec::JsonValue& value, Found* found);

  std::vector<Part> parts_;
  bool many_ = false;
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_JSON_PATH_H_
