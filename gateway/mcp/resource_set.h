// The resources of one endpoint: how they are listed, and what reading one takes.
//
// Immutable; any thread. The Plan must outlive it.
#ifndef PORTICO_GATEWAY_MCP_RESOURCE_SET_H_
#define PORTICO_GATEWAY_MCP_RESOURCE_SET_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "core/invoke/outcome.h"
#include "core/plan/library.h"
#include "core/plan/plan.h"
#include "gateway/mcp/served_tool.h"

namespace portico::mcp {

class ResourceSet {
 public:
  ResourceSet() = default;
  explicit ResourceSet(const std::vector<const plan::Resource*>& resources);

  // Of resources/list and resources/templates/list: JSON objects, in the order of the
  // files and, below a location, of the paths.
  const std::vector<std::string>& listed() const { return listed_; }
  const std::vector<std::string>& templates() const { return templates_; }

  // What reading a URI takes: either its content is here, or a call brings it.
  struct Reading {
    const std::string* content = nullptr;  // a ResourceContents without `uri`, as JSON
    const ServedTool* call = nullptr;
    std::string arguments;  // of the call, as JSON
  };
  // Nullopt when no resource has that URI. Whole URIs come before templates.
  std::optional<Reading> Find(const std::string& uri) const;

 private:
  void AddFiles(const plan::Resource& resource);
  void AddCall(const plan::Resource& resource);

  std::vector<std::string> listed_;
  std::vector<std::string> templates_;
  absl::flat_hash_map<std::string, std::string> contents_;  // of files, by URI
  struct Call {
    const plan::Resource* resource;
    ServedTool tool;
  };
  std::vector<std::unique_ptr<const Call>> calls_;
};

// A ResourceContents without `uri`: text as text, everything else in base64.
std::string ContentOf(absl::string_view mime_type, absl::string_view bytes);

// The same of the answer to a resource's call; of a failure what tool_result.h has of it
// (IsFailure).
std::string ContentOf(const ServedTool& call, const invoke::Outcome& outcome,
                      const plan::Upstream& upstream, absl::Time now);

// The members of a ReadResourceResult.
std::string ReadResult(absl::string_view uri, absl::string_view content);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_RESOURCE_SET_H_
