#include "core/plan/path_template.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/plan/percent_encoding.h"

namespace portico::plan {
namespace {

bool IsPathCharacter(char c) {
  return IsUnreserved(c) || absl::string_view("!$&'()*+,;=:@/%").find(c) != absl::string_view::npos;
}

absl::Status Wrong(std::size_t at, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("column ", at + 1, ": ", what));
}

bool IsQueryCharacter(char c) { return IsPathCharacter(c) || c == '?' || c == '[' || c == ']'; }

absl::Status CheckLiteral(absl::string_view text, std::size_t at, bool query) {
  const char c = text[at];
  if (c == '}') return Wrong(at, "\"}\" closes no placeholder");
  if (c == '%' && !IsEscape(text, at)) return Wrong(at, "\"%\" must be followed by two hex digits");
  if (c == '#') return Wrong(at, "\"#\" ends a path");
  if (query ? IsQueryCharacter(c) : IsPathCharacter(c)) return absl::OkStatus();
  return Wrong(at, "this character may not stand in a path; percent-encode it");
}

// "." and "..", escaped or not, are resolved on the way and lead elsewhere.
absl::Status CheckDotSegments(absl::string_view text) {
  std::size_t begin = 0;
  while (begin <= text.size()) {
    std::size_t end = text.find('/', begin);
    if (end == absl::string_view::npos) end = text.size();
    std::string segment;
    AppendDecoded(text.substr(begin, end - begin), &segment);
    if (segment == "." || segment == "..") {
      return Wrong(begin, absl::StrCat("a segment \"", segment, "\" leads to another path"));
    }
    begin = end + 1;
  }
  return absl::OkStatus();
}

// Where `tail` begins in `segment`, not at its start and not within an escape.
std::size_t FindTail(absl::string_view segment, absl::string_view tail) {
  for (std::size_t at = segment.find(tail, 1); at != absl::string_view::npos;
       at = segment.find(tail, at + 1)) {
    if (segment[at - 1] != '%' && (at < 2 || segment[at - 2] != '%')) return at;
  }
  return absl::string_view::npos;
}

// Takes the "+" off a name that may span segments.
bool TakeSpan(std::string* name) {
  if (name->back() != '+') return false;
  name->pop_back();
  return true;
}

// Whether some part between slashes is empty, "." or "..".
bool LeadsElsewhere(absl::string_view value) {
  while (true) {
    const std::size_t slash = value.find('/');
    const absl::string_view segment = value.substr(0, slash);
    if (segment.empty() || segment == "." || segment == "..") return true;
    if (slash == absl::string_view::npos) return false;
    value.remove_prefix(slash + 1);
  }
}

// The name of the placeholder that opens at `*at`; moves `*at` past it.
absl::StatusOr<std::string> TakePlaceholder(absl::string_view text, std::size_t* at) {
  const std::size_t open = *at;
  const std::size_t braces = text.substr(open, 2) == "{{" ? 2 : 1;
  const absl::string_view closing = braces == 2 ? "}}" : "}";
  const std::size_t close = text.find(closing, open + braces);
  if (close == absl::string_view::npos) return Wrong(open, "\"{\" is never closed");
  const absl::string_view name =
      absl::StripAsciiWhitespace(text.substr(open + braces, close - open - braces));
  if (name.empty() || name == "+") return Wrong(open, "a placeholder needs a name");
  if (name.find_first_of("{}/") != absl::string_view::npos) {
    return Wrong(open, "a placeholder may not hold \"{\", \"}\" or \"/\"");
  }
  *at = close + braces;
  return std::string(name);
}

}  // namespace

absl::StatusOr<PathTemplate> PathTemplate::Parse(absl::string_view text) {
  if (!text.empty() && text[0] != '/') return Wrong(0, "a path begins with \"/\"");
  if (text.size() > kMaxBytes) {
    return Wrong(kMaxBytes, absl::StrCat("a path has at most ", kMaxBytes, " bytes"));
  }
  PathTemplate path;
  path.text_ = std::string(text);
  Piece piece;
  bool query = false;
  std::size_t path_end = text.size();
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '{') {
      if (text[at] == '?' && !std::exchange(query, true)) path_end = at;
      if (const absl::Status status = CheckLiteral(text, at, query); !status.ok()) return status;
      piece.literal.push_back(text[at++]);
      continue;
    }
    if (path.placeholders_.size() == kMaxPlaceholders) {
      return Wrong(at, absl::StrCat("a path has at most ", kMaxPlaceholders, " placeholders"));
    }
    absl::StatusOr<std::string> name = TakePlaceholder(text, &at);
    if (!name.ok()) return name.status();
    piece.reach = TakeSpan(&*name) ? Reach::kSegments : Reach::kSegment;
    if (query) piece.reach = Reach::kQuery;
    path.placeholders_.push_back(*std::move(name));
    piece.placeholder = true;
    path.pieces_.push_back(std::exchange(piece, Piece{}));
  }
  path.pieces_.push_back(std::move(piece));
  path.has_query_ = query;
  const absl::Status status = CheckDotSegments(text.substr(0, path_end));
  if (!status.ok()) return status;
  return path;
}

std::string PathTemplate::Shape() const {
  std::string shape;
  for (const Piece& piece : pieces_) {
    absl::StrAppend(&shape, piece.literal, piece.placeholder ? "{}" : "");
  }
  return shape;
}

bool PathTemplate::InQuery(std::size_t placeholder) const {
  return pieces_[placeholder].reach == Reach::kQuery;
}

std::string PathTemplate::ValueProblem(std::size_t placeholder, absl::string_view value) const {
  if (std::any_of(value.begin(), value.end(),
                  [](char c) { return c == '\r' || c == '\n' || c == '\0'; })) {
    return "must not hold CR, LF or NUL";
  }
  const Reach reach = pieces_[placeholder].reach;
  if (reach == Reach::kQuery) return "";
  if (value.empty()) return "must not be empty: the path would name another resource";
  if (value == "." || value == ".." || (reach == Reach::kSegments && LeadsElsewhere(value))) {
    return reach == Reach::kSegments
               ? "must hold no segment that is empty, \".\" or \"..\": the path would name another "
                 "resource"
               : "must not be \".\" or \"..\": the path would name another resource";
  }
  return "";
}

void PathTemplate::AppendValue(Reach reach, absl::string_view value, std::string* path) {
  if (reach != Reach::kSegments) return AppendEncoded(value, path);
  for (std::size_t slash = value.find('/'); slash != absl::string_view::npos;
       slash = value.find('/')) {
    AppendEncoded(value.substr(0, slash), path);
    path->push_back('/');
    value.remove_prefix(slash + 1);
  }
  AppendEncoded(value, path);
}

absl::StatusOr<std::string> PathTemplate::Expand(absl::Span<const std::string> values) const {
  if (values.size() != placeholders_.size()) {
    return absl::InternalError(absl::StrCat("the path ", text_, " takes ", placeholders_.size(),
                                            " values, not ", values.size()));
  }
  std::string path;
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    path += pieces_[i].literal;
    if (!pieces_[i].placeholder) break;
    if (const std::string problem = ValueProblem(i, values[i]); !problem.empty()) {
      return absl::InvalidArgumentError(absl::StrCat(placeholders_[i], ": ", problem));
    }
    AppendValue(pieces_[i].reach, values[i], &path);
  }
  return path;
}

bool PathTemplate::Match(absl::string_view path, std::vector<std::string>* values) const {
  values->clear();
  std::vector<std::string> found;
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const std::string& literal = pieces_[i].literal;
    if (path.substr(0, literal.size()) != literal) return false;
    path.remove_prefix(literal.size());
    if (!pieces_[i].placeholder) break;
    // The value ends where the next literal begins; the last literal of a segment
    // must end it, so the last value takes all that is left before it.
    const absl::string_view segment = path.substr(0, path.find('/'));
    const std::string& next = pieces_[i + 1].literal;
    const std::size_t slash = next.find('/');
    const bool last = slash != std::string::npos || !pieces_[i + 1].placeholder;
    const absl::string_view tail = absl::string_view(next).substr(0, slash);
    std::size_t length = absl::string_view::npos;
    if (!last) {
      length = FindTail(segment, tail);
    } else if (segment.size() > tail.size() &&
               segment.substr(segment.size() - tail.size()) == tail) {
      length = segment.size() - tail.size();
    }
    if (length == absl::string_view::npos || length == 0) return false;
    std::string value;
    if (!AppendDecoded(path.substr(0, length), &value)) return false;
    found.push_back(std::move(value));
    path.remove_prefix(length);
  }
  if (!path.empty()) return false;
  *values = std::move(found);
  return true;
}

}  // namespace portico::plan
