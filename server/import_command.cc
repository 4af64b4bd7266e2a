#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/openapi_import/api_reader.h"
#include "core/openapi_import/capability_writer.h"
#include "core/openapi_import/overlay_writer.h"
#include "core/plan/plan.h"
#include "core/plan/variable_text.h"
#include "gateway/openapi/yaml.h"
#include "server/commands.h"
#include "server/document_source.h"
#include "server/plan_loader.h"

namespace portico::server {
namespace {

namespace fs = std::filesystem;
using openapi_import::Api;

int Complain(const std::string& about, absl::string_view what) {
  std::cerr << about << ": " << what << '\n';
  return 1;
}

void Print(const capability::Findings& findings) {
  for (const capability::Finding& finding : findings) std::cerr << ToString(finding) << '\n';
}

// `output` itself when it names a YAML file, else NAMESPACE.yaml in the folder that it is.
fs::path CapabilityPath(const std::string& output, const Api& api) {
  fs::path path = output.empty() ? "." : output;
  if (path.extension() == ".yaml" || path.extension() == ".yml") return path;
  return path / absl::StrCat(api.space, ".yaml");
}

// Beside the capability files and not among them, so that a folder of them can be served.
fs::path OverlayPath(const fs::path& capability) {
  return capability.parent_path() / "overlays" / capability.filename();
}

absl::Status Write(const fs::path& path, const std::string& text) {
  std::error_code error;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  std::ofstream stream(path, std::ios::binary);
  stream << text;
  stream.close();
  return stream ? absl::OkStatus() : absl::UnavailableError("cannot be written");
}

// What was written, held against what reads it; null when that has errors.
std::shared_ptr<const plan::Plan> Loaded(const fs::path& file,
                                         const std::optional<fs::path>& overlay) {
  PlanSources sources;
  sources.paths = {file.string()};
  if (overlay.has_value()) sources.overlays = {overlay->string()};
  capability::Findings findings;
  std::shared_ptr<const plan::Plan> plan = LoadPlan(sources, &findings);
  Print(findings);
  return plan;
}

// The environment variables that hold its credentials.
std::set<std::string> SecretsOf(const plan::Plan& plan) {
  std::set<std::string> secrets;
  const auto add = [&](const plan::Authentication& authentication) {
    for (const std::string& text : {authentication.username, authentication.secret}) {
      for (const std::string& name : plan::VariablesOf(text)) {
        secrets.insert(plan::EnvironmentVariableOf(name, authentication.variables));
      }
    }
  };
  for (const plan::Upstream& upstream : plan.upstreams()) {
    add(upstream.authentication);
    for (const plan::Authentication& further : upstream.further_authentication) add(further);
  }
  return secrets;
}

}  // namespace

int Import(const ImportArguments& arguments) {
  upstream::CurlOptions curl;
  curl.ca_file = arguments.ca_file;
  const auto text = ReadSource(arguments.source, curl);
  if (!text.ok()) return Complain(arguments.source, text.status().message());
  openapi_import::ImportOptions options;
  if (IsUrl(arguments.source)) options.document_url = arguments.source;
  options.space = arguments.space;
  options.base_uri = arguments.base_uri;
  options.tags = arguments.tags;
  options.paths = arguments.paths;
  capability::Findings findings;
  capability::FindingLog log(arguments.source, &findings);
  const std::optional<Api> api = openapi_import::ReadApi(*text, options, &log);
  log.Close();
  Print(findings);
  if (!api.has_value() || log.has_errors()) return 1;

  const std::string origin =
      absl::StrCat("# Made by `portico import openapi` from ", arguments.source, ".\n");
  const fs::path file = CapabilityPath(arguments.output, *api);
  std::optional<fs::path> overlay;
  const openapi_import::Json said = openapi_import::WriteOverlay(*api);
  if (!said.is_null()) overlay = OverlayPath(file);
  for (const fs::path& path : {file, overlay.value_or(file)}) {
    std::error_code unknown;  // writing says what is wrong
    if (fs::exists(path, unknown) && !arguments.force) {
      return Complain(path.string(), "exists; --force replaces it");
    }
  }
  const std::string capability = openapi::ToYaml(openapi_import::WriteCapability(*api));
  if (const auto written = Write(file, absl::StrCat(origin, capability)); !written.ok()) {
    return Complain(file.string(), written.message());
  }
  std::cout << "wrote " << file.string() << ": " << api->operations.size() << " operations\n";
  if (overlay.has_value()) {
    const auto written = Write(*overlay, absl::StrCat(origin, openapi::ToYaml(said)));
    if (!written.ok()) return Complain(overlay->string(), written.message());
    std::cout << "wrote " << overlay->string() << ": what no capability file can say\n";
  }
  const std::shared_ptr<const plan::Plan> plan = Loaded(file, overlay);
  if (plan == nullptr) return 1;
  const std::set<std::string> secrets = SecretsOf(*plan);
  if (!secrets.empty()) {
    std::cout << "set in the environment: " << absl::StrJoin(secrets, ", ") << '\n';
  }
  std::cout << "serve with: portico serve --capability " << file.string();
  if (overlay.has_value()) std::cout << " --overlay " << overlay->string();
  std::cout << '\n';
  return 0;
}

}  // namespace portico::server
