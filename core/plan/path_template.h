// A URL path with placeholders, compiled once: `/v2/tasks/{taskId}/cancel`.
//
// `{x}` and `{{x}}` are placeholders (dialect rule 4). Used both ways: Expand
// builds the upstream path, Match reads a caller's. Immutable; any thread.
#ifndef PORTICO_CORE_PLAN_PATH_TEMPLATE_H_
#define PORTICO_CORE_PLAN_PATH_TEMPLATE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace portico::plan {

class PathTemplate {
 public:
  PathTemplate() = default;

  // InvalidArgument with the column where braces do not match, a placeholder is
  // empty or a character may not stand in a path.
  static absl::StatusOr<PathTemplate> Parse(absl::string_view text);

  const std::string& text() const { return text_; }
  // Placeholder names in order of occurrence; a name that occurs twice is listed twice.
  const std::vector<std::string>& placeholders() const { return placeholders_; }

  // The path with one value per placeholder, percent-encoded: everything but
  // RFC 3986 "unreserved" is escaped, "/" too. Literals stay as written.
  // InvalidArgument naming the placeholder when a value is empty, ".", "..", or
  // holds CR, LF or NUL: such a path would reach another resource.
  absl::StatusOr<std::string> Expand(absl::Span<const std::string> values) const;

  // Whether `path` (still percent-encoded, no query) fits; if so the decoded
  // value of each placeholder. A placeholder never spans "/" and is never empty.
  bool Match(absl::string_view path, std::vector<std::string>* values) const;

 private:
  struct Piece {
    std::string literal;  // verbatim text before the placeholder
    bool placeholder = false;
  };
  std::string text_;
  std::vector<Piece> pieces_;
  std::vector<std::string> placeholders_;
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_PATH_TEMPLATE_H_
