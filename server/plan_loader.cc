#include "server/plan_loader.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <system_error>

#include "absl/hash/hash.h"
#include "absl/strings/str_cat.h"
#include "core/capability/capability_lint.h"
#include "core/capability/import_resolver.h"
#include "core/overlay/overlay_parser.h"
#include "core/plan/plan_compiler.h"
#include "server/capability_batch.h"
#include "server/embedded_files.h"

namespace portico::server {
namespace {

namespace fs = std::filesystem;

void AddError(const std::string& file, std::string message, capability::Findings* findings) {
  findings->push_back({capability::Severity::kError, capability::Place{file, 0}, "",
                       std::move(message), capability::Rule::kUnreadableFile});
}

// `path` itself, or the capability files in the folder that it is.
std::vector<std::string> FilesAt(const std::string& path, capability::Findings* findings) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return {path};
  std::vector<std::string> files;
  for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error)) {
    const fs::path extension = at->path().extension();
    if (extension != ".yaml" && extension != ".yml") continue;
    std::error_code unknown;  // a link in a circle, for one; reading it says so
    if (at->is_regular_file(unknown) || unknown) files.push_back(at->path().string());
  }
  std::sort(files.begin(), files.end());
  if (error) AddError(path, absl::StrCat("cannot be listed: ", error.message()), findings);
  if (files.empty()) AddError(path, "holds no .yaml or .yml file", findings);
  return files;
}

std::optional<std::string> ReadFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream || fs::is_directory(path)) return std::nullopt;
  std::ostringstream text;
  text << stream.rdbuf();
  return std::move(text).str();
}

// A file, not the operator, names it: of a device or a pipe the end may never come.
std::optional<std::string> ReadImported(const std::string& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return std::nullopt;
  return ReadFile(path);
}

// Reads every file at `path` and hands it to `take`.
template <typename Take>
void ReadAll(const std::string& path, capability::Findings* findings, Take take) {
  for (const std::string& file : FilesAt(path, findings)) {
    if (std::optional<std::string> text = ReadFile(file)) {
      take(file, *std::move(text));
    } else {
      AddError(file, "cannot be read: does it exist, and may this user read it?", findings);
    }
  }
}

void ParseOverlay(const std::string& name, const std::string& text,
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

std::vector<CapabilityText> ReadTexts(const PlanSources& sources, capability::Findings* findings) {
  std::vector<CapabilityText> texts;
  for (const std::string& path : sources.paths) {
    ReadAll(path, findings, [&](const std::string& file, std::string text) {
      if (overlay::IsOverlay(text)) {
        AddError(file, absl::StrCat("is an overlay; name it with --overlay ", file), findings);
      } else {
        texts.push_back({file, std::move(text)});
      }
    });
  }
  if (!sources.paths.empty()) return texts;
  for (const EmbeddedFile& file : BuiltInCapabilities()) {
    texts.push_back({std::string(file.name), std::string(file.text)});
  }
  return texts;
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
    auto overlay = overlay::ParseOverlay(std::string(file.name), std::string(file.text), findings);
    if (!overlay.has_value()) continue;
    const auto& spaces = overlay->content.overlay();
    const bool concerns = std::any_of(spaces.begin(), spaces.end(), [&](const auto& one) {
      return Loaded(one.first, capabilities);
    });
    if (concerns) overlays->push_back(*std::move(overlay));
  }
}

bool Names(const BaseUris& uris, const std::string& space) {
  return std::any_of(uris.begin(), uris.end(),
                     [&](const auto& named) { return named.first == space; });
}

}  // namespace

PlanSources SourcesOf(const std::vector<std::string>& files,
                      const std::vector<std::string>& overlays) {
  PlanSources sources;
  sources.overlays = overlays;
  for (const std::string& file : files) {
    const bool is_overlay = overlay::IsOverlay(ReadFile(file).value_or(""));
    (is_overlay ? sources.overlays : sources.paths).push_back(file);
  }
  return sources;
}

std::shared_ptr<const plan::Plan> LoadPlan(const PlanSources& sources,
                                           capability::Findings* findings,
                                           std::vector<std::string>* imported) {
  std::vector<capability::Capability> capabilities =
      ParseCapabilities(ReadTexts(sources, findings), findings);
  for (const capability::Capability& capability : capabilities) {
    if (sources.advise) Advise(capability, findings);
  }
  LeaveOutShared(sources, &capabilities, findings);
  capability::ImportResolver imports(ReadImported, findings);
  for (capability::Capability& capability : capabilities) imports.Resolve(&capability);
  if (imported != nullptr) *imported = imports.files();
  plan::CompileOptions options;
  options.services = TypedServices();
  options.base_uris = sources.base_uris;
  options.allow_caller_authorization = sources.allow_caller_authorization;
  for (const auto& [space, uri] : sources.stand_ins) {
    if (Loaded(space, capabilities) && !Names(sources.base_uris, space)) {
      options.base_uris.emplace_back(space, uri);
    }
  }
  for (const std::string& path : sources.overlays) {
    if (path == kBuiltInOverlays) {
      AddBuiltInOverlays(capabilities, &options.overlays, findings);
      continue;
    }
    ReadAll(path, findings, [&](const std::string& file, const std::string& text) {
      ParseOverlay(file, text, &options.overlays, findings);
    });
  }
  std::shared_ptr<const plan::Plan> plan = plan::CompilePlan(capabilities, options, findings);
  if (plan != nullptr) WarnOfUnserved(capabilities, *plan, findings);
  return capability::HasErrors(*findings) ? nullptr : plan;
}

std::vector<std::string> FilesOf(const PlanSources& sources) {
  capability::Findings unheard;  // LoadPlan says it
  std::vector<std::string> files;
  for (const auto* const paths : {&sources.paths, &sources.overlays}) {
    for (const std::string& path : *paths) {
      if (path == kBuiltInOverlays) continue;
      for (std::string& file : FilesAt(path, &unheard)) files.push_back(std::move(file));
    }
  }
  return files;
}

std::size_t TextsOf(const std::vector<std::string>& files) {
  std::size_t texts = 0;
  for (const std::string& file : files) {
    texts = absl::HashOf(texts, file, ReadFile(file).value_or(""));
  }
  return texts;
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
