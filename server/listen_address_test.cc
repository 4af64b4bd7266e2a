#include "server/listen_address.h"

#include <gtest/gtest.h>

namespace portico::server {
namespace {

absl::StatusCode Check(const char* address) { return CheckListenAddress("--grpc", address).code(); }

absl::StatusCode CheckPublic(const char* address, const char* open = "GET /a") {
  return CheckPublicAddress("--rest", address, open).code();
}

TEST(ListenAddressTest, TakesLoopbackUnixSocketsAndOff) {
  for (const char* address : {"127.0.0.1:50051", "127.1.2.3:0", "localhost:1", "[::1]:65535",
                              "unix:/run/p.sock", "off"}) {
    EXPECT_EQ(Check(address), absl::StatusCode::kOk) << address;
    EXPECT_EQ(CheckPublic(address), absl::StatusCode::kOk) << address;
  }
}

TEST(ListenAddressTest, RefusesPublicAddressesWhereAnythingIsOpen) {
  for (const char* address :
       {"0.0.0.0:50051", "[::]:50051", "10.0.0.1:1", "example.org:1", "127.0.0.1.example.org:1"}) {
    EXPECT_EQ(Check(address), absl::StatusCode::kOk) << address;
    EXPECT_EQ(CheckPublic(address), absl::StatusCode::kFailedPrecondition) << address;
    EXPECT_EQ(CheckPublic(address, ""), absl::StatusCode::kOk) << address;
  }
}

TEST(ListenAddressTest, RefusesWhatIsNoAddress) {
  for (const char* address : {"", "50051", "localhost", "localhost:", "localhost:x", "::1:80",
                              "localhost:70000", "localhost:-1", "unix:", ":80"}) {
    EXPECT_EQ(Check(address), absl::StatusCode::kInvalidArgument) << address;
  }
}

TEST(ListenAddressTest, RefusesSocketPathsThatTheSystemCannotTake) {
  EXPECT_EQ(Check(("unix:/" + std::string(106, 'x')).c_str()), absl::StatusCode::kOk);
  EXPECT_EQ(Check(("unix:/" + std::string(107, 'x')).c_str()), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace portico::server
