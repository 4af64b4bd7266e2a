#include "core/codec/plain_text.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "core/codec/short_copy.h"

namespace portico::codec {
namespace {

// In memory of exactly its size, so that a sanitizer sees a read past the end.
template <Stop stop>
void ExpectStop(const std::string& text, std::size_t at) {
  const std::unique_ptr<char[]> exact(new char[text.size()]);
  std::copy(text.begin(), text.end(), exact.get());
  const char* const end = exact.get() + text.size();
  EXPECT_EQ(SkipPlain<stop>(exact.get(), end) - exact.get(), static_cast<std::ptrdiff_t>(at))
      << testing::PrintToString(text);
  EXPECT_EQ(IsPlain<stop>(exact.get(), text.size()), at == text.size())
      << testing::PrintToString(text);
}

TEST(PlainText, EveryByteIsFoundAtEveryPlace) {
  for (std::size_t size = 0; size < 70; ++size) {
    const std::string plain(size, 'p');
    ExpectStop<Stop::kBackslash>(plain, size);
    ExpectStop<Stop::kEscapes>(plain, size);
    ExpectStop<Stop::kEscapesAndNonAscii>(plain, size);
    for (std::size_t at = 0; at < size; ++at) {
      for (const int byte :
           {0x00, 0x01, 0x1F, 0x20, 0x21, 0x22, 0x23, 0x5B, 0x5C, 0x5D, 0x7F, 0x80, 0xFF}) {
        std::string text = plain;
        text[at] = static_cast<char>(byte);
        const bool escape = byte < 0x20 || byte == '"' || byte == '\\';
        ExpectStop<Stop::kBackslash>(text, byte == '\\' ? at : size);
        ExpectStop<Stop::kEscapes>(text, escape ? at : size);
        ExpectStop<Stop::kEscapesAndNonAscii>(text, escape || byte >= 0x80 ? at : size);
      }
    }
  }
}

TEST(PlainText, TheFirstOfSeveralIsFound) {
  ExpectStop<Stop::kEscapes>("pppp\"pp\\ppp\n", 4);
  ExpectStop<Stop::kEscapesAndNonAscii>("pppppppppppppppppp\x80\"", 18);
}

TEST(ShortCopy, CopiesEveryLengthAndNothingElse) {
  for (std::size_t size = 0; size < 100; ++size) {
    std::string from;
    for (std::size_t i = 0; i < size; ++i) from.push_back(static_cast<char>('0' + i));
    const std::unique_ptr<char[]> exact(new char[size]);
    std::copy(from.begin(), from.end(), exact.get());
    std::string to(size + 2, '#');
    CopyShort(to.data() + 1, exact.get(), size);
    EXPECT_EQ(to, "#" + from + "#");
  }
}

}  // namespace
}  // namespace portico::codec
