#include "demo/backstage_dry_run.h"

#include <cstddef>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "demo/backstage_expression.h"
#include "demo/backstage_template.h"
#include "demo/utf8.h"

namespace portico::demo {
namespace {

std::string Info(absl::string_view message) {
  return absl::StrCat("\x1b[32minfo\x1b[39m: ", message);
}

bool LeavesDirectory(absl::string_view path) {
  int depth = 0;
  for (absl::string_view part : absl::StrSplit(path, '/', absl::SkipEmpty())) {
    if (part == ".") continue;
    depth += part == ".." ? -1 : 1;
    if (depth < 0) return true;
  }
  return absl::StartsWith(path, "/");
}

// Without "./" and "name/.." parts; `path` stays in its directory.
std::string Normalized(absl::string_view path) {
  std::vector<absl::string_view> parts;
  for (absl::string_view part : absl::StrSplit(path, '/', absl::SkipEmpty())) {
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (part != ".") {
      parts.push_back(part);
    }
  }
  return absl::StrJoin(parts, "/");
}

bool IsText(const std::string& content) {
  return IsUtf8(content) && content.find('\0') == std::string::npos;
}

std::string TextAt(const Json& object, const char* key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

Json MemberOr(const Json& object, const char* key, const Json& fallback) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return found != object.end() ? *found : fallback;
}

Json ObjectSteps(const Json& spec) {
  Json steps = Json::array();
  for (const Json& step : MemberOr(spec, "steps", Json::array())) {
    if (step.is_object()) steps.push_back(step);
  }
  return NameSteps(std::move(steps));
}

}  // namespace

DryRun::DryRun(const Json& template_entity, const Json& values)
    : spec_(MemberOr(template_entity, "spec", Json::object())), steps_(ObjectSteps(spec_)) {
  scope_["parameters"] = values;
}

absl::Status DryRun::AddFile(const std::string& path, const std::string& base64_content) {
  if (LeavesDirectory(path)) {
    return absl::PermissionDeniedError(
        "Relative path is not allowed to refer to a directory outside its parent");
  }
  std::string content;
  if (!absl::Base64Unescape(base64_content, &content)) {
    return absl::InvalidArgumentError(absl::StrCat("Content of ", path, " is not base64"));
  }
  files_[Normalized(path)] = std::move(content);
  return absl::OkStatus();
}

absl::StatusOr<Json> DryRun::Execute() {
  // The vendor counts the step that unpacks the files.
  log_.push_back(
      {{"body",
        {{"message", absl::StrCat("Starting up task with ", steps_.size() + 1, " steps")}}}});
  for (const Json& step : steps_) {
    if (absl::Status status = ExecuteStep(step); !status.ok()) return status;
  }
  Json contents = Json::array();
  for (const auto& [path, content] : workspace_) {
    contents.push_back(
        {{"path", path}, {"executable", false}, {"base64Content", absl::Base64Escape(content)}});
  }
  return Json{{"log", log_},
              {"directoryContents", contents},
              {"output", Render(MemberOr(spec_, "output", Json::object()), scope_)},
              {"steps", steps_}};
}

absl::Status DryRun::ExecuteStep(const Json& step) {
  const std::string action = TextAt(step, "action");
  const std::string id = TextAt(step, "id");
  const std::string name = TextAt(step, "name");
  Log(id, absl::StrCat("Beginning step ", name), "processing");
  if (action != "fetch:template" && action != "debug:log" && action != "debug:wait") {
    return absl::NotFoundError(absl::StrCat(
        "Template action with ID '", action,
        "' is not registered. See https://backstage.io/docs/features/software-templates/"
        "builtin-actions/ on how to add a new action module."));
  }
  const Json input = Render(MemberOr(step, "input", Json::object()), scope_);
  Log(id, Info(absl::StrCat("Running ", action,
                            " in dry-run mode with inputs (secrets redacted): ", Dump(input, 2))));
  if (action == "debug:wait") {
    Log(id, "Skipping because debug:wait does not support dry-run", "skipped");
    return absl::OkStatus();
  }
  if (action == "fetch:template") FetchTemplate(input, id);
  if (action == "debug:log") LogText(input, id);
  Log(id, absl::StrCat("Finished step ", name), "completed");
  return absl::OkStatus();
}

void DryRun::FetchTemplate(const Json& input, const std::string& step_id) {
  const std::string folder = Normalized(TextAt(input, "url"));
  const std::string prefix = folder.empty() ? "" : absl::StrCat(folder, "/");
  const Json values = MemberOr(input, "values", Json::object());
  std::map<std::string, std::string> sources;
  for (const auto& [path, content] : files_) {
    absl::string_view name = path;
    if (absl::ConsumePrefix(&name, prefix)) sources[std::string(name)] = content;
  }
  Log(step_id, Info("Fetching template content from remote URL"));
  Log(step_id, Info("Listing files and directories in template"));
  Log(step_id, Info(absl::StrCat("Processing ", sources.size(),
                                 " template files/directories with input values ", Dump(values))));
  for (const auto& [name, content] : sources) {
    WriteFile(name, content, {{"values", values}}, step_id);
  }
  Log(step_id, Info(absl::StrCat("Template result written to /app/w/dry-run-", ids_.Uuid())));
}

void DryRun::WriteFile(const std::string& name, const std::string& content, const Json& scope,
                       const std::string& step_id) {
  if (IsText(content)) {
    Log(step_id,
        Info(absl::StrCat("Writing file ", name, " to template output path with mode 33188.")));
    workspace_[name] = RenderText(content, scope);
  } else {
    Log(step_id, Info(absl::StrCat("Copying file binary or symbolic link at ", name,
                                   ", to template output path.")));
    workspace_[name] = content;
  }
}

void DryRun::LogText(const Json& input, const std::string& step_id) {
  Log(step_id, Info(Dump(input, 2)));
  Log(step_id, Info(TextAt(input, "message")));
  if (MemberOr(input, "listWorkspace", false) != Json(true)) return;
  const std::string files = absl::StrJoin(workspace_, "\n", [](std::string* out, const auto& file) {
    absl::StrAppend(out, "  - ", file.first);
  });
  Log(step_id, Info(absl::StrCat("Workspace:\n", files)));
}

void DryRun::Log(const std::string& step_id, const std::string& message, const char* status) {
  Json body = {{"stepId", step_id}};
  if (*status != '\0') body["status"] = status;
  body["message"] = message;
  log_.push_back({{"body", body}});
}

}  // namespace portico::demo
