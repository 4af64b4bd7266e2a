// A URL path with placeholders, compiled once: `/v2/tasks/{taskId}/cancel`.
//
// `{x}` and `{{x}}` both are placeholders, alone in their segment or with text
// around them (`{id}.json`). Used both ways: Expand builds the upstream path,
// Match reads a caller's. Immutable; any thread.
#ifndef PORTICO_CORE_PLAN_PATH_TEMPLATE_H_
#define PORTICO_CORE_PLAN_PATH_TEMPLATE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace portico::plan {

class PathTemplate {
 public:
  PathTemplate() = default;

  // At most this many bytes and placeholders: the text may come from anyone.
  static constexpr std::size_t kMaxBytes = 2048;
  static constexpr std::size_t kMaxPlaceholders = 32;

  // Empty, or begins with "/". InvalidArgument with the 1-based column where
  // braces do not match, a placeholder is empty or touches another, or a
  // character may not stand in a path (RFC 3986, 3.3); also for a literal "." or
  // ".." segment, which would lead to another resource.
  static absl::StatusOr<PathTemplate> Parse(absl::string_view text);

  const std::string& text() const { return text_; }
  // Placeholder names in order of occurrence; a name that occurs twice is listed twice.
  const std::vector<std::string>& placeholders() const { return placeholders_; }
  // The text without the names: "/v2/tasks/{}". Two templates of one shape match
  // the same paths.
  std::string Shape() const;

  // The path with one value per placeholder, percent-encoded: everything but
  // RFC 3986 "unreserved" is escaped, "/" too. Literals stay as written.
  // InvalidArgument naming the placeholder when a value is empty, ".", "..", or
  // holds CR, LF or NUL: such a path would reach another resource. Internal when
  // the number of values is not that of the placeholders.
  absl::StatusOr<std::string> Expand(absl::Span<const std::string> values) const;

  // Whether `path` (still percent-encoded, no query) fits; if so the decoded
  // value of each placeholder. A placeholder never spans "/" and is never empty.
  // Literals are compared byte by byte. Where several readings fit a segment with
  // several placeholders, each but the last takes as little as it can. False,
  // with `values` left empty, also for an incomplete escape.
  bool Match(absl::string_view path, std::vector<std::string>* values) const;

 private:
  struct Piece {
    std::string literal;       // verbatim text before the placeholder
    bool placeholder = false;  // false for the text after the last one
  };
  std::string text_;
  std::vector<Piece> pieces_;
  std::vector<std::string> placeholders_;
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_PATH_TEMPLATE_H_
