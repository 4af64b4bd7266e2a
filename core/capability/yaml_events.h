// YAML text as a row of events, each with its line: what starts, what ends, and the
// texts between. The only code that knows libyaml (why libyaml:
// docs/adr/0038-libyaml.md). It takes YAML 1.1 and 1.2, UTF-8 or UTF-16 with its mark.
//
// Not thread-safe; one reader per text. Bounds are the caller's to keep: the reader
// itself only looks as far ahead as one key is long (1,024 characters).
#ifndef PORTICO_CORE_CAPABILITY_YAML_EVENTS_H_
#define PORTICO_CORE_CAPABILITY_YAML_EVENTS_H_

#include <yaml.h>

#include <string>

#include "absl/strings/string_view.h"

namespace portico::capability {

struct YamlEvent {
  enum class Kind {
    kDocumentStart,
    kScalar,
    kAlias,
    kSequenceStart,
    kMapStart,
    kCollectionEnd,
    kEnd,  // of the text
  };

  Kind kind = Kind::kEnd;
  int line = 0;              // 1-based
  absl::string_view anchor;  // of the value ("&x"), or what an alias names ("*x"); may be empty
  absl::string_view tag;     // as resolved, such as "tag:yaml.org,2002:str"; mostly empty
  absl::string_view text;    // of a scalar
  bool plain = false;        // of a scalar: neither in quotes nor a block
};

class YamlEvents {
 public:
  // `text` must outlive the reader.
  explicit YamlEvents(absl::string_view text);
  ~YamlEvents();
  YamlEvents(const YamlEvents&) = delete;
  YamlEvents& operator=(const YamlEvents&) = delete;

  // The next event, whose texts live until the call after; false when what follows is
  // not YAML. Not to be called after kEnd or a failure.
  bool Next(YamlEvent* event);

  // After a failure: what is wrong ("did not find expected key while ..."), in which
  // line, and how to write it instead, where that can be guessed.
  std::string Problem() const;
  int ProblemLine() const;
  absl::string_view Fix() const;

 private:
  absl::string_view text_;
  yaml_parser_t parser_;
  yaml_event_t event_;  // what the last Next told of
};

}  // namespace portico::capability

#endif  // PORTICO_CORE_CAPABILITY_YAML_EVENTS_H_
