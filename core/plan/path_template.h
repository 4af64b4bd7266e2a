// A URL path with placeholders, compiled once: `/v2/tasks/{taskId}/cancel`.
//
// `{x}` and `{{x}}` both are placeholders, alone in their segment or with text
// around them (`{id}.json`); `{x+}` may span segments, and what follows a "?" is a
// query that every call sends (dialect, features 32 and 35). Used both ways: Expand builds the
// upstream path, Match reads a caller's. Immutable; any thread.
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
  // braces do not match, a placeholder is empty, or a character may not stand in
  // a path (RFC 3986, 3.3); also for a literal "." or ".." segment, which would
  // lead to another resource.
  static absl::StatusOr<PathTemplate> Parse(absl::string_view text);

  const std::string& text() const { return text_; }
  // Placeholder names in order of occurrence; a name that occurs twice is listed twice.
  const std::vector<std::string>& placeholders() const { return placeholders_; }
  // Whether the text holds a "?", and whether placeholders()[placeholder] follows it.
  bool has_query() const { return has_query_; }
  bool InQuery(std::size_t placeholder) const;
  // The text without the names: "/v2/tasks/{}". Two templates of one shape match
  // the same paths.
  std::string Shape() const;

  // Why `value` cannot stand for placeholders()[placeholder], in words that follow its
  // name; empty when it can. It must hold no CR, LF or NUL and, in the path, not be
  // empty, "." or ".." (of `{x+}` no segment may): that would reach another resource.
  std::string ValueProblem(std::size_t placeholder, absl::string_view value) const;

  // The path with one value per placeholder, percent-encoded: everything but
  // RFC 3986 "unreserved" is escaped, "/" too but for `{x+}`. Literals stay as written.
  // InvalidArgument naming the placeholder whose value has a ValueProblem. Internal when
  // the number of values is not that of the placeholders.
  absl::StatusOr<std::string> Expand(absl::Span<const std::string> values) const;

  // Whether `path` (still percent-encoded, no query) fits; if so the decoded
  // value of each placeholder. A placeholder never spans "/" and is never empty.
  // Literals are compared byte by byte; `{x+}` takes one segment as well. Where several readings
  // fit a segment with several placeholders, each but the last takes as little as it can. False,
  // with `values` left empty, also for an incomplete escape.
  bool Match(absl::string_view path, std::vector<std::string>* values) const;

 private:
  enum class Reach { kSegment, kSegments, kQuery };
  struct Piece {
    std::string literal;       // verbatim text before the placeholder
    bool placeholder = false;  // false for the text after the last one
    Reach reach = Reach::kSegment;
  };

  static void AppendValue(Reach reach, absl::string_view value, std::string* path);

  std::string text_;
  std::vector<Piece> pieces_;
  std::vector<std::string> placeholders_;
  bool has_query_ = false;
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_PATH_TEMPLATE_H_
