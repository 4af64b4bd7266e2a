#include "server/plan_loader.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <optional>
#include <set>

#include "absl/strings/str_cat.h"
#include "core/capability/capability_lint.h"
#include "core/capability/import_resolver.h"
#include "core/overlay/overlay_parser.h"
#include "core/plan/plan_compiler.h"
#include "server/capability_batch.h"
#include "server/embedded_files.h"

namespace portico::server {
namespace {

void AddError(const std::string& file, std::string message, capability::Findings* findings) {
  findings->push_back({capability::Severity::kError, capability::Place{file, 0}, "",
                       std::move(message), capability::Rule::kUnreadableFile});
}

// Reads every file at `path` and hands it to `take`.
template <typename Take>
void ReadAll(const std::string& path, SourceFiles* files, capability::Findings* findings,
             Take take) {
  for (const std::string& file : files->List(path, findings)) {
    if (const std::optional<std::string>& text = files->Read(file)) {
      take(file, *text);
    } else {
      AddError(file, "cannot be read: does it exist, and may this user read it?", findings);
    }
  }
}

void ParseOverlay(const std::string& name, absl::string_view text,
                  std::vector<overlay::Overlay>* overlays, capability::Findings* findings) {
  auto overlay = overlay::ParseOverlay(name, text, findings);
  if (overlay.has_value()) overlays->push_back(*std::move(overlay));
}

void WarnOfShared(const capability::Capability& capability, capability::Findings* findings) {
  findings->push_back({capability::Severity::kWarning,
                       {capability.file, 1},
                       "",
                       "serves nothing: without \"capability\" it is there to be imported",
                       capability::Rule::kNotServed});
}

// What `paths` hold, taken apart.
struct Texts {
  std::vector<CapabilityText> capabilities;
  std::vector<CapabilityText> overlays;
};

Texts ReadTexts(const PlanSources& sources, SourceFiles* files, capability::Findings* findings) {
  Texts texts;
  for (const std::string& path : sources.paths) {
    ReadAll(path, files, findings, [&](const std::string& file, absl::string_view text) {
      if (!overlay::IsOverlay(text)) {
        texts.capabilities.push_back({file, text});
      } else if (sources.overlays_among_paths && file == path) {
        texts.overlays.push_back({file, text});
      } else {
        AddError(file, absl::StrCat("is an overlay; name it with --overlay ", file), findings);
      }
    });
  }
  if (texts.overlays.size() < sources.paths.size()) return texts;
  for (const EmbeddedFile& file : BuiltInCapabilities()) {
    texts.capabilities.push_back({std::string(file.name), file.text});
  }
  return texts;
}

// Files that the Plan compiler will read.
void CountLocations(const capability::Capability& capability, SourceFiles* files) {
  for (const capability::Expose& expose : capability.exposes) {
    for (const capability::McpResource& resource : expose.mcp_resources) {
      if (resource.location.present()) files->Count({capability.file, resource.location.text});
    }
    for (const capability::Prompt& prompt : expose.prompts) {
      if (prompt.location.present()) files->Count({capability.file, prompt.location.text});
    }
  }
}

// Takes out what is there to be imported. It stands in folders beside what imports it, but
// who names such a file means to serve it.
void LeaveOutShared(const PlanSources& sources, std::vector<capability::Capability>* capabilities,
                    capability::Findings* findings) {
  const auto& named = sources.paths;
  for (const capability::Capability& capability : *capabilities) {
    if (!capability.shared) continue;
    if (std::find(named.begin(), named.end(), capability.file) == named.end()) continue;
    WarnOfShared(capability, findings);
  }
  capabilities->erase(std::remove_if(capabilities->begin(), capabilities->end(),
                                     [](const auto& capability) { return capability.shared; }),
                      capabilities->end());
}

void Advise(const capability::Capability& capability, capability::Findings* findings) {
  capability::FindingLog log(capability.file, findings);
  capability::Advise(capability, &log);
  log.Close();
}

std::vector<capability::Capability> ReadCapabilities(const PlanSources& sources,
                                                     const std::vector<CapabilityText>& texts,
                                                     SourceFiles* files,
                                                     capability::Findings* findings) {
  std::vector<capability::Capability> capabilities = ParseCapabilities(texts, findings);
  for (const capability::Capability& capability : capabilities) {
    if (sources.advise) Advise(capability, findings);
  }
  LeaveOutShared(sources, &capabilities, findings);
  capability::ImportResolver imports([&](const std::string& path) { return files->Read(path); },
                                     findings);
  for (capability::Capability& capability : capabilities) {
    imports.Resolve(&capability);
    CountLocations(capability, files);
  }
  return capabilities;
}

bool Loaded(const std::string& space, const std::vector<capability::Capability>& capabilities) {
  for (const capability::Capability& capability : capabilities) {
    for (const capability::Consume& consume : capability.consumes) {
      if (consume.space.text == space) return true;
    }
  }
  return false;
}

// A file without a door may still have a hand-written service.
void WarnOfUnserved(const std::vector<capability::Capability>& capabilities, const plan::Plan& plan,
                    capability::Findings* findings) {
  std::set<std::string> served;
  for (const plan::Method& method : plan.methods()) served.insert(method.operation->space);
  for (const capability::Capability& capability : capabilities) {
    for (const capability::Consume& consume : capability.consumes) {
      if (!capability.exposes.empty() || served.count(consume.space.text) > 0) continue;
      findings->push_back(
          {capability::Severity::kWarning,
           {capability.file, consume.position.line},
           "capability.exposes",
           absl::StrCat("is missing: no door serves the operations of \"", consume.space.text,
                        "\"; add one of type rest, mcp or grpc"),
           capability::Rule::kNotServed});
    }
  }
}

void AddBuiltInOverlays(const std::vector<capability::Capability>& capabilities,
                        std::vector<overlay::Overlay>* overlays, capability::Findings* findings) {
  for (const EmbeddedFile& file : BuiltInOverlays()) {
    auto overlay = overlay::ParseOverlay(std::string(file.name), file.text, findings);
    if (!overlay.has_value()) continue;
    const auto& spaces = overlay->content.overlay();
    const bool concerns = std::any_of(spaces.begin(), spaces.end(), [&](const auto& one) {
      return Loaded(one.first, capabilities);
    });
    if (concerns) overlays->push_back(*std::move(overlay));
  }
}

std::vector<overlay::Overlay> ReadOverlays(const PlanSources& sources,
                                           const std::vector<CapabilityText>& among_paths,
                                           const std::vector<capability::Capability>& capabilities,
                                           SourceFiles* files, capability::Findings* findings) {
  std::vector<overlay::Overlay> overlays;
  for (const std::string& path : sources.overlays) {
    if (path == kBuiltInOverlays) {
      AddBuiltInOverlays(capabilities, &overlays, findings);
      continue;
    }
    ReadAll(path, files, findings, [&](const std::string& file, absl::string_view text) {
      ParseOverlay(file, text, &overlays, findings);
    });
  }
  for (const CapabilityText& one : among_paths) {
    ParseOverlay(one.file, one.text, &overlays, findings);
  }
  return overlays;
}

bool Names(const BaseUris& uris, const std::string& space) {
  return std::any_of(uris.begin(), uris.end(),
                     [&](const auto& named) { return named.first == space; });
}

BaseUris BaseUrisOf(const PlanSources& sources,
                    const std::vector<capability::Capability>& capabilities) {
  BaseUris uris = sources.base_uris;
  for (const auto& [space, uri] : sources.stand_ins) {
    if (Loaded(space, capabilities) && !Names(sources.base_uris, space)) {
      uris.emplace_back(space, uri);
    }
  }
  return uris;
}

}  // namespace

std::shared_ptr<const plan::Plan> LoadPlan(const PlanSources& sources,
                                           capability::Findings* findings) {
  SourceFiles files;
  return LoadPlan(sources, &files, findings);
}

std::shared_ptr<const plan::Plan> LoadPlan(const PlanSources& sources, SourceFiles* files,
                                           capability::Findings* findings) {
  const Texts texts = ReadTexts(sources, files, findings);
  const std::vector<capability::Capability> capabilities =
      ReadCapabilities(sources, texts.capabilities, files, findings);
  plan::CompileOptions options;
  options.services = TypedServices();
  options.base_uris = BaseUrisOf(sources, capabilities);
  options.environment = sources.environment;
  options.allow_caller_authorization = sources.allow_caller_authorization;
  options.overlays = ReadOverlays(sources, texts.overlays, capabilities, files, findings);
  std::shared_ptr<const plan::Plan> plan = plan::CompilePlan(capabilities, options, findings);
  if (plan != nullptr) WarnOfUnserved(capabilities, *plan, findings);
  return capability::HasErrors(*findings) ? nullptr : plan;
}

std::vector<const google::protobuf::ServiceDescriptor*> TypedServices() {
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  std::vector<const google::protobuf::ServiceDescriptor*> services;
  for (const char* name :
       {"backstage.scaffolder.v1.TasksService", "render.workflows.v1.WorkflowTasksService",
        "northflank.jobs.v1.JobsService"}) {
    services.push_back(pool->FindServiceByName(name));
  }
  return services;
}

}  // namespace portico::server
