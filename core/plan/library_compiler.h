// The resources and prompts of `exposes` entries of type mcp.
//
// Not thread-safe. What the constructor is given must outlive the compiler.
#ifndef PORTICO_CORE_PLAN_LIBRARY_COMPILER_H_
#define PORTICO_CORE_PLAN_LIBRARY_COMPILER_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/capability/capability.h"
#include "core/capability/finding_log.h"
#include "core/plan/call_resolver.h"
#include "core/plan/composition_compiler.h"
#include "core/plan/plan_draft.h"

namespace portico::plan {

class LibraryCompiler {
 public:
  LibraryCompiler(PlanDraft* draft, CallResolver* resolver, CompositionCompiler* compositions)
      : draft_(draft), resolver_(resolver), compositions_(compositions) {}

  // Adds those of one entry of `capability`, number `file`. Files are read now, and not
  // again (located_files.h). A resource whose URI another one has, or a prompt whose
  // name, is left out with a warning.
  void Compile(const capability::Capability& capability, const capability::Expose& expose,
               std::size_t file, capability::FindingLog* log);

 private:
  void CompileResource(const capability::Expose& expose, const capability::McpResource& written,
                       std::size_t file, capability::FindingLog* log);
  bool CompileCall(const capability::Expose& expose, const capability::McpResource& written,
                   std::size_t file, Resource* resource, capability::FindingLog* log);
  bool ReadFiles(const capability::McpResource& written, Resource* resource,
                 capability::FindingLog* log);
  void CompilePrompt(const capability::Prompt& written, capability::FindingLog* log);
  void CheckPlaceholders(const capability::Prompt& written, const Prompt& prompt,
                         capability::FindingLog* log);
  // Whether nothing of that `kind` has the name yet.
  bool Claim(absl::string_view kind, const capability::Text& name,
             const capability::Position& position, capability::FindingLog* log);

  PlanDraft* draft_;
  CallResolver* resolver_;
  CompositionCompiler* compositions_;
  std::vector<std::string> spaces_;  // of the capability at hand
  std::map<std::string, capability::Place> places_;
};

// The content type of a file by its name's ending; "application/octet-stream" otherwise.
std::string MimeTypeOf(absl::string_view path);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_LIBRARY_COMPILER_H_
