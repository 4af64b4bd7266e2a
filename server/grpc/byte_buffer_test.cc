#include "server/grpc/byte_buffer.h"

#include <gtest/gtest.h>

#include <vector>

namespace portico::server {
namespace {

std::string Read(const grpc::ByteBuffer& buffer) {
  std::string bytes;
  EXPECT_TRUE(WithBytes(buffer, [&](absl::string_view view) { bytes = std::string(view); }));
  return bytes;
}

TEST(ByteBufferTest, ShortAndLongStringsComeBackWhole) {
  for (std::size_t size : {0u, 1u, 4096u, 4097u, 1u << 20}) {
    const std::string bytes(size, 'x');
    EXPECT_EQ(Read(ToByteBuffer(bytes)), bytes) << size;
  }
}

TEST(ByteBufferTest, ReadsABufferOfSeveralSlices) {
  const std::vector<grpc::Slice> slices = {grpc::Slice("ab"), grpc::Slice("cd")};
  EXPECT_EQ(Read(grpc::ByteBuffer(slices.data(), slices.size())), "abcd");
}

}  // namespace
}  // namespace portico::server
