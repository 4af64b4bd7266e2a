#include "core/capability/rule.h"

#include <cstddef>

namespace portico::capability {

const std::vector<RuleText>& AllRules() {
  static const auto* const kRules = new std::vector<RuleText>{
      {Rule::kOther, "other", "What has no rule of its own; the message says all."},
      {Rule::kUnreadableFile, "unreadable-file", "A file or folder cannot be opened."},
      {Rule::kNotYaml, "not-yaml", "The text is not one YAML document."},
      {Rule::kFileLimits, "file-limits", "A file is larger or deeper than any honest one."},
      {Rule::kDuplicateKey, "duplicate-key", "A key stands twice in one mapping."},
      {Rule::kMissingKey, "missing-key", "A key without which nothing can be served is absent."},
      {Rule::kUnknownKey, "unknown-key", "A key has no meaning and no effect."},
      {Rule::kWrongValue, "wrong-value", "A value is of the wrong kind or none of those allowed."},
      {Rule::kNotServed, "not-served", "A part of the language that Portico does not serve."},
      {Rule::kBadPath, "bad-path", "A path cannot be called, or is called otherwise."},
      {Rule::kBadInput, "bad-input", "An input parameter cannot be sent as it is written."},
      {Rule::kHeaderNotTaken, "header-not-taken", "A header is never taken from callers."},
      {Rule::kRepeatedName, "repeated-name", "Two things that need names of their own share one."},
      {Rule::kUnresolvedCall, "unresolved-call", "A call names no operation."},
      {Rule::kBadBinding, "bad-binding", "A value does not reach the input that it is meant for."},
      {Rule::kRouteClash, "route-clash", "Two operations stand on one REST route."},
      {Rule::kNoBaseUri, "no-base-uri", "No file says where the API is."},
      {Rule::kBadBaseUri, "bad-base-uri", "A base URI cannot be called."},
      {Rule::kBadAuthentication, "bad-authentication", "A credential lacks what its type needs."},
      {Rule::kClearTextSecret, "clear-text-secret", "A secret would travel without TLS."},
      {Rule::kServiceMismatch, "service-mismatch", "A .proto file and a capability file differ."},
      {Rule::kBadOverlay, "bad-overlay", "An overlay says what cannot be done."},
      {Rule::kBadComposition, "bad-composition", "Steps or outputs from which no answer is made."},
      {Rule::kBadResource, "bad-resource", "An MCP resource or prompt that cannot be read."},
      {Rule::kBadImport, "bad-import", "What stands in another file is not found there."},
      {Rule::kNoDescription, "no-description", "People and models are told nothing of a thing."},
      {Rule::kLongDescription, "long-description", "A tool's description is longer than is read."},
      {Rule::kToolName, "tool-name", "A tool's name is not one that every client takes."},
      {Rule::kMethodHints, "method-hints", "A tool's hints contradict its HTTP method."},
      {Rule::kRawFormat, "raw-format", "An answer is said to be something else than JSON."},
      {Rule::kUnusedBind, "unused-bind", "A bind that nothing in the file refers to."},
      {Rule::kNeverExposed, "never-exposed", "An operation has no REST route and no tool."},
      {Rule::kUnboundInput, "unbound-input", "No caller can give an input of an operation."},
      {Rule::kBadDocument, "bad-document", "A text is no OpenAPI 3 document."},
      {Rule::kBadReference, "bad-reference",
       "A $ref leads nowhere, to another file or in a circle."},
      {Rule::kNotImported, "not-imported", "An OpenAPI document says what cannot be carried over."},
  };
  return *kRules;
}

absl::string_view RuleName(Rule rule) { return AllRules()[static_cast<std::size_t>(rule)].name; }

}  // namespace portico::capability
