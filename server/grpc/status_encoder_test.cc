#include "server/grpc/status_encoder.h"

#include <gtest/gtest.h>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace portico::server {
namespace {

invoke::CallError NotFound() {
  invoke::CallError error;
  error.code = absl::StatusCode::kNotFound;
  error.reason = "UPSTREAM_NOT_FOUND";
  error.message = "no such task";
  error.metadata = {
      {"http_status", "404"}, {"operation", "tasks.get"}, {"upstream", "api.example"}};
  return error;
}

google::rpc::Status DetailsOf(const EncodedStatus& encoded) {
  google::rpc::Status status;
  EXPECT_TRUE(status.ParseFromString(encoded.status.error_details()));
  return status;
}

template <typename Detail>
std::vector<Detail> All(const EncodedStatus& encoded) {
  std::vector<Detail> found;
  const google::rpc::Status status = DetailsOf(encoded);
  for (const auto& any : status.details()) {
    Detail detail;
    if (any.UnpackTo(&detail)) found.push_back(detail);
  }
  return found;
}

std::size_t SizeOnWire(const EncodedStatus& encoded) {
  std::size_t size = encoded.status.error_details().size();
  for (unsigned char c : encoded.status.error_message()) {
    size += c < 0x20 || c > 0x7e || c == '%' ? 3 : 1;
  }
  for (const auto& [name, value] : encoded.trailers) size += name.size() + value.size();
  return size;
}

TEST(StatusEncoderTest, CarriesExactlyOneErrorInfo) {
  const EncodedStatus encoded = EncodeStatus(NotFound(), "t1");
  EXPECT_EQ(encoded.status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(encoded.status.error_message(), "no such task");
  const auto infos = All<google::rpc::ErrorInfo>(encoded);
  ASSERT_EQ(infos.size(), 1u);
  EXPECT_EQ(infos[0].domain(), "portico");
  EXPECT_EQ(infos[0].reason(), "UPSTREAM_NOT_FOUND");
  EXPECT_EQ(infos[0].metadata().at("http_status"), "404");
}

TEST(StatusEncoderTest, TheDetailsRepeatCodeAndMessage) {
  const google::rpc::Status details = DetailsOf(EncodeStatus(NotFound(), "t1"));
  EXPECT_EQ(details.code(), 5);
  EXPECT_EQ(details.message(), "no such task");
}

TEST(StatusEncoderTest, NamesTheResourceThatWasNotFound) {
  const auto resources = All<google::rpc::ResourceInfo>(EncodeStatus(NotFound(), "t1"));
  ASSERT_EQ(resources.size(), 1u);
  EXPECT_EQ(resources[0].resource_name(), "t1");
}

TEST(StatusEncoderTest, TellsWhenToRetryTwice) {
  invoke::CallError error = NotFound();
  error.reason = "UPSTREAM_RATE_LIMITED";
  error.retry_after = absl::Milliseconds(10'500);
  const EncodedStatus encoded = EncodeStatus(error, "");
  const auto retries = All<google::rpc::RetryInfo>(encoded);
  ASSERT_EQ(retries.size(), 1u);
  EXPECT_EQ(retries[0].retry_delay().seconds(), 10);
  EXPECT_EQ(retries[0].retry_delay().nanos(), 500'000'000);
  ASSERT_EQ(encoded.trailers.size(), 1u);
  EXPECT_EQ(encoded.trailers[0].first, "grpc-retry-pushback-ms");
  EXPECT_EQ(encoded.trailers[0].second, "10500");
  EXPECT_EQ(All<google::rpc::QuotaFailure>(encoded).size(), 1u);
}

TEST(StatusEncoderTest, SaysNotToRetry) {
  invoke::CallError error = NotFound();
  error.do_not_retry = true;
  error.retry_after = absl::Seconds(1);
  EXPECT_EQ(EncodeStatus(error, "").trailers[0].second, "-1");
}

TEST(StatusEncoderTest, ListsViolations) {
  invoke::CallError error = NotFound();
  error.violations = {{"name", "too long"}, {"limit", "must be positive"}};
  const auto requests = All<google::rpc::BadRequest>(EncodeStatus(error, ""));
  ASSERT_EQ(requests.size(), 1u);
  ASSERT_EQ(requests[0].field_violations_size(), 2);
  EXPECT_EQ(requests[0].field_violations(1).field(), "limit");
}

TEST(StatusEncoderTest, PreconditionsHaveTheirOwnDetail) {
  invoke::CallError error = NotFound();
  error.reason = "UPSTREAM_PRECONDITION";
  EXPECT_EQ(All<google::rpc::PreconditionFailure>(EncodeStatus(error, "")).size(), 1u);
}

TEST(StatusEncoderTest, ALostStreamTellsItsPlaceInATrailer) {
  invoke::CallError error = NotFound();
  error.metadata["last_event_id"] = "41";
  const EncodedStatus encoded = EncodeStatus(error, "");
  ASSERT_EQ(encoded.trailers.size(), 1u);
  EXPECT_EQ(encoded.trailers[0], std::make_pair(std::string("x-last-event-id"), std::string("41")));
}

TEST(StatusEncoderTest, AnEventIdThatIsNoHeaderValueStaysInTheDetails) {
  invoke::CallError error = NotFound();
  error.metadata["last_event_id"] = "a\nb";
  EXPECT_TRUE(EncodeStatus(error, "").trailers.empty());
}

TEST(StatusEncoderTest, StaysUnderFourKilobytesWhateverTheUpstreamSays) {
  for (const char* character : {"x", "%", "\xE2\x82\xAC", "\n"}) {
    invoke::CallError error = NotFound();
    error.message.clear();
    while (error.message.size() < 1100) error.message += character;
    for (int i = 0; i < 50; ++i) {
      error.violations.push_back({std::string(200, 'f'), std::string(400, 'd')});
    }
    error.metadata["request_id"] = std::string(10'000, 'r');
    error.retry_after = absl::Hours(24);
    const EncodedStatus encoded = EncodeStatus(error, std::string(10'000, 'i'));
    EXPECT_LE(SizeOnWire(encoded), kStatusBudget) << character;
    EXPECT_EQ(All<google::rpc::ErrorInfo>(encoded).size(), 1u);
    EXPECT_EQ(All<google::rpc::RetryInfo>(encoded).size(), 1u);
    EXPECT_FALSE(encoded.status.error_message().empty());
  }
}

}  // namespace
}  // namespace portico::server
