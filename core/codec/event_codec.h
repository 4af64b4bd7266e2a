// A server-sent event as a typed event message's wire bytes.
//
// The message has the string fields `id`, `event` and `data`, an optional
// uint32 `retry_ms`, and at most one message field: the typed payload, filled
// from `data` when that is a JSON object, or a google.protobuf.Value, filled when it
// is any JSON. `data` is always kept verbatim, so nothing is lost when the payload
// does not fit.
//
// Immutable; any thread.
#ifndef PORTICO_CORE_CODEC_EVENT_CODEC_H_
#define PORTICO_CORE_CODEC_EVENT_CODEC_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace google::protobuf {
class Descriptor;
}

namespace portico::codec {

struct MessagePlan;

// What the stream did not say is absent, and stays unset in the message.
struct Event {
  std::optional<absl::string_view> id;
  std::optional<absl::string_view> event;
  std::optional<absl::string_view> data;
  std::optional<std::uint32_t> retry_ms;
};

class EventCodec {
 public:
  // InvalidArgument naming the field that an event message must or may not have.
  static absl::StatusOr<EventCodec> Compile(const google::protobuf::Descriptor* descriptor);

  // Appends to `wire`. InvalidArgument only when `id`, `event` or `data` is not UTF-8.
  absl::Status EventToWire(const Event& event, std::string* wire) const;

 private:
  EventCodec() = default;
  // Field numbers; that of the payload 0 when there is none.
  std::uint32_t id_ = 0, event_ = 0, data_ = 0, retry_ms_ = 0, payload_ = 0;
  std::shared_ptr<const MessagePlan> payload_plan_;  // null: of a Value
};

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_EVENT_CODEC_H_
