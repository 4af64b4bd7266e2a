#include "server/grpc/status_encoder.h"

#include <google/protobuf/any.pb.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/invoke/upstream_error_body.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace portico::server {
namespace {

using invoke::CallError;

// The message is sent twice: percent-encoded in grpc-message, and in the details.
constexpr std::size_t kMessageOnWire = 1536;
// For header names, the status code and base64's ends.
constexpr std::size_t kReserve = 256;

// grpc-message keeps printable ASCII but "%" and writes every other byte as %XX
// (gRPC's PROTOCOL-HTTP2.md).
std::size_t PercentEncodedSize(absl::string_view text) {
  std::size_t size = text.size();
  for (unsigned char c : text) {
    if (c < 0x20 || c > 0x7e || c == '%') size += 2;
  }
  return size;
}

std::string Fitting(const std::string& message) {
  absl::string_view text = message;
  while (PercentEncodedSize(text) > kMessageOnWire) {
    text = invoke::Utf8Prefix(text, text.size() - std::max<std::size_t>(1, text.size() / 16));
  }
  return std::string(text);
}

google::rpc::ErrorInfo ErrorInfoOf(const CallError& error) {
  google::rpc::ErrorInfo info;
  info.set_reason(error.reason);
  info.set_domain("portico");
  for (const auto& [key, value] : error.metadata) {
    (*info.mutable_metadata())[key] = std::string(invoke::Utf8Prefix(value, 256));
  }
  return info;
}

// Packs details as long as they fit; the first, ErrorInfo, always does.
class Details {
 public:
  Details(const CallError& error, const std::string& message, std::size_t budget)
      : budget_(budget) {
    status_.set_code(static_cast<int>(error.code));
    status_.set_message(message);
    status_.add_details()->PackFrom(ErrorInfoOf(error));
  }

  bool Add(const google::protobuf::Message& detail) {
    google::protobuf::Any* any = status_.add_details();
    any->PackFrom(detail);
    if (status_.ByteSizeLong() <= budget_) return true;
    status_.mutable_details()->RemoveLast();
    return false;
  }

  std::string Serialize() const { return status_.SerializeAsString(); }

 private:
  const std::size_t budget_;
  google::rpc::Status status_;
};

void AddViolations(const CallError& error, Details* details) {
  google::rpc::BadRequest bad_request;
  for (const invoke::FieldViolation& violation : error.violations) {
    auto* entry = bad_request.add_field_violations();
    entry->set_field(std::string(invoke::Utf8Prefix(violation.field, 128)));
    entry->set_description(std::string(invoke::Utf8Prefix(violation.description, 256)));
  }
  while (bad_request.field_violations_size() > 0 && !details->Add(bad_request)) {
    bad_request.mutable_field_violations()->RemoveLast();
  }
}

void AddRetryInfo(const CallError& error, Details* details) {
  if (!error.retry_after.has_value()) return;
  google::rpc::RetryInfo retry;
  const std::int64_t milliseconds = absl::ToInt64Milliseconds(*error.retry_after);
  retry.mutable_retry_delay()->set_seconds(milliseconds / 1000);
  retry.mutable_retry_delay()->set_nanos(static_cast<int>(milliseconds % 1000) * 1'000'000);
  details->Add(retry);
}

std::string MetadataOf(const CallError& error, const char* key) {
  const auto it = error.metadata.find(key);
  return it == error.metadata.end() ? "" : it->second;
}

void AddSubject(const CallError& error, const std::string& resource, Details* details) {
  if (error.reason == "UPSTREAM_NOT_FOUND" || error.reason == "UPSTREAM_GONE") {
    google::rpc::ResourceInfo info;
    info.set_resource_type(MetadataOf(error, "operation"));
    info.set_resource_name(std::string(invoke::Utf8Prefix(resource, 256)));
    details->Add(info);
  } else if (error.reason == "UPSTREAM_RATE_LIMITED") {
    google::rpc::QuotaFailure failure;
    failure.add_violations()->set_subject(MetadataOf(error, "upstream"));
    details->Add(failure);
  } else if (error.reason == "UPSTREAM_PRECONDITION") {
    google::rpc::PreconditionFailure failure;
    failure.add_violations()->set_subject(MetadataOf(error, "operation"));
    details->Add(failure);
  }
}

}  // namespace

EncodedStatus EncodeStatus(const CallError& error, const std::string& resource) {
  EncodedStatus encoded;
  if (error.do_not_retry) {
    encoded.trailers.emplace_back("grpc-retry-pushback-ms", "-1");
  } else if (error.retry_after.has_value()) {
    encoded.trailers.emplace_back("grpc-retry-pushback-ms",
                                  absl::StrCat(absl::ToInt64Milliseconds(*error.retry_after)));
  }
  const std::string last_event_id = MetadataOf(error, "last_event_id");
  if (!last_event_id.empty() && PercentEncodedSize(last_event_id) == last_event_id.size()) {
    encoded.trailers.emplace_back("x-last-event-id", last_event_id);
  }

  const std::string message = Fitting(error.message);
  std::size_t used = kReserve + PercentEncodedSize(message);
  for (const auto& [name, value] : encoded.trailers) used += name.size() + value.size();
  Details details(error, message, kStatusBudget - used);
  AddRetryInfo(error, &details);
  AddSubject(error, resource, &details);
  AddViolations(error, &details);
  encoded.status =
      grpc::Status(static_cast<grpc::StatusCode>(error.code), message, details.Serialize());
  return encoded;
}

}  // namespace portico::server
