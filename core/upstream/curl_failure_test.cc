#include "core/upstream/curl_failure.h"

#include <gtest/gtest.h>

namespace portico::upstream {
namespace {

constexpr FailureFacts kNothingSent{};
constexpr FailureFacts kConnected{.connected = true};
constexpr FailureFacts kSent{.connected = true, .request_sent = true};
constexpr FailureFacts kHead{.connected = true, .request_sent = true, .head_complete = true};
constexpr FailureFacts kLate{.deadline_passed = true};

struct Row {
  int code;
  FailureFacts facts;
  Failure failure;
};

// The failure table's rows, by libcurl's numbers.
const Row kRows[] = {
    {0, kHead, Failure::kNone},
    {5, kNothingSent, Failure::kDns},
    {6, kNothingSent, Failure::kDns},
    {7, kNothingSent, Failure::kConnect},
    {35, kNothingSent, Failure::kTlsHandshake},
    {58, kNothingSent, Failure::kTlsVerification},
    {60, kNothingSent, Failure::kTlsVerification},
    {77, kNothingSent, Failure::kTlsVerification},
    {83, kNothingSent, Failure::kTlsVerification},
    {90, kNothingSent, Failure::kTlsVerification},
    {91, kNothingSent, Failure::kTlsVerification},
    {98, kNothingSent, Failure::kTlsVerification},
    {28, kLate, Failure::kDeadline},
    {28, {.deadline_passed = true, .connected = true}, Failure::kDeadline},
    {28, kNothingSent, Failure::kConnectTimeout},
    {28, kConnected, Failure::kDeadline},
    {16, kSent, Failure::kConnectionLost},
    {18, kHead, Failure::kConnectionLost},
    {52, kSent, Failure::kConnectionLost},
    {55, kSent, Failure::kConnectionLost},
    {56, kSent, Failure::kConnectionLost},
    {65, kSent, Failure::kConnectionLost},
    {92, kSent, Failure::kConnectionLost},
    {42, kSent, Failure::kConnectionLost},
    {42, kNothingSent, Failure::kInternal},
    {63, kSent, Failure::kResponseTooLarge},
    {27, kSent, Failure::kResponseTooLarge},
    {27, kHead, Failure::kInternal},
    {27, kNothingSent, Failure::kInternal},
    {61, kHead, Failure::kMalformed},
    {8, kSent, Failure::kMalformed},
    {1, kSent, Failure::kMalformed},
    {1, kNothingSent, Failure::kInvalidRequest},
    {3, kNothingSent, Failure::kInvalidRequest},
    {67, kNothingSent, Failure::kInvalidRequest},
    {2, kNothingSent, Failure::kInternal},
    {43, kNothingSent, Failure::kInternal},
};

TEST(CurlFailureTest, EachCodeHasItsMeaning) {
  for (const Row& row : kRows) {
    EXPECT_EQ(FailureOf(static_cast<CURLcode>(row.code), row.facts), row.failure)
        << "CURLcode " << row.code << ": "
        << FailureName(FailureOf(static_cast<CURLcode>(row.code), row.facts));
  }
}

TEST(CurlFailureTest, NoCodeButZeroIsSuccess) {
  for (int code = 1; code < CURL_LAST; ++code) {
    EXPECT_NE(FailureOf(static_cast<CURLcode>(code), kHead), Failure::kNone) << code;
  }
}

}  // namespace
}  // namespace portico::upstream
