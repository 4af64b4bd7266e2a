#include "core/plan/library_compiler.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/capability/suggestion.h"
#include "core/plan/binding_compiler.h"
#include "core/plan/located_files.h"
#include "core/plan/name_folding.h"
#include "core/plan/percent_encoding.h"
#include "core/plan/recipe_resolver.h"

namespace portico::plan {
namespace {

using capability::FindingLog;
using capability::McpResource;

// "{{x}}" and "{x}" of a resource's `with` mean the placeholder x of its URI, where it has one.
std::string PlaceholderOf(absl::string_view value) {
  absl::string_view name = value;
  while (absl::StartsWith(name, "{") && absl::EndsWith(name, "}")) {
    name = name.substr(1, name.size() - 2);
  }
  name = absl::StripAsciiWhitespace(name);
  const bool whole =
      name.size() < value.size() && name.find_first_of("{}.") == absl::string_view::npos;
  return whole ? std::string(name) : "";
}

capability::Call InDoorsWords(const McpResource& written,
                              const std::vector<std::string>& placeholders) {
  capability::Call call = written.call;
  if (!call.with.has_value()) return call;
  for (capability::Entry& entry : *call.with) {
    const std::string name = PlaceholderOf(entry.value.text);
    if (FindName(placeholders, name).has_value()) entry.value.text = absl::StrCat("tools.", name);
  }
  return call;
}

// "docs://a/{b}" -> "/a/{b}", behind "docs:/". Text without "://" has no placeholders.
std::string PathOf(absl::string_view uri) {
  const std::size_t authority = uri.find("://");
  return authority == absl::string_view::npos ? "" : std::string(uri.substr(authority + 2));
}

std::string EncodedPath(absl::string_view path) {
  std::string encoded;
  while (true) {
    const std::size_t end = path.find('/');
    AppendEncoded(path.substr(0, end), &encoded);
    if (end == absl::string_view::npos) return encoded;
    encoded += '/';
    path.remove_prefix(end + 1);
  }
}

}  // namespace

void LibraryCompiler::Compile(const capability::Capability& capability,
                              const capability::Expose& expose, std::size_t file, FindingLog* log) {
  spaces_.clear();
  for (const capability::Consume& consume : capability.consumes) {
    spaces_.push_back(consume.space.text);
  }
  for (const McpResource& resource : expose.mcp_resources) {
    CompileResource(expose, resource, file, log);
  }
  for (const capability::Prompt& prompt : expose.prompts) CompilePrompt(prompt, log);
}

void LibraryCompiler::CompileResource(const capability::Expose& expose, const McpResource& written,
                                      std::size_t file, FindingLog* log) {
  Resource resource;
  resource.name = written.name.text;
  resource.title = written.title.text;
  resource.description = written.description.text;
  resource.uri = written.uri.text;
  resource.mime_type = written.mime_type.text;
  resource.spaces = spaces_;
  resource.place = {log->file(), written.position.line};
  const auto path = PathTemplate::Parse(PathOf(resource.uri));
  if (!path.ok()) {
    log->Error(capability::Rule::kBadResource, written.uri.line,
               absl::StrCat(written.position.key, ".uri"), std::string(path.status().message()));
    return;
  }
  resource.path = *path;
  const bool made = written.location.present() ? ReadFiles(written, &resource, log)
                                               : CompileCall(expose, written, file, &resource, log);
  if (made && Claim("resource", written.uri, written.position, log)) {
    draft_->resources.push_back(std::move(resource));
  }
}

bool LibraryCompiler::CompileCall(const capability::Expose& expose, const McpResource& written,
                                  std::size_t file, Resource* resource, FindingLog* log) {
  const CallResolver::Target target =
      resolver_->Resolve(file, written.call.operation.text, /*nth=*/0);
  if (!target.problem.empty()) {
    log->Error(capability::Rule::kUnresolvedCall, written.call.operation.line,
               absl::StrCat(written.position.key, ".call"), target.problem);
  }
  if (target.operation == nullptr) return false;
  const capability::Call call = InDoorsWords(written, resource->path.placeholders());
  const DraftOperation& called = *compositions_->Preset(
      {&call, NamespaceOf(expose, "mcp"), resource->name, resource->place, {}}, target.operation);
  Tool& tool = resource->call.emplace();
  tool.name = resource->name;
  tool.description = resource->description;
  tool.operation = called.operation.get();
  tool.hints.read_only = true;
  tool.place = resource->place;
  tool.bindings =
      CompileBindings({&call, written.position, expose.space.text, nullptr}, called, log);
  const auto& names = resource->path.placeholders();
  for (const Binding& binding : tool.bindings) {
    if (binding.caller_name.empty() || binding.parameter == "body") continue;
    const auto parameter =
        std::find_if(tool.operation->parameters.begin(), tool.operation->parameters.end(),
                     [&](const Parameter& one) { return one.name == binding.parameter; });
    const bool needed = parameter != tool.operation->parameters.end() && parameter->required;
    if (!needed || std::find(names.begin(), names.end(), binding.caller_name) != names.end()) {
      continue;
    }
    log->Error(capability::Rule::kBadResource, written.uri.line,
               absl::StrCat(written.position.key, ".uri"),
               absl::StrCat("has no {", binding.caller_name, "}, which ", tool.operation->id,
                            " requires"));
  }
  return true;
}

bool LibraryCompiler::ReadFiles(const McpResource& written, Resource* resource, FindingLog* log) {
  const std::string key = absl::StrCat(written.position.key, ".location");
  if (resource->is_template()) {
    log->Error(capability::Rule::kBadResource, written.uri.line,
               absl::StrCat(written.position.key, ".uri"),
               "holds a placeholder, but files are known by their paths; leave it out");
    return false;
  }
  auto files = ReadLocation(log->file(), written.location.text);
  if (!files.ok()) {
    log->Error(capability::Rule::kBadResource, written.location.line, key,
               std::string(files.status().message()));
    return false;
  }
  for (LocatedFile& file : *files) {
    std::string uri = resource->uri;
    if (!file.path.empty()) {
      absl::StrAppend(&uri, absl::EndsWith(uri, "/") ? "" : "/", EncodedPath(file.path));
    }
    const bool known = !resource->mime_type.empty();
    const std::string named = file.path.empty() ? written.location.text : file.path;
    resource->files.push_back(
        {std::move(uri), known ? resource->mime_type : MimeTypeOf(named), std::move(file.bytes)});
  }
  if (resource->files.empty())
    log->Warn(capability::Rule::kBadResource, written.location.line, key, "holds no files");
  return !resource->files.empty();
}

void LibraryCompiler::CompilePrompt(const capability::Prompt& written, FindingLog* log) {
  Prompt prompt;
  prompt.name = written.name.text;
  prompt.title = written.title.text;
  prompt.description = written.description.text;
  prompt.spaces = spaces_;
  prompt.place = {log->file(), written.position.line};
  for (const capability::PromptArgument& argument : written.arguments) {
    const bool required = !argument.required.present() || argument.required.value;
    prompt.arguments.push_back(
        {argument.name.text, argument.title.text, argument.description.text, required});
  }
  for (const capability::PromptMessage& message : written.messages) {
    prompt.messages.push_back({message.role.text, message.content.text});
  }
  if (written.location.present()) {
    auto files = ReadLocation(log->file(), written.location.text);
    if (files.ok() && (files->size() != 1 || !files->front().path.empty())) {
      files = absl::InvalidArgumentError("must be one file");
    }
    if (!files.ok()) {
      log->Error(capability::Rule::kBadResource, written.location.line,
                 absl::StrCat(written.position.key, ".location"),
                 std::string(files.status().message()));
      return;
    }
    prompt.messages.push_back({"user", std::move(files->front().bytes)});
  }
  CheckPlaceholders(written, prompt, log);
  if (Claim("prompt", written.name, written.position, log)) {
    draft_->prompts.push_back(std::move(prompt));
  }
}

void LibraryCompiler::CheckPlaceholders(const capability::Prompt& written, const Prompt& prompt,
                                        FindingLog* log) {
  std::vector<std::string> names;
  for (const Prompt::Argument& argument : prompt.arguments) names.push_back(argument.name);
  for (const Prompt::Message& message : prompt.messages) {
    for (std::size_t open = message.text.find("{{"); open != std::string::npos;
         open = message.text.find("{{", open + 2)) {
      const std::size_t close = message.text.find("}}", open);
      if (close == std::string::npos) break;
      const std::string name(
          absl::StripAsciiWhitespace(message.text.substr(open + 2, close - open - 2)));
      if (std::find(names.begin(), names.end(), name) != names.end()) continue;
      log->Warn(capability::Rule::kBadResource, written.position.line, written.position.key,
                absl::StrCat("\"{{", name.substr(0, 64), "}}\" is no argument and stays as it is",
                             capability::DidYouMean(name, names)));
    }
  }
}

bool LibraryCompiler::Claim(absl::string_view kind, const capability::Text& name,
                            const capability::Position& position, FindingLog* log) {
  const auto [first, fresh] = places_.emplace(absl::StrCat(kind, " ", name.text),
                                              capability::Place{log->file(), position.line});
  if (!fresh) {
    log->Warn(capability::Rule::kRepeatedName, name.line, position.key,
              absl::StrCat("the ", kind, " \"", name.text, "\" is already served from ",
                           first->second.file, ":", first->second.line, "; this one is left out"));
  }
  return fresh;
}

std::string MimeTypeOf(absl::string_view path) {
  static constexpr std::pair<absl::string_view, absl::string_view> kTypes[] = {
      {".csv", "text/csv"},        {".gif", "image/gif"},         {".html", "text/html"},
      {".jpeg", "image/jpeg"},     {".jpg", "image/jpeg"},        {".json", "application/json"},
      {".md", "text/markdown"},    {".mp3", "audio/mpeg"},        {".pdf", "application/pdf"},
      {".png", "image/png"},       {".proto", "text/plain"},      {".svg", "image/svg+xml"},
      {".txt", "text/plain"},      {".wav", "audio/wav"},         {".webp", "image/webp"},
      {".xml", "application/xml"}, {".yaml", "application/yaml"}, {".yml", "application/yaml"},
      {".zip", "application/zip"},
  };
  for (const auto& [ending, type] : kTypes) {
    if (absl::EndsWithIgnoreCase(path, ending)) return std::string(type);
  }
  return "application/octet-stream";
}

}  // namespace portico::plan
