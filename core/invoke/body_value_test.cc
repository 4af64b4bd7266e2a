#include "core/invoke/body_value.h"

#include <gtest/gtest.h>

#include <string>

namespace portico::invoke {
namespace {

TEST(BodyValueTest, ABodyHoldsSoManyValues) {
  std::string list = "[1";
  for (std::size_t i = 2; i < kMaxBodyValues; ++i) list += ",1";
  EXPECT_TRUE(ParseBodyValue(list + "]").ok());
  EXPECT_EQ(ParseBodyValue(list + ",1]").status().message(), "holds more than 500000 values");
  EXPECT_EQ(ParseBodyValue(list + ",[]]").status().message(), "holds more than 500000 values");
}

}  // namespace
}  // namespace portico::invoke
