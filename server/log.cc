#include "server/log.h"

#include <unistd.h>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace portico::server {
namespace {

const char* Name(LogLevel level) {
  switch (level) {
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "error";
}

std::string Now() {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::Now(), absl::UTCTimeZone());
}

std::string JsonLine(LogLevel level, absl::string_view message, const Log::Fields& fields) {
  nlohmann::ordered_json line;
  line["time"] = Now();
  line["level"] = Name(level);
  line["message"] = std::string(message);
  for (const auto& [key, value] : fields) line[key] = value;
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string TextLine(LogLevel level, absl::string_view message, const Log::Fields& fields) {
  std::string line = absl::StrCat(Now(), " ", Name(level), " ", message);
  for (const auto& [key, value] : fields) absl::StrAppend(&line, " ", key, "=", value);
  // A value from outside must not start a line of its own.
  for (char& c : line) {
    if (c == '\n' || c == '\r') c = ' ';
  }
  return line;
}

}  // namespace

void Log::Write(LogLevel level, absl::string_view message, const Fields& fields) const {
  std::string line = format_ == LogFormat::kJson ? JsonLine(level, message, fields)
                                                 : TextLine(level, message, fields);
  line.push_back('\n');
  // A log that cannot be written has nowhere to say so.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace portico::server
