#include "server/grpc/byte_buffer.h"

#include <utility>

#include "third_party/tsan_order.h"

namespace portico::server {
namespace {

// Below this a copy is cheaper than a second allocation and a virtual destroy.
constexpr std::size_t kCopyLimit = 4096;

absl::string_view BytesOf(const grpc::Slice& slice) {
  return {reinterpret_cast<const char*>(slice.begin()), slice.size()};
}

}  // namespace

grpc::ByteBuffer ToByteBuffer(std::string bytes) {
  if (bytes.size() <= kCopyLimit) {
    const grpc::Slice slice(bytes.data(), bytes.size());
    return grpc::ByteBuffer(&slice, 1);
  }
  auto* owned = new std::string(std::move(bytes));
  tsan::GiveTo(owned);
  const grpc::Slice slice(
      owned->data(), owned->size(),
      [](void* string) {
        tsan::TakeFrom(string);
        delete static_cast<std::string*>(string);
      },
      owned);
  return grpc::ByteBuffer(&slice, 1);
}

bool WithBytes(const grpc::ByteBuffer& buffer, absl::FunctionRef<void(absl::string_view)> use) {
  grpc::Slice slice;
  if (!buffer.TrySingleSlice(&slice).ok() && !buffer.DumpToSingleSlice(&slice).ok()) return false;
  use(BytesOf(slice));
  return true;
}

}  // namespace portico::server
