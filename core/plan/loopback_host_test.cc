#include "core/plan/loopback_host.h"

#include <gtest/gtest.h>

namespace portico::plan {
namespace {

TEST(LoopbackHostTest, KnowsThisMachineByNameAndByAddress) {
  for (const char* host : {"localhost", "LocalHost", "127.0.0.1", "127.3.2.1", "[::1]"}) {
    EXPECT_TRUE(IsLoopbackHost(host)) << host;
  }
}

TEST(LoopbackHostTest, NamesThatMerelyBeginSoAreElsewhere) {
  for (const char* host : {"", "localhost.example", "127.example.com", "127.0.0.1.example", "127",
                           "128.0.0.1", "10.0.0.1", "0.0.0.0", "[::]", "[::2]", "[::1", "::1"}) {
    EXPECT_FALSE(IsLoopbackHost(host)) << host;
  }
}

}  // namespace
}  // namespace portico::plan
