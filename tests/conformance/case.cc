#include "tests/conformance/case.h"

#include "tests/conformance/case_file.h"

namespace portico::conformance {
namespace {

using nlohmann::json;

void ReadUpstream(const json& upstream, Case* read) {
  CheckKeys(upstream, {"status", "type", "headers", "body", "text"});
  read->status = upstream.value("status", 200);
  read->content_type = upstream.value("type", read->content_type);
  read->headers = upstream.value("headers", "");
  // `text` is verbatim; `body` is JSON whose spelling does not matter.
  if (upstream.contains("body")) read->answer = upstream.at("body").dump();
  if (upstream.contains("text")) read->answer = upstream.at("text").get<std::string>();
}

void ReadRequest(const json& request, Case* read) {
  CheckKeys(request, {"method", "target", "body"});
  read->want_method = request.at("method");
  read->want_target = request.at("target");
  if (request.contains("body")) read->want_body = request.at("body");
}

void ReadOutcome(const json& outcome, Case* read) {
  CheckKeys(outcome, {"code", "reason", "json", "events"});
  read->want_code = outcome.value("code", "OK");
  read->want_reason = outcome.value("reason", "");
  if (outcome.contains("json")) read->want_json = outcome.at("json");
  if (outcome.contains("events")) {
    read->want_events = outcome.at("events").get<std::vector<json>>();
  }
}

Case ReadCase(const json& text) {
  CheckKeys(text, {"name", "operation", "arguments", "body", "upstream", "request", "outcome"});
  Case read;
  read.name = text.at("name");
  read.operation = text.at("operation");
  if (text.contains("arguments")) read.arguments = text.at("arguments");
  if (text.contains("body")) read.body = text.at("body");
  if (text.contains("upstream")) ReadUpstream(text.at("upstream"), &read);
  if (text.contains("request")) ReadRequest(text.at("request"), &read);
  ReadOutcome(text.at("outcome"), &read);
  return read;
}

}  // namespace

void PrintTo(const Case& printed, std::ostream* out) { *out << printed.name; }

std::vector<Case> ReadCases(const std::string& path) { return ReadCaseFile(path, &ReadCase); }

}  // namespace portico::conformance
