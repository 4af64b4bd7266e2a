#include "demo/backstage_template.h"

#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"

namespace portico::demo {
namespace {

constexpr absl::string_view kCatalogFile = "/app/catalog/entities.yaml";

struct Source {
  absl::string_view name;
  absl::string_view title;
  absl::string_view description;
  absl::string_view uid;
  absl::string_view etag;
  const char* parameters;
  const char* steps;
  const char* output;
};

constexpr Source kSources[] = {
    {"quick", "Quick", "logs, waits 2 s, logs", "ff29ff10-0a05-4bd2-9cd5-48cff15175d2",
     "54df4782543febcbe10626a7cd35a12c6da0e400",
     R"({"required":["name"],"properties":{
         "name":{"type":"string","pattern":"^[a-z][a-z0-9-]*$"},
         "seconds":{"type":"number","default":2}}})",
     R"([{"id":"hello","name":"Say hello","action":"debug:log",
          "input":{"message":"hello ${{ parameters.name }}"}},
         {"id":"pause","name":"Pause","action":"debug:wait",
          "input":{"seconds":"${{ parameters.seconds | default(2) }}"}},
         {"id":"bye","name":"Say bye","action":"debug:log",
          "input":{"message":"bye ${{ parameters.name }}","listWorkspace":true}}])",
     R"({"links":[{"title":"Result","url":"https://example.invalid/${{ parameters.name }}"}],
         "text":[{"title":"Done","content":"made ${{ parameters.name }}"}]})"},
    {"failing", "Failing", "its second step throws (a wait above the real maximum)",
     "861fbd1d-feb4-4dfe-a97f-b1169815ede5", "da50306f721733fbf6bd563c5dee7be4a1e55d47",
     R"({"properties":{}})",
     R"([{"id":"ok","name":"Fine","action":"debug:log","input":{"message":"fine so far"}},
         {"id":"boom","name":"Boom","action":"debug:wait","input":{"minutes":11}}])",
     "{}"},
    {"slow", "Slow", "long enough to cancel (a 120 s wait in the second of three steps)",
     "3638c298-e30f-462e-82f4-4b31cfee262b", "dc9b930f59c136b579a7fbef09f6e41796bfb42b",
     R"({"properties":{"note":{"type":"string"}}})",
     R"([{"id":"first","name":"First","action":"debug:log",
          "input":{"message":"about to wait ${{ parameters.note }}"}},
         {"id":"long","name":"Long wait","action":"debug:wait","input":{"seconds":120}},
         {"id":"last","name":"Last","action":"debug:log",
          "input":{"message":"never reached when cancelled"}}])",
     "{}"},
    {"ticker", "Ticker", "emits numbered log events at an interval, for load tests",
     "5b0c1d3e-7a52-4c0e-9d57-0c6f4e1b2a90", "0d1f3c5b7a9e8d6c4b2a1908f7e6d5c4b3a29180",
     R"({"required":["count","interval_ms"],"properties":{
         "count":{"type":"integer","minimum":0},
         "interval_ms":{"type":"number","minimum":1}}})",
     R"([{"id":"tick","name":"Tick","action":"demo:tick",
          "input":{"count":"${{ parameters.count }}",
                   "interval_ms":"${{ parameters.interval_ms }}"}}])",
     "{}"},
};

std::string Metadata(const Source& source) {
  const std::string file = absl::StrCat("file:", kCatalogFile);
  return Dump(Json{{"namespace", "default"},
                   {"annotations",
                    {{"backstage.io/managed-by-location", file},
                     {"backstage.io/managed-by-origin-location", file}}},
                   {"name", std::string(source.name)},
                   {"title", std::string(source.title)},
                   {"description", std::string(source.description)},
                   {"uid", std::string(source.uid)},
                   {"etag", std::string(source.etag)}});
}

}  // namespace

Json NameSteps(Json steps) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    Json& step = steps[i];
    if (!step.contains("id")) step["id"] = absl::StrCat("step-", i + 1);
    if (!step.contains("name")) step["name"] = step.value("action", Json());
  }
  return steps;
}

std::string SpecText(const Template& source, absl::string_view values, absl::string_view user) {
  return absl::StrCat(
      "{\"apiVersion\":\"scaffolder.backstage.io/v1beta3\",\"steps\":", Dump(source.steps),
      ",\"output\":", Dump(source.output), ",\"parameters\":", values, ",\"user\":", user,
      ",\"templateInfo\":{\"entityRef\":\"template:default/", source.name,
      "\",\"baseUrl\":\"file://", kCatalogFile, "\",\"entity\":{\"metadata\":", source.metadata,
      "}}}");
}

TemplateCatalog::TemplateCatalog() {
  for (const Source& source : kSources) {
    templates_.push_back({std::string(source.name), Json::parse(source.parameters),
                          NameSteps(Json::parse(source.steps)), Json::parse(source.output),
                          Metadata(source), source.name == "ticker"});
  }
}

const Template* TemplateCatalog::Find(absl::string_view name) const {
  for (const Template& candidate : templates_) {
    if (candidate.name == name) return &candidate;
  }
  return nullptr;
}

}  // namespace portico::demo
