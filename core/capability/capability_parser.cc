#include "core/capability/capability_parser.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/capability/aggregate_parser.h"
#include "core/capability/consume_parser.h"
#include "core/capability/expose_parser.h"
#include "core/capability/finding_log.h"
#include "core/capability/map_reader.h"
#include "core/capability/yaml_tree.h"

namespace portico::capability {
namespace {

Info ReadInfo(MapReader& reader) {
  Info info;
  info.label = reader.Optional("label");
  info.description = reader.Optional("description");
  info.tags = reader.Texts("tags");
  info.created = reader.Optional("created");
  info.modified = reader.Optional("modified");
  reader.Ignore({"title", "version", "stakeholders", "license", "contact"});
  return info;
}

Bind ReadBind(MapReader& reader) {
  Bind bind;
  bind.position = reader.position();
  bind.space = reader.Required("namespace");
  reader.Entries("keys", &bind.keys);
  reader.Unsupported("location", "is not read: the keys come from the environment");
  reader.Ignore({"description", "type"});
  return bind;
}

void ReadBody(MapReader& reader, Capability* capability) {
  reader.Each("consumes", "namespace", "a consumed API",
              [&](MapReader& item) { capability->consumes.push_back(ReadConsume(item)); });
  reader.Each("aggregates", "namespace", "an aggregate",
              [&](MapReader& item) { capability->aggregates.push_back(ReadAggregate(item)); });
  reader.Each("exposes", "namespace", "an exposed door",
              [&](MapReader& item) { capability->exposes.push_back(ReadExpose(item)); });
  if (reader.valid() && !reader.Has("consumes") && !reader.Has("exposes") &&
      !reader.Has("aggregates")) {
    reader.Error("consumes", reader.position().line, "is missing; a capability needs it");
  }
}

void ReadBinds(MapReader& reader, Capability* capability) {
  reader.Each("binds", "namespace", "a bind",
              [&](MapReader& item) { capability->binds.push_back(ReadBind(item)); });
}

void ReadRoot(MapReader& reader, Capability* capability) {
  if (reader.Has("ikanos")) {  // the language's name from 1.0.0-alpha3 on
    capability->version = reader.Required("ikanos");
  } else {
    capability->version = reader.Required("naftiko");
  }
  reader.Nested("info", "the info of a capability file",
                [&](MapReader& item) { capability->info = ReadInfo(item); });
  ReadBinds(reader, capability);
  if (!reader.Has("capability") && (reader.Has("consumes") || reader.Has("aggregates"))) {
    capability->shared = true;
    ReadBody(reader, capability);
    return;
  }
  const bool found = reader.Nested("capability", "a capability", [&](MapReader& item) {
    ReadBody(item, capability);
    ReadBinds(item, capability);
  });
  if (!found && reader.valid()) {
    reader.Error("capability", reader.position().line, "is missing; a capability file needs it");
  }
}

}  // namespace

std::optional<Capability> ParseCapability(const std::string& file, absl::string_view text,
                                          Findings* findings) {
  Findings found;
  FindingLog log(file, &found);
  Capability capability;
  capability.file = file;
  if (const std::shared_ptr<const YamlNode> root = ParseYaml(text, &log)) {
    MapReader reader(*root, {root->line, ""}, "a capability file", &log);
    ReadRoot(reader, &capability);
    reader.Finish();
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Finding& a, const Finding& b) { return a.place.line < b.place.line; });
  log.Close();
  findings->insert(findings->end(), found.begin(), found.end());
  if (log.has_errors()) return std::nullopt;
  return capability;
}

}  // namespace portico::capability
