#include "server/plan_loader.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "core/capability/capability_lint.h"
#include "core/capability/capability_parser.h"
#include "core/overlay/overlay_parser.h"
#include "core/plan/plan_compiler.h"
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
  for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
    const fs::path extension = entry.path().extension();
    if (entry.is_regular_file() && (extension == ".yaml" || extension == ".yml")) {
      files.push_back(entry.path().string());
    }
  }
  std::sort(files.begin(), files.end());
  if (error) AddError(path, absl::StrCat("cannot be listed: ", error.message()), findings);
  if (files.empty()) AddError(path, "holds no .yaml or .yml file", findings);
  return files;
}

std::optional<std::string> ReadFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream || fs::is_directory(path)) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

void Parse(const std::string& name, const std::string& text,
           std::vector<capability::Capability>* capabilities, capability::Findings* findings) {
  auto capability = capability::ParseCapability(name, text, findings);
  if (capability.has_value()) capabilities->push_back(*std::move(capability));
}

void ParseOverlay(const std::string& name, const std::string& text,
                  std::vector<overlay::Overlay>* overlays, capability::Findings* findings) {
  auto overlay = overlay::ParseOverlay(name, text, findings);
  if (overlay.has_value()) overlays->push_back(*std::move(overlay));
}

// Reads every file at `paths` and hands it to `take`.
template <typename Take>
void ReadAll(const std::vector<std::string>& paths, capability::Findings* findings, Take take) {
  for (const std::string& path : paths) {
    for (const std::string& file : FilesAt(path, findings)) {
      if (std::optional<std::string> text = ReadFile(file)) {
        take(file, *text);
      } else {
        AddError(file, "cannot be read: does it exist, and may this user read it?", findings);
      }
    }
  }
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

std::shared_ptr<const plan::Plan> LoadPlan(const PlanSources& sources,
                                           capability::Findings* findings) {
  std::vector<capability::Capability> capabilities;
  ReadAll(sources.paths, findings, [&](const std::string& file, const std::string& text) {
    if (overlay::IsOverlay(text)) {
      AddError(file, absl::StrCat("is an overlay; name it with --overlay ", file), findings);
    } else {
      Parse(file, text, &capabilities, findings);
      if (sources.advise && !capabilities.empty() && capabilities.back().file == file) {
        Advise(capabilities.back(), findings);
      }
    }
  });
  if (sources.paths.empty()) {
    for (const EmbeddedFile& file : BuiltInCapabilities()) {
      Parse(std::string(file.name), std::string(file.text), &capabilities, findings);
    }
  }
  plan::CompileOptions options;
  options.services = TypedServices();
  options.base_uris = sources.base_uris;
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
    ReadAll({path}, findings, [&](const std::string& file, const std::string& text) {
      ParseOverlay(file, text, &options.overlays, findings);
    });
  }
  std::shared_ptr<const plan::Plan> plan = plan::CompilePlan(capabilities, options, findings);
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
