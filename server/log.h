// Log lines on standard error: one line an event, as text or as JSON.
//
// Any thread; a line is written in one call. Nothing secret may be passed in.
#ifndef PORTICO_SERVER_LOG_H_
#define PORTICO_SERVER_LOG_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace portico::server {

enum class LogFormat { kText, kJson };
enum class LogLevel { kInfo, kWarning, kError };

class Log {
 public:
  using Fields = std::vector<std::pair<std::string, std::string>>;

  explicit Log(LogFormat format) : format_(format) {}

  // Text: `2026-01-31T12:00:00.000Z warning message key=value`.
  // JSON: `{"time":...,"level":...,"message":...,"key":"value"}`.
  void Write(LogLevel level, absl::string_view message, const Fields& fields = {}) const;

 private:
  const LogFormat format_;
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_LOG_H_
