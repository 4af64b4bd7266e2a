#include "gateway/openapi/yaml.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace portico::openapi {
namespace {

// Words that YAML 1.1 or 1.2 takes for something else than text.
bool IsReserved(const std::string& text) {
  const std::string lower = absl::AsciiStrToLower(text);
  for (const char* word : {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}) {
    if (lower == word) return true;
  }
  return false;
}

bool IsPlain(const std::string& text) {
  if (text.empty() || !absl::ascii_isalpha(text.front()) || text.back() == ' ') return false;
  return !IsReserved(text) && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(c) || absl::StrContains(" -_./", absl::string_view(&c, 1));
  });
}

// A character that JSON leaves as it is and YAML does not print.
struct Unprintable {
  std::size_t size = 0;  // in bytes; 0: there is none
  unsigned point = 0;
};

// DEL, the C1 controls, the separators that YAML 1.1 takes for line breaks as it does one
// of those, the byte order mark and what is no character.
Unprintable UnprintableAt(absl::string_view rest) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return i < rest.size() ? static_cast<unsigned char>(rest[i]) : 0;
  };
  if (byte(0) == 0x7f) return {1, 0x7f};
  if (byte(0) == 0xc2 && byte(1) < 0xa0) return {2, byte(1)};
  const unsigned last = byte(2) & 0x3f;
  if (byte(0) == 0xe2 && byte(1) == 0x80 && (last | 1) == 0x29) return {3, 0x2000 + last};
  if (byte(0) == 0xef && byte(1) == 0xbb && last == 0x3f) return {3, 0xfeff};
  if (byte(0) == 0xef && byte(1) == 0xbf && last >= 0x3e) return {3, 0xffc0 + last};
  return {};
}

// Whether `|-` gives the text back: several lines, none of which begins with white
// space, and nothing that YAML would have to escape.
bool IsBlock(const std::string& text) {
  if (!absl::StrContains(text, '\n') || text.back() == '\n' || text.front() == '\n') return false;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (!line.empty() && (line.front() == ' ' || line.back() == ' ')) return false;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool control = static_cast<unsigned char>(text[i]) < 0x20 && text[i] != '\n';
    if (control || UnprintableAt(absl::string_view(text).substr(i)).size > 0) return false;
  }
  return true;
}

// JSON's escapes are YAML's, too.
std::string Quoted(const std::string& text) {
  const std::string json = Json(text).dump();
  std::string quoted;
  for (std::size_t i = 0; i < json.size();) {
    const Unprintable found = UnprintableAt(absl::string_view(json).substr(i));
    if (found.size == 0) {
      quoted.push_back(json[i++]);
    } else {
      absl::StrAppend(&quoted, "\\u", absl::Hex(found.point, absl::kZeroPad4));
      i += found.size;
    }
  }
  return quoted;
}

std::string Scalar(const Json& value) {
  if (!value.is_string()) return value.dump();
  const std::string text = value.get<std::string>();
  return IsPlain(text) ? text : Quoted(text);
}

class YamlPrinter {
 public:
  std::string Print(const Json& value) {
    if (value.is_structured() && !value.empty()) {
      Children(value, 0);
    } else {
      absl::StrAppend(&text_, Scalar(value), "\n");
    }
    return std::move(text_);
  }

 private:
  void Children(const Json& value, std::size_t indent) {
    bool first = inline_;
    inline_ = false;
    const auto start_line = [&] {
      if (!first) text_.append(indent, ' ');
      first = false;
    };
    if (value.is_array()) {
      for (const Json& item : value) {
        start_line();
        text_.push_back('-');
        Value(item, indent, true);
      }
      return;
    }
    for (const auto& member : value.items()) {
      start_line();
      absl::StrAppend(&text_, IsPlain(member.key()) ? member.key() : Quoted(member.key()), ":");
      Value(member.value(), indent, false);
    }
  }

  // After "-" or "key:".
  void Value(const Json& value, std::size_t indent, bool item) {
    if (value.is_structured() && !value.empty()) {
      // The first line of an item stands beside its dash.
      inline_ = item;
      text_.push_back(item ? ' ' : '\n');
      Children(value, indent + 2);
    } else if (value.is_string() && IsBlock(value.get<std::string>())) {
      text_ += " |-\n";
      for (const absl::string_view line : absl::StrSplit(value.get<std::string>(), '\n')) {
        if (!line.empty()) absl::StrAppend(&text_, std::string(indent + 2, ' '), line);
        text_.push_back('\n');
      }
    } else {
      absl::StrAppend(&text_, " ", Scalar(value), "\n");
    }
  }

  std::string text_;
  bool inline_ = false;  // the next line has been begun
};

}  // namespace

std::string ToYaml(const Json& value) { return YamlPrinter().Print(value); }

}  // namespace portico::openapi
