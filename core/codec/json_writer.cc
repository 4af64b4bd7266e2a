#include "core/codec/json_writer.h"

#include <algorithm>

namespace portico::codec {

void JsonWriter::Grow(std::size_t n) {
  out_.resize(std::max(position_ + n, out_.size() + out_.size() / 2));
  data_ = out_.data();
  size_ = out_.size();
}

// `plain`: how many bytes at the start need no escaping and are ASCII.
bool JsonWriter::EscapedString(absl::string_view text, std::size_t plain) {
  if (!IsUtf8(text.substr(plain))) return false;
  const char* p = text.data();
  const char* const end = p + text.size();
  Char('"');
  const char* from = p + plain;
  while (true) {
    const char* const stop = SkipPlain<Stop::kEscapes>(from, end);
    Reserve(stop - p + 8);
    Append(p, stop - p);
    if (stop == end) break;
    Escape(*stop);
    p = from = stop + 1;
  }
  Char('"');
  return true;
}

// There is room for the longest escape.
void JsonWriter::Escape(unsigned char c) {
  static constexpr char kHex[] = "0123456789abcdef";
  char short_form = 0;
  switch (c) {
    case '"':
    case '\\':
      short_form = static_cast<char>(c);
      break;
    case '\b':
      short_form = 'b';
      break;
    case '\f':
      short_form = 'f';
      break;
    case '\n':
      short_form = 'n';
      break;
    case '\r':
      short_form = 'r';
      break;
    case '\t':
      short_form = 't';
      break;
  }
  if (short_form != 0) {
    data_[position_++] = '\\';
    data_[position_++] = short_form;
    return;
  }
  const char escape[] = {'\\', 'u', '0', '0', kHex[c >> 4], kHex[c & 15]};
  Append(escape, sizeof escape);
}

}  // namespace portico::codec
