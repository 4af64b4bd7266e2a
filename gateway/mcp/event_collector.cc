#include "gateway/mcp/event_collector.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "core/invoke/failure_table.h"
#include "core/invoke/upstream_error_body.h"
#include "gateway/mcp/input_schema.h"
#include "gateway/mcp/json_text.h"
#include "gateway/mcp/json_value.h"
#include "gateway/mcp/next_step.h"
#include "gateway/mcp/tool_result.h"

namespace portico::mcp {
namespace {

constexpr char kAfter[] = "after";
// Of the result's text, for everything but the events.
constexpr std::size_t kEnvelope = 700;
constexpr std::size_t kMaxId = 128;  // quoted
constexpr std::size_t kMaxNotice = 320;
constexpr std::size_t kMaxProgress = 200;

absl::string_view TypeOf(const upstream::SseEvent& event) {
  return event.event.empty() ? absl::string_view("message") : event.event;
}

std::string ElementOf(const upstream::SseEvent& event) {
  std::string element = "{";
  if (event.has_id) absl::StrAppend(&element, "\"id\":", QuotedJson(event.id), ",");
  absl::StrAppend(&element, "\"event\":", QuotedJson(TypeOf(event)), ",\"data\":");
  const std::optional<std::string> json = CompactJson(event.data);
  return absl::StrCat(element, json.has_value() ? *json : QuotedJson(event.data), "}");
}

}  // namespace

EventCollector::EventCollector(const ServedTool& tool)
    : tool_(tool),
      after_argument_(ArgumentName(tool, kAfter)),
      takes_after_(tool.input->Find(after_argument_) != nullptr) {}

bool EventCollector::Take(const upstream::SseEvent& event) {
  if (reached_ != Limit::kNone) return false;
  const std::size_t room = tool_.limits.text_bytes - kEnvelope;
  std::string element = ElementOf(event);
  if (events_.size() + 1 + element.size() > room) {
    reached_ = Limit::kBytes;
    if (count_ > 0) return false;
    element = CutJson(element, room - 1);  // otherwise the tool could never get past it
  }
  absl::StrAppend(&events_, count_ == 0 ? "" : ",", element);
  ++count_;
  NotePosition(event);
  last_line_ =
      std::string(invoke::Utf8Prefix(absl::StrCat(TypeOf(event), ": ", event.data), kMaxProgress));
  if (reached_ == Limit::kNone && count_ >= tool_.limits.events) reached_ = Limit::kEvents;
  return reached_ == Limit::kNone;
}

void EventCollector::NotePosition(const upstream::SseEvent& event) {
  if (!event.id.empty() && QuotedJson(event.id).size() <= kMaxId) {
    last_event_id_ = std::string(event.id);
  }
  if (!takes_after_) return;
  // Backstage has no id lines; the id in an event's data is what `after` takes.
  std::optional<JsonValue> data = ParseJson(event.data);
  const JsonValue* id = data.has_value() ? data->Find("id") : nullptr;
  if (id != nullptr && id->kind == JsonValue::Kind::kNumber && id->text.size() <= kMaxId) {
    after_ = id->text;
  } else if (!last_event_id_.empty() && event.has_id) {
    after_ = QuotedJson(last_event_id_);
  }
}

std::string EventCollector::Progress() const { return last_line_; }

std::string EventCollector::Stopped() const {
  std::string why = "Stopped";
  if (reached_ == Limit::kEvents) why = absl::StrCat("Stopped after ", count_, " events");
  if (reached_ == Limit::kBytes) why = "Stopped: more events would be too long for one answer";
  return Result(true, absl::StrCat(why, "; the stream goes on. ", HowToContinue()));
}

std::string EventCollector::Ended(const invoke::Outcome& outcome, const plan::Upstream& upstream,
                                  absl::Time now) const {
  if (reached_ != Limit::kNone) return Stopped();
  const auto error = invoke::ErrorOf(outcome, tool_.operation(), upstream, now);
  if (!error.has_value()) return Result(false, "");
  if (count_ == 0) return ErrorResult(tool_, *error);
  return Result(true, absl::StrCat("The stream broke off. ", HowToContinue(), " ", error->message));
}

std::string EventCollector::HowToContinue() const {
  if (takes_after_ && !after_.empty()) {
    return absl::StrCat("Call again with `", after_argument_, "` ", after_, " for what follows.");
  }
  if (count_ == 0) return "Nothing came; call again to wait longer.";
  return "Call again for what follows; events may come twice, or be missed in between.";
}

std::string EventCollector::Result(bool truncated, absl::string_view notice) const {
  std::string object = absl::StrCat("{\"events\":[", events_, "]");
  if (!last_event_id_.empty()) {
    absl::StrAppend(&object, ",\"lastEventId\":", QuotedJson(last_event_id_));
  }
  if (!after_.empty()) absl::StrAppend(&object, ",\"after\":", after_);
  absl::StrAppend(&object, ",\"truncated\":", truncated ? "true" : "false");
  if (!notice.empty()) absl::StrAppend(&object, ",\"notice\":", QuotedJson(notice, kMaxNotice));
  return ObjectResult(absl::StrCat(object, "}"));
}

}  // namespace portico::mcp
