#include "gateway/rest/service_pages.h"

#include <nlohmann/json.hpp>

#include "gateway/http/problem.h"

namespace portico::rest {
namespace {

void Answer(http::ResponseWriter* writer, int status, const nlohmann::ordered_json& body) {
  http::ResponseHead head(status);
  head.Add("Content-Type", "application/json");
  head.Add("Cache-Control", "no-store");
  head.Add(http::kSourceField, "portico");
  writer->Respond(head, body.dump() + "\n");
}

void AnswerReady(http::ResponseWriter* writer, const std::vector<UpstreamState>& states) {
  bool ready = true;
  nlohmann::ordered_json upstreams = nlohmann::ordered_json::object();
  for (const UpstreamState& state : states) {
    ready = ready && state.reason.empty();
    upstreams[state.space] = state.reason.empty() ? "ready" : state.reason;
  }
  Answer(writer, ready ? 200 : 503,
         {{"status", ready ? "ready" : "not ready"}, {"upstreams", std::move(upstreams)}});
}

}  // namespace

bool ServicePages::Serve(const http::RequestHead& head, absl::string_view path,
                         http::ResponseWriter* writer) const {
  if (head.method != "GET" && head.method != "HEAD") return false;
  if (path == "/healthz") {
    Answer(writer, 200, {{"status", "ok"}});
    return true;
  }
  if (path == "/readyz") {
    AnswerReady(writer, states_());
    return true;
  }
  return false;
}

}  // namespace portico::rest
