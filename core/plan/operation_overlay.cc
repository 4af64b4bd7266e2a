#include "core/plan/operation_overlay.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/capability/suggestion.h"
#include "core/plan/array_style.h"
#include "core/plan/header_rules.h"
#include "core/plan/operation_compiler.h"
#include "core/plan/parameter_overlay.h"
#include "core/plan/upstream_overlay.h"

namespace portico::plan {
namespace {

using overlay::OverlayLog;

// One operation of the overlay.
class OperationOverlaying {
 public:
  OperationOverlaying(const v1::OperationOverlay& written, std::string key, OverlayLog* log,
                      DraftOperation* drafted)
      : written_(written),
        key_(std::move(key)),
        log_(log),
        drafted_(*drafted),
        operation_(*drafted->operation) {}

  void Apply() {
    if (Has("path")) SetPath();
    if (Has("method")) SetMethod();
    if (written_.has_stream()) SetStream(written_.stream());
    SetBody();
    OverlayParameters(written_, KeyOf("parameters"), log_, &drafted_);
    OverlayTimeouts(written_.timeouts(), &operation_.timeouts);
  }

 private:
  std::string KeyOf(absl::string_view member) const { return absl::StrCat(key_, ".", member); }
  bool Has(absl::string_view member) const { return log_->Has(KeyOf(member)); }

  void SetPath() {
    const absl::StatusOr<PathTemplate> path = PathTemplate::Parse(written_.path());
    if (!path.ok()) {
      return log_->Error(KeyOf("path"), std::string(path.status().message()));
    }
    if (path->text().empty()) return log_->Error(KeyOf("path"), "must not be empty");
    operation_.path = *path;
    DropUnused();
    std::size_t added = 0;
    for (const std::string& placeholder : path->placeholders()) {
      if (!IsFilled(placeholder)) AddPathParameter(placeholder, added++);
    }
  }

  // An input of callers, or one that the file itself fixes.
  bool IsFilled(const std::string& placeholder) const {
    const auto fills = [&](const auto& one) {
      return one.location == ParameterLocation::kPath && one.name == placeholder;
    };
    return std::any_of(operation_.parameters.begin(), operation_.parameters.end(), fills) ||
           std::any_of(operation_.constants.begin(), operation_.constants.end(), fills);
  }

  void AddPathParameter(const std::string& name, std::size_t at) {
    Parameter parameter;
    parameter.name = name;
    parameter.location = ParameterLocation::kPath;
    parameter.source = ParameterSource::kImplicit;
    parameter.required = true;
    auto& parameters = operation_.parameters;
    parameters.insert(parameters.begin() + static_cast<std::ptrdiff_t>(at), std::move(parameter));
  }

  // Placeholders of the file's path that the new one has not: callers may still name
  // them, to no effect.
  void DropUnused() {
    const std::vector<std::string>& placeholders = operation_.path.placeholders();
    auto& parameters = operation_.parameters;
    for (auto parameter = parameters.begin(); parameter != parameters.end();) {
      const bool unused = parameter->location == ParameterLocation::kPath &&
                          std::find(placeholders.begin(), placeholders.end(), parameter->name) ==
                              placeholders.end();
      if (!unused) {
        ++parameter;
        continue;
      }
      log_->Warn(KeyOf("path"),
                 absl::StrCat("leaves out {", parameter->name, "}, which then has no effect",
                              capability::DidYouMean(parameter->name, placeholders)));
      drafted_.untaken.push_back(parameter->name);
      parameter = parameters.erase(parameter);
    }
  }

  void SetMethod() {
    const std::string key = KeyOf("method");
    operation_.http_method =
        CompileHttpMethod({written_.method(), log_->LineOf(key)}, key, log_->log());
    operation_.hints = HintsOfMethod(operation_.http_method);
  }

  void SetStream(bool stream) {
    operation_.stream = stream;
    auto& headers = operation_.constant_headers;
    headers.erase(std::remove_if(headers.begin(), headers.end(),
                                 [](const Header& header) {
                                   return absl::EqualsIgnoreCase(header.name, "Accept");
                                 }),
                  headers.end());
    if (stream) headers.push_back({"Accept", "text/event-stream"});
  }

  void SetBody() {
    const bool raw = written_.body_encoding() == v1::BODY_ENCODING_RAW;
    const bool form = written_.body_encoding() == v1::BODY_ENCODING_FORM;
    if (Has("contentType") != raw) {
      log_->Error(KeyOf(raw ? "bodyEncoding" : "contentType"),
                  raw ? "needs \"contentType\" beside it" : "goes with \"bodyEncoding: raw\" only");
    } else if (raw && (written_.content_type().find('/') == std::string::npos ||
                       !IsHeaderValue(written_.content_type()))) {
      log_->Error(KeyOf("contentType"), "must be a media type like text/csv");
    }
    if (operation_.constant_body.has_value() && Has("bodyEncoding") &&
        written_.body_encoding() != v1::BODY_ENCODING_JSON) {
      log_->Error(KeyOf("bodyEncoding"),
                  "must be json: the capability file states the body, which is sent as it is");
    }
    if (Has("formArrayStyle") && !form) {
      log_->Error(KeyOf("formArrayStyle"), "goes with \"bodyEncoding: form\" only");
    }
    switch (written_.body_encoding()) {
      case v1::BODY_ENCODING_UNSPECIFIED:
        return;
      case v1::BODY_ENCODING_FORM:
        operation_.body_encoding = BodyEncoding::kForm;
        break;
      case v1::BODY_ENCODING_MULTIPART:
        operation_.body_encoding = BodyEncoding::kMultipart;
        break;
      case v1::BODY_ENCODING_RAW:
        operation_.body_encoding = BodyEncoding::kRaw;
        break;
      default:
        operation_.body_encoding = BodyEncoding::kJson;
        break;
    }
    operation_.raw_content_type = written_.content_type();
    operation_.form_array_style = StyleOf(written_.form_array_style());
    if (operation_.body == BodyUse::kNone) operation_.body = BodyUse::kOptional;
  }

  const v1::OperationOverlay& written_;
  const std::string key_;
  OverlayLog* log_;
  DraftOperation& drafted_;
  Operation& operation_;
};

}  // namespace

void OverlayOperations(const v1::UpstreamOverlay& written, const std::string& key,
                       std::size_t upstream, OverlayLog* log, PlanDraft* draft) {
  if (written.operations().empty()) return;
  std::map<std::string, DraftOperation*> operations;
  std::vector<std::string> names;
  for (const auto& drafted : draft->operations) {
    if (drafted->operation->upstream != upstream) continue;
    operations.emplace(drafted->operation->name, drafted.get());
    names.push_back(drafted->operation->name);
  }
  for (const auto& [name, operation] : written.operations()) {
    const std::string item = absl::StrCat(key, ".operations.", name);
    const auto found = operations.find(name);
    if (found == operations.end()) {
      log->Error(item,
                 absl::StrCat("is no operation of this API", capability::DidYouMean(name, names)));
      continue;
    }
    OperationOverlaying(operation, item, log, found->second).Apply();
  }
}

}  // namespace portico::plan
