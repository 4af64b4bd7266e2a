#include "core/openapi_import/api_reader.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/openapi_import/body_reader.h"
#include "core/openapi_import/document.h"
#include "core/openapi_import/operation_names.h"
#include "core/openapi_import/parameter_reader.h"
#include "core/openapi_import/reference_resolver.h"
#include "core/openapi_import/schema_reader.h"
#include "core/openapi_import/security_reader.h"
#include "core/openapi_import/server_reader.h"
#include "core/plan/operation_compiler.h"
#include "core/plan/parameter_compiler.h"
#include "core/plan/path_template.h"

namespace portico::openapi_import {
namespace {

// What MCP shows of a tool.
constexpr std::size_t kMaxDescription = 1000;
constexpr std::size_t kMaxSummary = 120;

bool IsMethod(absl::string_view key) {
  for (const char* method : {"get", "post", "put", "patch", "delete", "head", "options"}) {
    if (key == method) return true;
  }
  return false;
}

class ApiReader {
 public:
  ApiReader(const YamlNode& root, const ImportOptions& options, capability::FindingLog* log)
      : root_(root),
        options_(options),
        log_(log),
        resolver_(root, log),
        servers_(options.document_url, options.base_uri, log) {}

  std::optional<Api> Read() {
    ReadInfo();
    const YamlNode* paths = root_.Find("paths");
    if (paths != nullptr) {
      for (std::size_t i = 0; i < paths->keys.size(); ++i) {
        const std::string& path = paths->keys[i].text;
        const YamlNode* item = resolver_.Resolve(paths->items[i].get());
        if (item == nullptr || absl::StartsWith(path, "x-")) continue;
        if (CanBeCalled(paths->keys[i])) TakePath(path, *item);
      }
    }
    if (root_.Find("webhooks") != nullptr) {
      log_->Warn(capability::Rule::kNotImported, root_.Find("webhooks")->line, "webhooks",
                 "are calls of the API to others and are left out");
    }
    if (taken_.size() > plan::kMaxOperationsOfAnApi) {
      log_->Error(capability::Rule::kFileLimits, paths->line, "paths",
                  absl::StrCat("holds more than ", plan::kMaxOperationsOfAnApi,
                               " operations; choose some of them with --tag or --path"));
      return std::nullopt;
    }
    if (taken_.empty()) {
      log_->Error(capability::Rule::kBadDocument, paths == nullptr ? root_.line : paths->line,
                  "paths",
                  options_.tags.empty() && options_.paths.empty()
                      ? "holds no operation"
                      : "holds no operation that --tag and --path ask for");
      return std::nullopt;
    }
    ReadOperations();
    if (api_.operations.empty()) {
      log_->Error(capability::Rule::kBadDocument, paths->line, "paths",
                  "holds no operation that can be carried over");
      return std::nullopt;
    }
    api_.servers = servers_.Take();
    return std::move(api_);
  }

 private:
  void ReadInfo() {
    const YamlNode* info = resolver_.Member(root_, "info");
    if (info != nullptr) {
      api_.title = Shortened(resolver_.TextOf(*info, "title"), kMaxSummary);
      api_.description = Shortened(resolver_.TextOf(*info, "description"), kMaxDescription);
    }
    if (api_.title.empty()) api_.title = "API";
    api_.space = Dashed(options_.space.empty() ? api_.title : options_.space);
    if (api_.space.empty()) api_.space = "api";
  }

  bool CanBeCalled(const capability::Text& path) {
    const auto parsed = plan::PathTemplate::Parse(path.text);
    if (parsed.ok() && !path.text.empty()) return true;
    log_->Warn(capability::Rule::kNotImported, path.line, absl::StrCat("paths.", path.text),
               absl::StrCat("is left out: ",
                            parsed.ok() ? "a path begins with \"/\"" : parsed.status().message()));
    return false;
  }

  // An operation that was asked for.
  struct Taken {
    std::string path;
    std::string key;  // its method, as written
    const YamlNode* item = nullptr;
    const YamlNode* written = nullptr;
  };

  void TakePath(const std::string& path, const YamlNode& item) {
    if (!options_.paths.empty() &&
        std::none_of(options_.paths.begin(), options_.paths.end(),
                     [&](const std::string& prefix) { return absl::StartsWith(path, prefix); })) {
      return;
    }
    for (std::size_t i = 0; i < item.keys.size(); ++i) {
      const std::string& key = item.keys[i].text;
      if (key == "trace") {
        log_->Warn(capability::Rule::kNotImported, item.keys[i].line, absl::StrCat("TRACE ", path),
                   "is left out: no door serves TRACE");
      }
      if (!IsMethod(key) || !HasAskedTag(*item.items[i])) continue;
      taken_.push_back({path, key, &item, item.items[i].get()});
    }
  }

  static std::string WhereIs(const Taken& taken) {
    return absl::StrCat(absl::AsciiStrToUpper(taken.key), " ", taken.path);
  }

  void ReadOperations() {
    std::vector<SecuredOperation> secured;
    for (const Taken& taken : taken_) secured.push_back({WhereIs(taken), taken.written});
    api_.credentials = ReadSecurity(root_, secured, &resolver_, log_);
    for (const Taken& taken : taken_) ReadOperation(taken);
  }

  void ReadOperation(const Taken& taken) {
    const std::string& path = taken.path;
    const YamlNode& item = *taken.item;
    const YamlNode& written = *taken.written;
    ApiOperation operation;
    operation.method = absl::AsciiStrToUpper(taken.key);
    operation.path = path;
    const std::string where = WhereIs(taken);
    operation.name = names_.Take(resolver_.TextOf(written, "operationId"), taken.key, path);
    Describe(item, written, &operation);
    ParameterReader parameters(!api_.credentials.empty(), &resolver_, log_);
    operation.parameters = parameters.Read(item, written, path, where);
    operation.body = BodyReader(&resolver_, log_).Read(written, where);
    const AnswerForm form = AnswerFormOf(written, &resolver_);
    operation.stream = form == AnswerForm::kEvents;
    if (form == AnswerForm::kEither) {
      log_->Warn(capability::Rule::kNotImported, written.line, where,
                 "may answer as an event stream as well, and is imported with one answer; for the "
                 "stream, write `stream: true` in the overlay");
    }
    operation.server = servers_.Of(root_, item, written);
    if (operation.parameters.size() + 2 > plan::kMaxInputs) {  // a body and Accept
      log_->Warn(
          capability::Rule::kNotImported, written.line, where,
          absl::StrCat("is left out: an operation takes at most ", plan::kMaxInputs, " inputs"));
      return;
    }
    if (written.Find("callbacks") != nullptr) {
      log_->Warn(capability::Rule::kNotImported, written.Find("callbacks")->line, where,
                 "has callbacks, which are calls of the API to others and are left out");
    }
    api_.operations.push_back(std::move(operation));
  }

  void Describe(const YamlNode& item, const YamlNode& written, ApiOperation* operation) {
    std::string summary = resolver_.TextOf(written, "summary");
    std::string description = resolver_.TextOf(written, "description");
    if (description.empty()) description = resolver_.TextOf(item, "description");
    if (summary.empty()) summary = resolver_.TextOf(item, "summary");
    if (summary.empty()) std::swap(summary, description);
    if (summary.empty()) summary = absl::StrCat(operation->method, " ", operation->path);
    const std::string prefix = resolver_.FlagOf(written, "deprecated") ? "Deprecated." : "";
    operation->summary = Shortened(Joined(prefix, summary), kMaxSummary);
    operation->description =
        Shortened(Joined(Joined(prefix, summary), description), kMaxDescription);
  }

  bool HasAskedTag(const YamlNode& written) {
    const YamlNode* tags = written.Find("tags");
    if (tags != nullptr) {
      for (const auto& tag : tags->items) {
        const auto& known = options_.tags;
        if (std::find(known.begin(), known.end(), tag->text) != known.end()) return true;
      }
    }
    return options_.tags.empty();
  }

  const YamlNode& root_;
  const ImportOptions& options_;
  capability::FindingLog* log_;
  ReferenceResolver resolver_;
  ServerReader servers_;
  OperationNames names_;
  std::vector<Taken> taken_;
  Api api_;
};

}  // namespace

std::optional<Api> ReadApi(absl::string_view text, const ImportOptions& options,
                           capability::FindingLog* log) {
  const std::shared_ptr<const YamlNode> root = ReadDocument(text, log);
  if (root == nullptr) return std::nullopt;
  return ApiReader(*root, options, log).Read();
}

}  // namespace portico::openapi_import
