#include "gateway/mcp/json_text.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "core/codec/json_syntax.h"
#include "core/codec/json_writer.h"

namespace portico::mcp {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// Behind the string that begins at `begin`.
std::size_t EndOfString(absl::string_view json, std::size_t begin) {
  std::size_t p = begin + 1;
  while (json[p] != '"') p += json[p] == '\\' ? 2 : 1;
  return p + 1;
}

std::size_t EndOfScalar(absl::string_view json, std::size_t begin) {
  const std::size_t end = json.find_first_of(",]}", begin);
  return end == absl::string_view::npos ? json.size() : end;
}

// Where to stop in the inside of a string, at `limit` at the latest: not within an
// escape and not within a character.
std::size_t CutInString(absl::string_view json, std::size_t begin, std::size_t limit) {
  std::size_t cut = begin + 1;
  for (std::size_t p = cut; p <= limit && json[p] != '"';) {
    cut = p;
    const bool escape = json[p] == '\\';
    p += !escape ? 1 : json[p + 1] == 'u' ? 6 : 2;
    while (!escape && p < json.size() && (static_cast<unsigned char>(json[p]) & 0xC0) == 0x80) ++p;
  }
  return cut;
}

// Walks along a compact object as far as the limit allows.
class Cutter {
 public:
  Cutter(absl::string_view json, std::size_t limit) : json_(json), limit_(limit) {}

  std::string Cut() {
    while (p_ < json_.size() && p_ <= limit_) Step();
    return Best();
  }

 private:
  struct Container {
    char closing;
    std::size_t end;  // behind the last whole child that can be kept
  };
  static constexpr char kMore[] = "…\"";

  void Step() {
    switch (json_[p_]) {
      case '{':
        open_.push_back({'}', ++p_});
        break;
      case '[':
        open_.push_back({']', ++p_});
        break;
      case '}':
      case ']':
        open_.pop_back();
        Complete(p_ + 1);
        break;
      case ',':
        ++p_;
        break;
      case '"':
        String();
        break;
      default:
        Complete(EndOfScalar(json_, p_));
    }
  }

  void String() {
    const std::size_t end = EndOfString(json_, p_);
    if (end < json_.size() && json_[end] == ':') {
      p_ = end + 1;
    } else if (end + open_.size() > limit_) {
      cut_string_ = p_;
      p_ = limit_ + 1;  // nothing behind it fits
    } else {
      Complete(end);
    }
  }

  void Complete(std::size_t end) {
    p_ = end;
    if (!open_.empty() && end + open_.size() <= limit_) open_.back().end = end;
  }

  // Closes what is open at `depth`.
  std::string Closed(std::string text, std::size_t depth) const {
    while (depth > 0) text.push_back(open_[--depth].closing);
    return text;
  }

  std::string Best() const {
    for (std::size_t depth = 1; depth <= open_.size(); ++depth) {
      const std::size_t end = open_[depth - 1].end;
      if (end >= limit_ / 2 && end + depth <= limit_)
        return Closed(std::string(json_.substr(0, end)), depth);
    }
    const std::size_t closing = open_.size() + sizeof kMore - 1;
    if (cut_string_ != 0 && cut_string_ + closing + 1 < limit_) {
      const std::size_t cut = CutInString(json_, cut_string_, limit_ - closing);
      return Closed(std::string(json_.substr(0, cut)) + kMore, open_.size());
    }
    // Brackets alone may be more than the limit: then fewer of them.
    std::size_t depth = open_.size();
    while (depth > 1 && open_[depth - 1].end + depth > limit_) --depth;
    return Closed(std::string(json_.substr(0, open_[depth - 1].end)), depth);
  }

  const absl::string_view json_;
  const std::size_t limit_;
  std::size_t p_ = 0;
  std::size_t cut_string_ = 0;
  std::vector<Container> open_;
};

}  // namespace

std::string QuotedJson(absl::string_view text) {
  std::string quoted;
  codec::JsonWriter writer(&quoted);
  if (writer.String(text)) {
    writer.Finish();
    return quoted;
  }
  using nlohmann::json;
  return json(std::string(text)).dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string QuotedJson(absl::string_view text, std::size_t limit) {
  std::string quoted = QuotedJson(text.substr(0, limit));
  if (quoted.size() > limit) {
    quoted.resize(CutInString(quoted, 0, limit - 1));
    quoted.push_back('"');
  }
  return quoted;
}

std::optional<std::string> CompactJson(absl::string_view text) {
  if (codec::FindJsonSyntaxError(text).has_value()) return std::nullopt;
  std::string compact;
  compact.reserve(text.size());
  for (std::size_t p = 0; p < text.size();) {
    if (IsSpace(text[p])) {
      ++p;
      continue;
    }
    std::size_t end = p + 1;
    if (text[p] == '"') end = EndOfString(text, p);
    compact.append(text.data() + p, end - p);
    p = end;
  }
  return compact;
}

bool HasMember(absl::string_view object, absl::string_view name) {
  int depth = 0;
  for (std::size_t p = 0; p < object.size();) {
    const char c = object[p];
    if (c == '"') {
      const std::size_t end = EndOfString(object, p);
      const bool key = end < object.size() && object[end] == ':';
      if (key && depth == 1 && object.substr(p + 1, end - p - 2) == name) return true;
      p = end;
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    ++p;
  }
  return false;
}

std::string CutJson(absl::string_view object, std::size_t limit) {
  if (object.size() <= limit) return std::string(object);
  return Cutter(object, limit).Cut();
}

}  // namespace portico::mcp
