#include "gateway/rest/event_line.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"

namespace portico::rest {
namespace {

std::string Quoted(absl::string_view text) {
  return nlohmann::json(std::string(text))
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// Line breaks of valid JSON stand between tokens only.
std::string OnOneLine(absl::string_view json) {
  std::string line(json);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return line;
}

}  // namespace

std::string EventLine(const upstream::SseEvent& event) {
  std::string line = "{";
  const auto add = [&line](const char* name, const std::string& value) {
    absl::StrAppend(&line, line.size() > 1 ? "," : "", "\"", name, "\":", value);
  };
  if (event.has_id) add("id", Quoted(event.id));
  if (!event.event.empty()) add("event", Quoted(event.event));
  if (event.retry_ms.has_value()) add("retry", absl::StrCat(*event.retry_ms));
  if (nlohmann::json::accept(event.data.begin(), event.data.end())) {
    add("data", OnOneLine(event.data));
  } else {
    add("text", Quoted(event.data));
  }
  return line + "}\n";
}

std::string ErrorLine(const http::Problem& problem) {
  return absl::StrCat("{\"error\":", http::ToJson(problem), "}\n");
}

std::string ErrorEvent(const http::Problem& problem) {
  return absl::StrCat("event: portico-error\ndata: ", http::ToJson(problem), "\n\n");
}

}  // namespace portico::rest
