#include "core/codec/json_tree.h"

#include <cctype>
#include <cstdint>
#include <map>

namespace portico::codec {
namespace {

class Parser {
 public:
  explicit Parser(absl::string_view text) : text_(text) {}

  bool Parse(JsonTree* tree) {
    if (!Value(tree)) return false;
    Space();
    return at_ == text_.size();
  }

 private:
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool Take(char c) {
    Space();
    if (Peek() != c || at_ == text_.size()) return false;
    ++at_;
    return true;
  }
  void Space() {
    while (Peek() == ' ' || Peek() == '\t' || Peek() == '\n' || Peek() == '\r') ++at_;
  }

  bool Value(JsonTree* tree) {
    Space();
    tree->type = Peek();
    switch (tree->type) {
      case '{':
        return Object(tree);
      case '[':
        return Array(tree);
      case '"':
        return String(&tree->text);
      case 't':
        return Word("true");
      case 'f':
        return Word("false");
      case 'n':
        return Word("null");
      default:
        tree->type = '0';
        return Number(&tree->text);
    }
  }

  bool Object(JsonTree* tree) {
    ++at_;
    if (Take('}')) return true;
    do {
      Space();
      if (Peek() != '"' || !String(&tree->names.emplace_back()) || !Take(':') ||
          !Value(&tree->elements.emplace_back())) {
        return false;
      }
    } while (Take(','));
    return Take('}');
  }

  bool Array(JsonTree* tree) {
    ++at_;
    if (Take(']')) return true;
    do {
      if (!Value(&tree->elements.emplace_back())) return false;
    } while (Take(','));
    return Take(']');
  }

  bool Word(absl::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  bool Digits(std::string* lexeme) {
    const std::size_t start = at_;
    while (std::isdigit(static_cast<unsigned char>(Peek()))) lexeme->push_back(text_[at_++]);
    return at_ != start;
  }

  bool Number(std::string* lexeme) {
    if (Peek() == '-') lexeme->push_back(text_[at_++]);
    if (Peek() == '0') {
      lexeme->push_back(text_[at_++]);
    } else if (!Digits(lexeme)) {
      return false;
    }
    if (Peek() == '.') {
      lexeme->push_back(text_[at_++]);
      if (!Digits(lexeme)) return false;
    }
    if (Peek() == 'e' || Peek() == 'E') {
      lexeme->push_back(text_[at_++]);
      if (Peek() == '+' || Peek() == '-') lexeme->push_back(text_[at_++]);
      return Digits(lexeme);
    }
    return true;
  }

  bool String(std::string* out) {
    ++at_;
    while (Peek() != '"') {
      if (at_ == text_.size() || static_cast<unsigned char>(Peek()) < 0x20) return false;
      if (Peek() != '\\') {
        out->push_back(text_[at_++]);
        continue;
      }
      ++at_;
      const char c = Peek();
      ++at_;
      static constexpr absl::string_view kFrom = "\"\\/bfnrt", kTo = "\"\\/\b\f\n\r\t";
      if (c == 'u') {
        if (!Unicode(out)) return false;
      } else if (const auto i = kFrom.find(c); c != '\0' && i != absl::string_view::npos) {
        out->push_back(kTo[i]);
      } else {
        return false;
      }
    }
    ++at_;
    return true;
  }

  bool Hex4(std::uint32_t* unit) {
    *unit = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      if (!std::isxdigit(static_cast<unsigned char>(Peek()))) return false;
      *unit = *unit * 16 + std::stoi(std::string(1, Peek()), nullptr, 16);
    }
    return true;
  }

  bool Unicode(std::string* out) {
    std::uint32_t c;
    if (!Hex4(&c)) return false;
    if (c >= 0xD800 && c < 0xDC00 && text_.substr(at_, 2) == "\\u") {
      const std::size_t before = at_;
      at_ += 2;
      std::uint32_t low;
      if (!Hex4(&low)) return false;
      if (low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + (c - 0xD800) * 0x400 + (low - 0xDC00);
      } else {
        at_ = before;
      }
    }
    const int more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static constexpr int kLead[] = {0x00, 0xC0, 0xE0, 0xF0};
    out->push_back(static_cast<char>(kLead[more] | c >> 6 * more));
    for (int i = more - 1; i >= 0; --i) {
      out->push_back(static_cast<char>(0x80 | (c >> 6 * i & 0x3F)));
    }
    return true;
  }

  const absl::string_view text_;
  std::size_t at_ = 0;
};

bool SameMembers(const JsonTree& expected, const JsonTree& actual, MemberOrder order) {
  std::map<std::string, std::vector<std::size_t>> places;  // by name, in `expected`
  for (std::size_t i = 0; i < expected.names.size(); ++i) {
    places[expected.names[i]].push_back(i);
  }
  std::map<std::string, std::size_t> used;
  std::size_t runs = 1, last = 0;
  for (std::size_t i = 0; i < actual.names.size(); ++i) {
    const std::string& name = actual.names[i];
    const std::vector<std::size_t>& candidates = places[name];
    const std::size_t n = used[name]++;
    if (n >= candidates.size()) return false;
    const std::size_t place = candidates[n];
    if (!SameJson(expected.elements[place], actual.elements[i], order)) return false;
    if (place < last) ++runs;
    last = place;
  }
  return order == MemberOrder::kAny || runs <= 2;
}

}  // namespace

std::optional<JsonTree> ParseJsonTree(absl::string_view text) {
  JsonTree tree;
  if (!Parser(text).Parse(&tree)) return std::nullopt;
  return tree;
}

bool SameJson(const JsonTree& expected, const JsonTree& actual, MemberOrder order) {
  if (expected.type != actual.type || expected.text != actual.text ||
      expected.elements.size() != actual.elements.size()) {
    return false;
  }
  if (expected.type == '{') return SameMembers(expected, actual, order);
  for (std::size_t i = 0; i < expected.elements.size(); ++i) {
    if (!SameJson(expected.elements[i], actual.elements[i], order)) return false;
  }
  return true;
}

}  // namespace portico::codec
