#include "server/capability_batch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace portico::server {
namespace {

// Every third is broken.
std::vector<std::string> Texts(std::size_t count) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) {
    texts.push_back(i % 3 == 2 ? "capability: ["
                               : absl::StrCat(R"(naftiko: 1.0.0-alpha2
info: {label: Shop}
capability:
  consumes:
  - type: http
    namespace: shop-)",
                                              i, R"(
    baseUri: https://shop.example
    resources:
    - name: carts
      path: /carts
      operations:
      - {name: list, method: GET}
  exposes:
  - type: rest
    namespace: shop-rest
    port: 8080
    resources:
    - path: /carts
      name: carts
      operations:
      - {name: list, method: GET, call: shop.list}
)"));
  }
  return texts;
}

TEST(CapabilityBatchTest, ManyTextsComeInTheirOrderWithTheirFindings) {
  capability::Findings findings;
  const std::vector<std::string> written = Texts(300);
  std::vector<CapabilityText> texts;
  texts.reserve(written.size());
  for (const std::string& text : written) {
    texts.push_back({absl::StrCat(texts.size(), ".yaml"), text});
  }
  const auto capabilities = ParseCapabilities(texts, &findings);
  // What one after the other gives.
  capability::Findings expected;
  std::vector<capability::Capability> one_by_one;
  for (const CapabilityText& text : texts) {
    for (auto& one : ParseCapabilities({text}, &expected)) one_by_one.push_back(std::move(one));
  }
  ASSERT_EQ(capabilities.size(), one_by_one.size());
  EXPECT_EQ(capabilities.size(), 200u);
  for (std::size_t i = 0; i < capabilities.size(); ++i) {
    EXPECT_EQ(capabilities[i].file, one_by_one[i].file);
  }
  ASSERT_EQ(findings.size(), expected.size());
  for (std::size_t i = 0; i < findings.size(); ++i) {
    EXPECT_EQ(ToString(findings[i]), ToString(expected[i]));
  }
}

TEST(CapabilityBatchTest, NoTextsAreNoCapabilities) {
  capability::Findings findings;
  EXPECT_TRUE(ParseCapabilities({}, &findings).empty());
  EXPECT_TRUE(findings.empty());
}

}  // namespace
}  // namespace portico::server
