#include "core/codec/wire_writer.h"

#include <gtest/gtest.h>

#include <string>

namespace portico::codec {
namespace {

std::string Varint(std::uint64_t value) {
  std::string out;
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>(value | 0x80));
  out.push_back(static_cast<char>(value));
  return out;
}

TEST(WireWriter, LengthsOfEverySizeNest) {
  for (const std::size_t size : {0u, 1u, 126u, 127u, 128u, 129u, 16380u, 16384u, 2097152u}) {
    // Three levels with something before, between and behind.
    std::string out = "before";
    std::vector<WireWriter::Length> lengths;
    WireWriter writer(&out, &lengths);
    const std::string text(size, 'x');
    const std::size_t outer = writer.Open();
    writer.Bytes("ab");
    for (int i = 0; i < 2; ++i) {
      const std::size_t middle = writer.Open();
      const std::size_t inner = writer.Open();
      writer.Bytes(text);
      writer.Close(inner);
      writer.Byte('-');
      writer.Close(middle);
    }
    writer.Varint(300);
    writer.Close(outer);
    const std::size_t announced = writer.size();
    writer.Finish();

    const std::string inner = Varint(size) + text;
    const std::string middle = Varint(inner.size()) + inner + "-";
    std::string content = Varint(2) + "ab";
    for (int i = 0; i < 2; ++i) content += Varint(middle.size()) + middle;
    content += Varint(300);
    EXPECT_EQ(out, "before" + Varint(content.size()) + content) << size;
    EXPECT_EQ(announced, out.size() - 6);
  }
}

TEST(WireWriter, ReturningUndoesLongLengthsToo) {
  std::string out;
  std::vector<WireWriter::Length> lengths;
  WireWriter writer(&out, &lengths);
  const std::size_t outer = writer.Open();
  writer.Byte('a');
  const WireWriter::Mark mark = writer.mark();
  const std::size_t inner = writer.Open();
  writer.Bytes(std::string(1000, 'x'));
  writer.Close(inner);
  writer.Open();  // left open
  writer.Return(mark);
  writer.Byte('b');
  writer.Close(outer);
  writer.Finish();
  EXPECT_EQ(out, std::string("\x02") + "ab");
}

TEST(WireWriter, AbandoningLeavesTheTextAsItWas) {
  std::string out = "before";
  std::vector<WireWriter::Length> lengths;
  WireWriter writer(&out, &lengths);
  writer.Bytes(std::string(1000, 'x'));
  writer.Abandon();
  EXPECT_EQ(out, "before");
}

}  // namespace
}  // namespace portico::codec
