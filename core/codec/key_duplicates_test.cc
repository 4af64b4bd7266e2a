#include "core/codec/key_duplicates.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace portico::codec {
namespace {

std::vector<std::size_t> Overridden(const std::vector<std::string>& keys, bool* found) {
  KeyDuplicates duplicates;
  std::vector<bool> marked(keys.size());
  *found = duplicates.Find(
      keys.size(), [&](std::size_t i) { return absl::string_view(keys[i]); },
      [&](std::size_t i) { marked[i] = true; });
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (marked[i]) result.push_back(i);
  }
  return result;
}

TEST(KeyDuplicates, EveryKeyButTheLastOfItsKindIsOverridden) {
  bool found;
  EXPECT_EQ(Overridden({}, &found), std::vector<std::size_t>());
  EXPECT_FALSE(found);
  EXPECT_EQ(Overridden({"a", "b", "ab", ""}, &found), std::vector<std::size_t>());
  EXPECT_FALSE(found);
  EXPECT_EQ(Overridden({"a", "b", "a", "a", "b"}, &found), (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_TRUE(found);
}

TEST(KeyDuplicates, ManyKeysAreTreatedAsFewAre) {
  std::vector<std::string> keys;
  keys.reserve(5002);
  for (int i = 0; i < 5000; ++i) keys.push_back(std::to_string(i));
  bool found;
  EXPECT_TRUE(Overridden(keys, &found).empty());
  EXPECT_FALSE(found);
  keys.emplace_back("17");
  keys.emplace_back("4999");
  EXPECT_EQ(Overridden(keys, &found), (std::vector<std::size_t>{17, 4999}));
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace portico::codec
