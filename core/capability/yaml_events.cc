#include "core/capability/yaml_events.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace portico::capability {
namespace {

using Kind = YamlEvent::Kind;

absl::string_view View(const yaml_char_t* text) {
  return text == nullptr ? absl::string_view() : reinterpret_cast<const char*>(text);
}

int LineOf(const yaml_mark_t& mark) { return static_cast<int>(mark.line) + 1; }

void FillScalar(const yaml_event_t& from, YamlEvent* event) {
  const auto& scalar = from.data.scalar;
  event->kind = Kind::kScalar;
  event->anchor = View(scalar.anchor);
  event->tag = View(scalar.tag);
  event->text = {reinterpret_cast<const char*>(scalar.value), scalar.length};
  event->plain = scalar.style == YAML_PLAIN_SCALAR_STYLE;
}

}  // namespace

YamlEvents::YamlEvents(absl::string_view text) : text_(text), event_() {
  // It only fails without memory, and then Next fails as well.
  yaml_parser_initialize(&parser_);
  yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                               text.size());
}

YamlEvents::~YamlEvents() {
  yaml_event_delete(&event_);
  yaml_parser_delete(&parser_);
}

bool YamlEvents::Next(YamlEvent* event) {
  for (;;) {
    yaml_event_delete(&event_);
    if (yaml_parser_parse(&parser_, &event_) == 0) return false;
    *event = {};
    event->line = LineOf(event_.start_mark);
    switch (event_.type) {
      case YAML_DOCUMENT_START_EVENT:
        event->kind = Kind::kDocumentStart;
        return true;
      case YAML_SCALAR_EVENT:
        FillScalar(event_, event);
        return true;
      case YAML_ALIAS_EVENT:
        event->kind = Kind::kAlias;
        event->anchor = View(event_.data.alias.anchor);
        return true;
      case YAML_SEQUENCE_START_EVENT:
        event->kind = Kind::kSequenceStart;
        event->anchor = View(event_.data.sequence_start.anchor);
        event->tag = View(event_.data.sequence_start.tag);
        return true;
      case YAML_MAPPING_START_EVENT:
        event->kind = Kind::kMapStart;
        event->anchor = View(event_.data.mapping_start.anchor);
        event->tag = View(event_.data.mapping_start.tag);
        return true;
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        event->kind = Kind::kCollectionEnd;
        return true;
      case YAML_STREAM_END_EVENT:
        return true;  // kEnd
      case YAML_NO_EVENT:
      case YAML_STREAM_START_EVENT:
      case YAML_DOCUMENT_END_EVENT:
        break;
    }
  }
}

std::string YamlEvents::Problem() const {
  if (parser_.problem == nullptr) return "there is no memory left";
  // Where it began only helps where that is somewhere else.
  if (parser_.context == nullptr || parser_.context_mark.line == parser_.problem_mark.line) {
    return parser_.problem;
  }
  return absl::StrCat(parser_.problem, " ", parser_.context, " that begins in line ",
                      LineOf(parser_.context_mark));
}

int YamlEvents::ProblemLine() const {
  if (parser_.error != YAML_READER_ERROR) return LineOf(parser_.problem_mark);
  // Bytes that are no text have no line yet, only an offset.
  const std::size_t end = std::min(parser_.problem_offset, text_.size());
  return 1 + static_cast<int>(std::count(text_.begin(), text_.begin() + end, '\n'));
}

absl::string_view YamlEvents::Fix() const {
  const absl::string_view problem = parser_.problem == nullptr ? "" : parser_.problem;
  if (problem == "mapping values are not allowed in this context") {
    return "check the indentation, or put the text into quotes where it holds \": \"";
  }
  if (problem == "found character that cannot start any token") {
    return "indent with spaces rather than tabs, and put a text that begins with @, ` or % into "
           "quotes";
  }
  return "";
}

}  // namespace portico::capability
