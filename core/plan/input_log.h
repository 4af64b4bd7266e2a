// What is to be said about one input parameter, by its keys.
//
// Not thread-safe. The FindingLog must outlive it.
#ifndef PORTICO_CORE_PLAN_INPUT_LOG_H_
#define PORTICO_CORE_PLAN_INPUT_LOG_H_

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/capability/capability.h"
#include "core/capability/finding_log.h"

namespace portico::plan {

class InputLog {
 public:
  explicit InputLog(capability::FindingLog* log) : log_(log) {}

  // `text` is the value of `key`; where it is absent, the input's own line counts.
  void Error(const capability::InputParameter& input, const capability::Text& text, const char* key,
             std::string message) {
    log_->Error(capability::Rule::kBadInput, LineOf(input, text), KeyOf(input, key),
                std::move(message));
  }
  void Warn(const capability::InputParameter& input, const capability::Text& text, const char* key,
            std::string message) {
    log_->Warn(capability::Rule::kBadInput, LineOf(input, text), KeyOf(input, key),
               std::move(message));
  }

  capability::FindingLog* findings() const { return log_; }

 private:
  static int LineOf(const capability::InputParameter& input, const capability::Text& text) {
    return text.present() ? text.line : input.position.line;
  }
  static std::string KeyOf(const capability::InputParameter& input, const char* key) {
    return absl::StrCat(input.position.key, ".", key);
  }

  capability::FindingLog* log_;
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_INPUT_LOG_H_
